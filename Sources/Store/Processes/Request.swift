package import Ground
package import Identity

/// A process that waits for approval, or what became of it.
package struct Request: Hashable, Sendable {
    package let process: Int64
    package let useCase: UseCase
    /// The row id of the user.
    package let user: Int64
    package let reason: String
    package let note: String?
    package let by: String
    package let at: Timestamp
    package let expires: Timestamp?
    package let state: ProcessState
    package let decidedBy: String?
    /// Kind, target and detail of each step, as the requester saw them.
    package let plan: [JSONValue]
    /// Whether `--restore-roles` was asked for.
    package let restoresRoles: Bool
    /// The process whose roles are to be given back.
    package let rolesOf: Int64?
}
