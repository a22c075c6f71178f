package import LDAP

/// What a read found in one entry, as the store keeps it of a user.
package struct UserRecord: Equatable, Sendable {
    /// An attribute that the configuration keeps as it is.
    package struct Kept: Equatable, Sendable {
        package let name: String
        package let values: [String]

        package init(name: String, values: [String]) {
            self.name = name
            self.values = values
        }
    }

    package var entryID: EntryID
    /// As the server writes it.
    package var dn: String
    package var dnKey: MemberKey
    /// nil: the entry has no `uid`.
    package var uidKey: MemberKey?
    package var username: String
    /// `directoryFolded`: what usernames are compared by.
    package var usernameKey: String
    package var givenName: String?
    package var familyName: String?
    package var displayName: String?
    package var mail: String?
    package var employeeNumber: String?
    /// In the order of their names; attributes without a value are left out.
    package var attributes: [Kept]
    /// nil: what the entry says of its account could not be read.
    package var disabled: Bool?
    /// What else it says of the account; nil: nothing.
    package var limits: AccountLimits?
    /// The code of the reason whose attributes the entry carries.
    package var recognised: String?
    /// SHA-256 over all that was read; empty: read the entry anew whatever it says.
    package var digest: [UInt8]

    package init(entryID: EntryID, dn: String, dnKey: MemberKey, username: String) {
        self.entryID = entryID
        self.dn = dn
        self.dnKey = dnKey
        self.username = username
        usernameKey = username.directoryFolded
        attributes = []
        digest = []
    }
}
