package import Identity

/// A group that the store knows a user to be in.
package struct StoredMembership: Sendable {
    package let group: RoleGroup
    /// The group's row.
    package let row: GroupID
    /// Through `memberUid`, by the value of `uid`; else by DN.
    package let isByUID: Bool
}
