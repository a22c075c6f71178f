package import LDAP

/// A role group that a user is a direct member of, as a plan sees it.
package struct RoleGroupView: Hashable, Sendable {
    package let entryID: EntryID
    /// The row id; nil where no sync has seen the group.
    package let row: GroupID?
    package let dn: DN
    package let role: String
    /// Each attribute of the group that names the user, those that are not `member` first.
    package let memberships: [Membership]
    /// The configuration says that no lock strips it.
    package let isKept: Bool
    /// The user is the only member left, and the group's class asks for one.
    package let isLastMember: Bool
    /// Only the store has the user in it: the directory shows other members, and not the user.
    package let isOutdated: Bool
    /// Only the store knows of it: it was deleted, or is hidden.
    package let isUnseen: Bool

    package init(
        entryID: EntryID, row: GroupID?, dn: DN, role: String, memberships: [Membership],
        isKept: Bool, isLastMember: Bool, isOutdated: Bool = false,
        isUnseen: Bool = false
    ) {
        self.entryID = entryID
        self.row = row
        self.dn = dn
        self.role = role
        self.memberships = memberships
        self.isKept = isKept
        self.isLastMember = isLastMember
        self.isOutdated = isOutdated
        self.isUnseen = isUnseen
    }
}
