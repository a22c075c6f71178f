internal import Ground
internal import Identity

/// The reasons of the file with the built-in one, and what may be said about them elsewhere.
struct ReasonCatalogue {
    let reasons: [Reason]
    /// Those that could not be read: a mention of them is no second error.
    private let broken: Set<String>

    /// nil: the key is missing, which was reported.
    init(_ field: Field?) {
        var reasons: [Reason] = []
        var broken: Set<String> = []
        let named = field?.named()
        if let named, named.isEmpty { field?.reject("is empty; name at least one reason") }
        for (code, field) in named ?? [] {
            if field.checkName(code), let reason = Reason(field, code: code) {
                reasons.append(reason)
            } else {
                broken.insert(code)
            }
        }
        let builtIn = Reason.directoryDisabled
        let hasOwn = broken.contains(builtIn.code) || reasons.contains { $0.code == builtIn.code }
        self.reasons = hasOwn ? reasons : reasons + [builtIn]
        self.broken = broken
    }

    /// The code under `reason` in a section, checked against what it is for.
    ///
    /// Absent: the built-in reason for `deactivate`; an error for `lock`; nil for `keep`.
    func reason(for then: Consequence, in section: Section) -> String? {
        if let field = section.field("reason") {
            guard let code = field.name() else { return nil }
            check(code, serves: then.useCase, field)
            return code
        }
        guard let useCase = then.useCase else { return nil }
        guard useCase == .deactivate else {
            section.field.reject(
                "then: lock needs a reason; write reason: and one of \(codes(for: useCase))")
            return nil
        }
        check(Reason.directoryDisabled.code, serves: useCase, section.field)
        return Reason.directoryDisabled.code
    }

    /// `useCase` nil: nothing is carried out, and any reason will do.
    private func check(_ code: String, serves useCase: UseCase?, _ field: Field) {
        if broken.contains(code) { return }
        let would = "these would do: \(codes(for: useCase))"
        guard let reason = reasons.first(where: { $0.code == code }) else {
            return field.reject(
                "there is no reason \(field.shown(code)); \(would)",
                suggestion: Spelling.nearest(to: code, in: reasons.map(\.code)))
        }
        guard let useCase else { return }
        if !reason.enabled {
            field.reject("the reason \(field.shown(code)) is not enabled; \(would)")
        } else if !reason.useCases.contains(useCase) {
            field.reject("the reason \(field.shown(code)) is not for \(useCase.word); \(would)")
        }
    }

    private func codes(for useCase: UseCase?) -> String {
        guard let useCase else { return reasons.map(\.code).joined(separator: ", ") }
        let codes = reasons.filter { $0.enabled && $0.useCases.contains(useCase) }.map(\.code)
        return codes.isEmpty
            ? "none yet, add \(useCase.word) to the for of one" : codes.joined(separator: ", ")
    }

    /// The reasons with what a directory's own `reasons` says in place of their write and recognise.
    func adapted(_ field: Field) -> [Reason] {
        var adapted = reasons
        for (code, field) in field.named() ?? [] {
            guard let index = adapted.firstIndex(where: { $0.code == code }) else {
                if broken.contains(code) { continue }
                field.reject(
                    "there is no reason \(field.shown(code)); "
                        + "known: \(reasons.map(\.code).joined(separator: ", "))",
                    suggestion: Spelling.nearest(to: code, in: reasons.map(\.code)))
                continue
            }
            adapted[index] = adapted[index].adapted(field)
        }
        return adapted
    }
}
