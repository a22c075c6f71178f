internal import Identity
internal import Store

/// One member of one group who comes or goes.
struct MembershipChange {
    let member: MemberKey
    let group: GroupID
    /// The place of the decision that it belongs to.
    let decision: Int
    let isAdded: Bool

    init(_ member: MemberKey, _ group: GroupID, _ decision: Int, isAdded: Bool) {
        self.member = member
        self.group = group
        self.decision = decision
        self.isAdded = isAdded
    }
}
