package import Identity

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

/// What a sync does to a user whose entry is gone or disabled, or has expired.
package enum Consequence: String, Sendable, CaseIterable {
    case lock
    case deactivate
    case keep
}

extension Consequence {
    /// What a sync then carries out.
    package var useCase: UseCase? {
        switch self {
        case .lock: .lock
        case .deactivate: .deactivate
        case .keep: nil
        }
    }
}

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

package enum DriftPolicy: String, Sendable, CaseIterable {
    case enforce
    case report
}
