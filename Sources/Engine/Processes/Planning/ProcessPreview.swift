package import Identity
package import LDAP
package import Store

/// What a process would do, made from a fresh look, before anybody said Next.
package struct ProcessPreview {
    package enum Verdict {
        /// The user's state changes.
        case proceed
        /// Locked for this reason already; the plan holds what would repair drift, or nothing.
        case alreadyLocked(RecordedLock)
        /// The user is what she should become already.
        case unchanged(because: String)
    }

    package let useCase: UseCase

    package let user: User
    package let reason: Reason
    package let revocation: RevocationReason
    package internal(set) var plan: Plan
    package let verdict: Verdict
    /// What the directory looked like.
    package let view: DirectoryView
    /// The process's one clock reading.
    package let at: Timestamp
    package let note: String?
    package let forced: Bool
    package let restoresRoles: Bool
    /// The process whose roles are given back; nil where this is no such plan.
    package internal(set) var rolesOf: Int64?

    /// Why the plan is made from the last sync; nil: from a fresh look at the directory.
    package var staleBecause: String? {
        switch view.origin {
        case .fresh: nil
        case .lastSync(let why): why
        }
    }
}
