package struct MissingSettings: Sendable {
    package var then: Consequence
    /// Never nil for `lock` and `deactivate`.
    package var reason: String?
    /// Seconds.
    package var after: Int64
}

extension MissingSettings {
    init?(_ field: Field, catalogue: ReasonCatalogue) {
        guard let section = Section(field) else { return nil }
        let then = section.field("then")?.word(Consequence.self)
        let after = section.field("after")?.duration()
        let reason = then.flatMap { catalogue.reason(for: $0, in: section) }
        guard let then, let after else { return nil }
        self.then = then
        self.after = after
        self.reason = reason
    }
}
