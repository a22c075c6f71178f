package import Configuration
internal import Ground
package import Identity
internal import LDAP
internal import Store

extension Reason {
    /// What the reason writes, every template filled in; a template without a value writes nothing
    /// and is named in `without`.
    func writes(
        for user: User, process: TemplateContext
    ) -> (writes: [AttributeWrite], without: [String]) {
        var writes: [AttributeWrite] = []
        var without: [String] = []
        for written in write {
            switch written.write {
            case .delete:
                writes.append(
                    AttributeWrite(
                        attribute: written.attribute, values: [], ifClass: written.ifClass))
            case .replace(let templates):
                let values = templates.compactMap { template in
                    template.evaluate { process.value(of: $0, user: user, reason: self) }
                }
                if values.count == templates.count {
                    writes.append(
                        AttributeWrite(
                            attribute: written.attribute, values: values.map { AttributeValue($0) },
                            ifClass: written.ifClass))
                } else {
                    without.append(written.attribute.spelling)
                }
            }
        }
        return (writes, without)
    }
}

/// What a reason's templates may name beside the user and the reason.
struct TemplateContext {
    let clock: Timestamp
    /// The operator's login.
    let by: String
    let note: String?

    func value(of name: String, user: User, reason: Reason) -> String? {
        switch name {
        case "now": clock.rfc3339
        case "operator": by
        case "note": note
        case "reason.code": reason.code
        case "reason.text": reason.text
        case "user.username": user.record.username
        case "user.givenName": user.record.givenName
        case "user.familyName": user.record.familyName
        case "user.displayName": user.record.displayName
        case "user.mail": user.record.mail
        case "user.employeeNumber": user.record.employeeNumber
        case "user.dn": user.record.dn.text
        default: nil
        }
    }
}

extension DirectorySettings {
    /// The reasons that would do for a use case, in the order of the configuration.
    package func reasons(for useCase: UseCase) -> [Reason] {
        reasons.filter { $0.enabled && $0.useCases.contains(useCase) }
    }

    /// The reason of this code, as this directory has it; refused before anything is written where
    /// it is unknown, disabled, or for another use case.
    package func reason(_ code: String, for useCase: UseCase) throws(Refusal) -> Reason {
        let usable = reasons(for: useCase)
        if let reason = usable.first(where: { $0.code == code }) { return reason }
        // No reason of the configuration can be one to restore roles for.
        let isTaken = useCase != .restoreRoles && reasons.contains { $0.code == code }
        if let builtIn = useCase.builtInReason, builtIn.code == code, !isTaken { return builtIn }
        let why =
            switch reasons.first(where: { $0.code == code }) {
            case nil: "there is no reason “\(code)”"
            case let reason? where !reason.enabled: "the reason “\(code)” is disabled"
            case .some: "the reason “\(code)” is not one to \(useCase.word) for"
            }
        throw Refusal(
            .refused, why,
            hint: usable.isEmpty
                ? "None would do: one with `for: [\(useCase.word)]` is to be configured under `reasons`."
                : "Those that would do: \(usable.map(\.code).joined(separator: ", ")).")
    }
}

extension Reason {
    /// Why an operator reactivates or unlocks who names no reason: the shipped reasons are for locks
    /// alone, and who was locked by mistake must not wait for an administrator.
    package static let givenBack = Reason(
        code: "given-back", text: "Given back by an operator",
        useCases: [.reactivate, .unlock, .restoreRoles], revocation: nil, write: [], recognise: [],
        enabled: true)

    /// Whether what it writes says that somebody may not get in: an unlock for it writes nothing.
    var saysThatSheIsOut: Bool { useCases.contains(.lock) || useCases.contains(.deactivate) }
}

extension UseCase {
    /// The reason where none is given; nil: one must be.
    package var builtInReason: Reason? {
        switch self {
        case .lock, .deactivate: nil
        case .reactivate, .unlock, .restoreRoles: .givenBack
        }
    }
}
