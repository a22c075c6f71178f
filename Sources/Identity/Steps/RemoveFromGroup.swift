package import Ground
package import LDAP

/// The member is to be gone from the group.
package struct RemoveFromGroup: DirectoryStep {
    package static let kind = StepKind("removeFromGroup", .group)

    package let membership: Membership
    package let group: EntryID

    package init(_ membership: Membership, _ group: EntryID) {
        self.membership = membership
        self.group = group
    }

    package var entry: EntryID? { group }

    package var journal: JSONValue { ["remove": membership.json] }

    package init(journal: JSONValue, of entry: EntryID) throws(Unreadable) {
        try journal.requireKeys("remove")
        self.init(try Membership(json: journal["remove"] ?? .null), entry)
    }

    package func follow(
        _ step: Step, at time: Timestamp, prior: PriorValues?, in history: inout WithdrawalHistory
    ) {
        history.removed(membership, prior: prior, group, step)
    }
}

extension StepKind {
    package static let removeFromGroup = RemoveFromGroup.kind
}
