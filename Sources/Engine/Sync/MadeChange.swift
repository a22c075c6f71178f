package import Ground
package import Identity
internal import Store

/// A change of somebody's state that a run made, or in a dry run would make.
package struct MadeChange: Sendable {
    package enum Kind: String, Sendable {
        case locked
        case deactivated
        case reactivated
        case missing
    }

    package let user: AuditEvent.Subject
    package let kind: Kind
    package let cause: ChangeCause
    /// The reason's code; nil where only an absence was stored.
    package let reason: String?
    /// What was found, in words: `recognised employeeType: left`.
    package let finding: String
    /// nil: none was begun.
    package let process: ProcessID?
    package private(set) var outcome: Outcome
    /// Something of it is left in the directory.
    private var isLeftInDirectory: Bool

    /// A process that a run began, or in a dry run would begin.
    init?(
        _ change: StateChange, of user: User, by useCase: UseCase, finding: String,
        process: IdentityProcess?
    ) {
        switch useCase {
        case .lock: kind = .locked
        case .deactivate: kind = .deactivated
        case .reactivate: kind = .reactivated
        case .unlock, .restoreRoles: return nil
        }
        self.user = user.subject
        cause = change.cause
        reason = change.reason ?? process?.reason
        self.finding = finding
        self.process = process?.id
        outcome = process?.outcome ?? .planned
        isLeftInDirectory = process?.isUnfinishedInDirectory ?? false
    }

    /// Somebody whose entry was found to be missing.
    init(missing user: AuditEvent.Subject, isDryRun: Bool) {
        self.user = user
        kind = .missing
        cause = .missing
        reason = nil
        finding = cause.finding
        process = nil
        outcome = isDryRun ? .planned : .completed
        isLeftInDirectory = false
    }

    /// How its process stands by now.
    mutating func follow(_ process: IdentityProcess) {
        outcome = process.outcome
        isLeftInDirectory = process.isUnfinishedInDirectory
    }

    /// `locked  ulrike.obrien  left-organization, recognised employeeType: left, process 12`.
    package var line: String {
        let facts = [
            reason, finding, process.map { "process \($0)" },
            isLeftInDirectory
                ? "not done in the directory yet"
                : outcome == .partial ? "not told everywhere yet" : nil,
        ]
        return "\(kind.rawValue)  \(user.username)  "
            + facts.compactMap(\.self).joined(separator: ", ")
    }

    package var json: JSONValue {
        [
            "user": [
                "id": JSONValue(user.id), "username": .string(user.username),
                "dn": .string(user.dn),
            ],
            "change": .string(kind.rawValue), "cause": .string(cause.rawValue),
            "reason": JSONValue(reason), "process": JSONValue(process),
            "outcome": .string(outcome.rawValue),
        ]
    }
}
