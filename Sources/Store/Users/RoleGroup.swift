package import LDAP

/// A role group as the directory has it: the row of `role_groups` that a read asks for.
package struct RoleGroup: Equatable, Sendable {
    package var entryID: EntryID
    /// As the server writes it.
    package var dn: String
    package var dnKey: MemberKey
    /// The role's name.
    package var name: String

    package init(entryID: EntryID, dn: String, dnKey: MemberKey, name: String) {
        self.entryID = entryID
        self.dn = dn
        self.dnKey = dnKey
        self.name = name
    }
}
