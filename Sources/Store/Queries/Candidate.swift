package import Identity
package import LDAP

/// One of those whom a name may mean, for the list of them: a user, or an entry that is none.
package struct Candidate: Sendable {
    /// nil: nobody whom the store knows.
    package let user: User?
    /// The directory's key in `lockstep.yaml`.
    package let directory: DirectoryName
    /// nil: the entry has none, or it was not read.
    package let username: String?
    package let dn: StoredDN

    package init(_ user: User) {
        self.user = user
        directory = user.directory
        username = user.record.username
        dn = user.record.dn
    }

    package init(entry dn: StoredDN, of directory: DirectoryName, username: String?) {
        user = nil
        self.directory = directory
        self.username = username
        self.dn = dn
    }
}
