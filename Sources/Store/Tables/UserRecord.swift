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

    /// What else the user is called.
    package struct Name: Equatable, Sendable {
        package let text: String
        /// Folded.
        package let key: String

        package init(text: String, key: String) {
            self.text = text
            self.key = key
        }
    }

    package var entryID: EntryID
    package var dn: StoredDN { didSet { spelling = dn.text } }
    /// Records are equal where all that is stored is: a name that is spelt otherwise is to be stored.
    private var spelling: String
    package var dnKey: MemberKey
    /// nil: the entry has no `uid`.
    package var uidKey: MemberKey?
    /// Of the other values of `uid`, in order.
    package var otherUidKeys: [MemberKey]
    package var username: String
    /// `directoryFolded`: what usernames are compared by.
    package var usernameKey: String
    /// Further values of the attributes of username and mail address, and login names of a domain; in
    /// the order of their keys.
    package var otherNames: [Name]
    package var givenName: String?
    package var familyName: String?
    package var displayName: String?
    package var mail: String?
    package var employeeNumber: String?
    /// In the order of their names; attributes without a value are left out.
    package var attributes: [Kept]
    /// What of the entry could not be kept: a sentence each, without a full stop.
    package var leftOut: [String]
    /// nil: what the entry says of its account could not be read.
    package var disabled: Bool?
    /// What else it says of the account; nil: nothing.
    package var limits: AccountLimits?
    /// The code of the reason whose attributes the entry carries.
    package var recognised: String?
    /// SHA-256 over all that was read; empty: read the entry anew whatever it says.
    package var digest: [UInt8]

    package init(entryID: EntryID, dn: StoredDN, dnKey: MemberKey, username: String) {
        self.entryID = entryID
        self.dn = dn
        spelling = dn.text
        self.dnKey = dnKey
        self.username = username
        usernameKey = username.directoryFolded
        attributes = []
        otherUidKeys = []
        otherNames = []
        leftOut = []
        digest = []
    }

    /// Calls the user by the DN: the entry has no username, or none that another entry does not have.
    ///
    /// The key begins with a space, which no folded name does, so that it is in nobody's way.
    package mutating func goByDN() {
        username = dn.text
        usernameKey = " \(entryID.text)"
    }

    /// The same for a user who had a name before that is still theirs.
    package mutating func goByFormerName(of old: UserRecord?) {
        guard let old, !old.goesByDN else { return goByDN() }
        username = old.username
        usernameKey = old.usernameKey
    }

    package var goesByDN: Bool { usernameKey.utf8.first == UInt8(ascii: " ") }

    /// What `memberUid` may name the user by.
    package var uidKeys: Set<MemberKey> { Set([uidKey].compactMap(\.self) + otherUidKeys) }

    /// Leaves out what is said twice, and the username and mail address themselves.
    package mutating func setOtherNames(_ names: [String], by folding: Folding) {
        var keys: Set<String> = [usernameKey]
        if let mail { keys.insert(mail.directoryFolded) }
        otherNames = names.map { Name(text: $0, key: folding.key($0)) }
            .filter { !$0.key.isEmpty && keys.insert($0.key).inserted }
            .sorted { $0.key < $1.key }
    }

    /// A username that the entry carries and another user goes by.
    package mutating func addName(_ name: Name) {
        guard name.key != usernameKey, !otherNames.contains(where: { $0.key == name.key }) else {
            return
        }
        otherNames = (otherNames + [name]).sorted { $0.key < $1.key }
    }

    package mutating func setUidKeys(_ keys: [MemberKey]) {
        uidKey = keys.first
        otherUidKeys = Set(keys.dropFirst()).subtracting(keys.prefix(1)).sorted()
    }
}
