package import LDAP

/// What the store knows of a user, for a plan.
package struct PlanSubject: Sendable {
    package let username: String
    package let dn: StoredDN
    package let entryID: EntryID
    package let state: UserState
    /// The directory, and no operator, made an inactive user so.
    package let followsDirectory: Bool
    package let roles: [Role]
    package let credentials: [Credential]
    package let certificates: [Certificate]
    /// Ties to other people by the certificate's row; a certificate that nobody else has to do with is
    /// left out.
    package let ties: [CertificateID: CertificateTies]
    /// What was born inactive or on hold because the user was inactive.
    package let waiting: Waiting
    /// The authorities by the certificate's row; a certificate that none issued may be left out.
    package let vouching: [CertificateID: Vouching]
    /// The rows of certificates that an earlier process was to tell a CA about, and has not told.
    package let untold: Set<CertificateID>

    package struct Waiting: Hashable, Sendable {
        /// Row ids.
        package var credentials: Set<CredentialID> = []
        package var certificates: Set<CertificateID> = []

        package init() {}
    }

    package init(
        username: String, dn: StoredDN, entryID: EntryID, state: UserState,
        followsDirectory: Bool = false, roles: [Role], credentials: [Credential],
        certificates: [Certificate], ties: [CertificateID: CertificateTies] = [:],
        waiting: Waiting = Waiting(), vouching: [CertificateID: Vouching] = [:],
        untold: Set<CertificateID> = []
    ) {
        self.username = username
        self.dn = dn
        self.entryID = entryID
        self.state = state
        self.followsDirectory = followsDirectory
        self.roles = roles
        self.credentials = credentials
        self.certificates = certificates
        self.ties = ties
        self.waiting = waiting
        self.vouching = vouching
        self.untold = untold
    }
}
