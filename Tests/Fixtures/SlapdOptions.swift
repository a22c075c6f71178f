/// How a test's slapd is set up; the defaults are the server that most tests want.
package struct SlapdOptions: Sendable {
    package enum PasswordPolicy: Sendable {
        /// The module is not loaded: the schema has no pwdAccountLockedTime.
        case notLoaded
        /// The module is loaded, and its overlay is not on the database.
        case noOverlay
        /// The overlay is there, and no policy is the default.
        case noDefault
        /// `cn=default,ou=policies` is in effect with this pwdLockout.
        case inEffect(lockout: Bool)
    }

    package enum SyncProvider: Sendable {
        case none
        /// No session log: every refresh has a present phase.
        case plain
        case sessionLog(Int)
        /// The session log is kept in `cn=accesslog` and survives a restart.
        case accessLog
    }

    package struct TLS: Sendable {
        package var certificate: ServerCertificate
        /// never, allow, try or demand: whether clients must show a certificate.
        package var verifyClient = "never"
        /// Whether it speaks TLS 1.2 and nothing newer.
        package var isOnly12 = false

        package init(
            _ certificate: ServerCertificate = .good, verifyClient: String = "never",
            isOnly12: Bool = false
        ) {
            self.certificate = certificate
            self.verifyClient = verifyClient
            self.isOnly12 = isOnly12
        }

        /// GnuTLS is slapd's library on Debian 12, OpenSSL on Debian 13.
        static func isGnuTLS() throws -> Bool {
            try ChildProcess.run("/usr/bin/ldd", ["/usr/sbin/slapd"]).succeeded(at: "ldd").stdout
                .contains("libgnutls")
        }

        /// The settings by which OpenSSL speaks nothing newer than TLS 1.2: slapd has none of its own.
        static let openSSLOf12 = """
            openssl_conf = all
            [all]
            ssl_conf = ssl
            [ssl]
            system_default = defaults
            [defaults]
            MaxProtocol = TLSv1.2

            """
    }

    package var policy = PasswordPolicy.inEffect(lockout: true)
    package var syncProvider = SyncProvider.none
    /// Attribute lines of its overlay's entry, such as `olcSpReloadHint: TRUE`.
    package var syncProviderLines: [String] = []
    /// Whether the service account may read `cn=accesslog`.
    package var accessLogIsReadable = true
    package var memberOf = false
    package var refint = false
    /// For everybody but the root DN; nil is unlimited.
    package var sizeLimit: Int?
    /// Seconds; nil is unlimited.
    package var timeLimit: Int?
    /// False answers a request for pages as slapd does with `size.prtotal=disabled`.
    package var paging = true
    package var tls: TLS?
    /// `to …` clauses that stand before the server's own.
    package var access: [String] = []
    /// The same for what belongs to no database: the root DSE and the schema.
    package var frontendAccess: [String] = []
    /// Attribute lines of the database's entry, such as `olcLimits: …`.
    package var databaseLines: [String] = []
    /// LDIF of whole cn=config entries, loaded last.
    package var extraConfig: [String] = []
    /// Written to `slapd -d`; 256 logs each operation.
    package var logLevel = 256
    /// LDIF of the data; nil is ``SampleOrganisation`` as it comes.
    package var data: String?

    package init() {}
}
