package import Ground
package import LDAP

/// The member is to be in the group again.
package struct AddToGroup: DirectoryStep {
    package static let kind = StepKind("addToGroup", .group)

    package let membership: Membership
    package let group: EntryID

    package init(_ membership: Membership, _ group: EntryID) {
        self.membership = membership
        self.group = group
    }

    package var entry: EntryID? { group }

    package var journal: JSONValue { ["add": membership.json] }

    package init(journal: JSONValue, of entry: EntryID) throws(Unreadable) {
        try journal.requireKeys("add")
        self.init(try Membership(json: journal["add"] ?? .null), entry)
    }

    package func follow(
        _ step: Step, at time: Timestamp, prior: PriorValues?, in history: inout WithdrawalHistory
    ) {
        if step.state == .done { history.gave(membership, to: group) }
    }
}

extension StepKind {
    package static let addToGroup = AddToGroup.kind
}
