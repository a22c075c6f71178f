internal import Store

/// What a role group that was read means for the store.
struct GroupDecision: Sendable {
    /// nil: a new group.
    let known: RoleGroupTable.Known?
    let group: RoleGroup
    let digest: [UInt8]
    let difference: MembershipTable.Difference
}
