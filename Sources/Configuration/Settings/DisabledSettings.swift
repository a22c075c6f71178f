internal import Identity

/// What follows when an account is disabled, and in a section of its own when it has expired.
package struct DisabledSettings: Sendable {
    package var then: Consequence
    package var reason: String
}

extension DisabledSettings {
    init?(_ field: Field, catalogue: ReasonCatalogue) {
        guard let section = Section(field) else { return nil }
        guard let then = section.field("then")?.word(Consequence.self) else { return nil }
        self.then = then
        reason = catalogue.reason(for: then, in: section) ?? Reason.directoryDisabled.code
    }
}
