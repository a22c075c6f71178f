package import LDAP

/// What the store knows of a user, for a plan.
package struct PlanSubject: Sendable {
    package let username: String
    package let dn: String
    package let entryID: EntryID
    package let state: UserState
    package let roles: [Role]
    package let credentials: [Credential]
    package let certificates: [Certificate]
    /// By the certificate's row; those that nobody else has a part in are not in it.
    package let ties: [Int64: CertificateTies]

    package init(
        username: String, dn: String, entryID: EntryID, state: UserState, roles: [Role],
        credentials: [Credential], certificates: [Certificate],
        ties: [Int64: CertificateTies] = [:]
    ) {
        self.username = username
        self.dn = dn
        self.entryID = entryID
        self.state = state
        self.roles = roles
        self.credentials = credentials
        self.certificates = certificates
        self.ties = ties
    }
}
