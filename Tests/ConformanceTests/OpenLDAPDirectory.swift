import Fixtures

/// slapd with a password policy in effect, content synchronization, memberof and refint.
struct OpenLDAPDirectory: ConformanceDirectory {
    private let slapd: Slapd

    init(_ options: ConformanceOptions) throws {
        slapd = try Slapd {
            $0.syncProvider = .accessLog
            $0.memberOf = true
            $0.refint = true
            $0.sizeLimit = options.sizeLimit
            if options.isSecure { $0.tls = SlapdOptions.TLS() }
        }
    }

    var server: any DirectoryServer { slapd }
    var tlsURL: String { slapd.tlsURL }
    var sample: String { "openldap.yaml" }
    var serviceDN: String { Slapd.serviceDN }
    var servicePassword: String { Slapd.servicePassword }
    var opening: String {
        "delete: pwdAccountLockedTime\n-\nreplace: pwdEndTime\n"
    }
    var sizeLimit: SizeLimitEffect { .total }
    var emptied: [String] { ["cn=nobody,\(SampleOrganisation.suffix)"] }

    func isDisabled(_ dn: String) throws -> Bool {
        try slapd.values("pwdAccountLockedTime", of: dn) == ["000001010000Z"]
    }

    var burst: Int { 10_000 }

    func setReadOnly(_ isReadOnly: Bool) throws {
        try configure("replace: olcReadOnly\nolcReadOnly: \(isReadOnly ? "TRUE" : "FALSE")\n")
    }

    func setHidden(_ areHidden: Bool) throws {
        let rule =
            "{0}to dn.children=\"ou=people,\(SampleOrganisation.suffix)\" "
            + "by dn.exact=\"\(Slapd.serviceDN)\" none by * break"
        try configure(
            areHidden
                ? "add: olcAccess\nolcAccess: \(rule)\n" : "delete: olcAccess\nolcAccess: {0}\n")
    }

    /// Changes how slapd runs the people's database.
    private func configure(_ lines: String) throws {
        try ChildProcess.run(
            "/usr/bin/ldapmodify", ["-x", "-H", slapd.url, "-D", "cn=config", "-w", "config"],
            input: Array("dn: olcDatabase={2}mdb,cn=config\nchangetype: modify\n\(lines)".utf8)
        ).succeeded(at: "cn=config")
    }
}
