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

    /// The test's own look at a server whose certificate is bad for a purpose.
    private var tlsCheck: String { options.certificate == .good ? "demand" : "never" }
}
