package import Ground
package import Identity

/// A process that is about to be begun: everything but its number and its steps.
package struct ProcessDraft: Sendable {
    package let useCase: UseCase
    /// The row id of the user.
    package let user: UserID
    /// What the user's revision was when the plan was made.
    package let revision: Int64
    package let reason: String
    package let reasonText: String
    package let revocation: RevocationReason?
    package let note: String?
    package let at: Timestamp
    package let by: Operator
    package let forced: Bool
    /// The sync that begins it; nil for an operator's.
    package let run: RunID?
    /// What the sync found; nil for an operator's.
    package let cause: ChangeCause?
    /// The kept plan that it carries out.
    package let released: String?
    /// What `--restore-roles` asked for.
    package let restoresRoles: Bool
    /// The process whose roles are given back; nil where this is no such process.
    package let rolesOf: ProcessID?

    package init(
        useCase: UseCase, user: UserID, revision: Int64, reason: String, reasonText: String,
        revocation: RevocationReason?, note: String?, at: Timestamp, by: Operator, forced: Bool,
        run: RunID?, cause: ChangeCause? = nil, released: String? = nil,
        restoresRoles: Bool = false, rolesOf: ProcessID? = nil
    ) {
        self.useCase = useCase
        self.user = user
        self.revision = revision
        self.reason = reason
        self.reasonText = reasonText
        self.revocation = revocation
        self.note = note
        self.at = at
        self.by = by
        self.forced = forced
        self.run = run
        self.cause = cause
        self.released = released
        self.restoresRoles = restoresRoles
        self.rolesOf = rolesOf
    }
}
