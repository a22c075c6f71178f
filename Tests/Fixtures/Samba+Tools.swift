/// The domain controller seen from outside, by OpenLDAP's own tools.
extension Samba {
    /// One of OpenLDAP's tools as the administrator, under TLS: only there passwords may be set.
    package func tool(
        _ name: String, _ arguments: [String], input: String
    ) throws -> FinishedProcess {
        let administrator = "CN=Administrator,CN=Users,\(SambaOrganisation.suffix)"
        // What LDAPNOINIT keeps out is all that tells the tools which CA to trust.
        return try ChildProcess.run(
            "/usr/bin/env",
            ["-u", "LDAPNOINIT", "LDAPTLS_CACERT=\(folder.file("tls/ca.pem"))"]
                + ["LDAPTLS_REQCERT=\(tlsCheck)", "LDAPRC=none", "/usr/bin/\(name)", "-x"]
                + ["-D", administrator, "-w", Self.administratorPassword, "-H", tlsURL] + arguments,
            input: Array(input.utf8))
    }

    /// Lets an account write attributes of everything below a unit, as delegating control does.
    ///
    /// `attributes`: the schemaIDGUID of each.
    package func delegate(_ attributes: [String], below unit: String, to account: String) throws {
        let rules = attributes.map { "(OA;CIIO;WP;\($0);;ACCOUNT)" }.joined()
        try grant(rules, on: unit, to: account)
    }

    /// Gives an account rights on one entry.
    ///
    /// `rules`: access control entries in SDDL, with `ACCOUNT` where the account's SID is to stand.
    package func grant(_ rules: String, on dn: String, to account: String) throws {
        let sid = try sid(of: account)
        try ChildProcess.run(
            "/usr/bin/samba-tool",
            ["dsacl", "set", "-s", folder.file("etc/smb.conf"), "-H", sam]
                + ["--objectdn=\(dn)", "--action=allow"]
                + ["--sddl=\(rules.replacing("ACCOUNT", with: sid))"], seconds: 120
        ).succeeded(at: "samba-tool dsacl set")
    }

    /// Takes rules that were given by ``grant(_:on:to:)`` away again.
    package func takeBack(_ rules: String, on dn: String, from account: String) throws {
        let sid = try sid(of: account)
        let shown = try ChildProcess.run(
            "/usr/bin/samba-tool",
            ["dsacl", "get", "-s", folder.file("etc/smb.conf"), "-H", sam, "--objectdn=\(dn)"],
            seconds: 120
        ).succeeded(at: "samba-tool dsacl get").stdout
        guard let descriptor = shown.split(separator: "\n").first(where: { $0.hasPrefix("O:") })
        else { throw FixtureError("\(dn) has no descriptor: \(shown)") }
        try ChildProcess.run(
            "/usr/bin/ldbmodify", database,
            input: Array(
                """
                dn: \(dn)
                changetype: modify
                replace: nTSecurityDescriptor
                nTSecurityDescriptor: \
                \(descriptor.replacing(rules.replacing("ACCOUNT", with: sid), with: ""))

                """.utf8)
        ).succeeded(at: "ldbmodify")
    }

    /// Lets an account see deleted objects, which samba-tool does not find.
    package func showDeletions(to account: String) throws {
        let sid = try sid(of: account)
        let rules = "(A;;RPWPCCDCLCRCWOWDSDSW;;;SY)(A;;RPLC;;;BA)(A;;RPLC;;;\(sid))"
        try ChildProcess.run(
            "/usr/bin/ldbmodify", database + ["--controls=show_deleted:1"],
            input: Array(
                """
                dn: CN=Deleted Objects,\(SambaOrganisation.suffix)
                changetype: modify
                replace: nTSecurityDescriptor
                nTSecurityDescriptor: O:SYG:SYD:PAI\(rules)

                """.utf8)
        ).succeeded(at: "ldbmodify")
    }

    private func sid(of account: String) throws -> String {
        let found = try ChildProcess.run(
            "/usr/bin/ldbsearch", database + ["(sAMAccountName=\(account))", "objectSid"]
        ).succeeded(at: "ldbsearch").stdout
        let line = found.split(separator: "\n").first { $0.hasPrefix("objectSid: ") }
        guard let sid = line?.dropFirst("objectSid: ".count) else {
            throw FixtureError("\(account) has no SID: \(found)")
        }
        return String(sid)
    }

    private var database: [String] {
        ["--configfile=\(folder.file("etc/smb.conf"))", "-H", sam]
    }

    private var sam: String { folder.file("private/sam.ldb") }

    /// The test's own look at a server whose certificate is bad for a purpose.
    private var tlsCheck: String { options.certificate == .good ? "demand" : "never" }
}
