/// The domain controller seen from outside, by OpenLDAP's own tools and a bind by hand.
extension Samba {
    /// True when a simple bind succeeds.
    package func binds(as dn: String, password: String) -> Bool {
        bindResult(as: dn, password: password) == 0
    }

    /// The result code of a simple bind; nil when nobody answers.
    package func bindResult(as dn: String, password: String) -> Int32? {
        SimpleBind.result(port: port, dn: dn, password: password)
    }

    /// Carries out LDIF change records as the domain's administrator.
    package func modify(_ ldif: String) throws {
        try tool("ldapmodify", [], input: ldif).succeeded(at: "ldapmodify")
    }

    package func add(_ ldif: String) throws {
        try tool("ldapmodify", ["-a"], input: ldif).succeeded(at: "ldapmodify -a")
    }

    package func delete(_ dn: String) throws {
        try tool("ldapdelete", [dn]).succeeded(at: "ldapdelete")
    }

    /// Renames an entry, below `superior` where that is given.
    package func rename(_ dn: String, to rdn: String, below superior: String? = nil) throws {
        let below = superior.map { ["-s", $0] } ?? []
        try tool("ldapmodrdn", ["-r"] + below + [dn, rdn]).succeeded(at: "ldapmodrdn")
    }

    /// An attribute's values in one entry; empty where there are none.
    package func values(_ attribute: String, of dn: String) throws -> [String] {
        try entry(dn, attributes: [attribute])[attribute] ?? []
    }

    /// An entry's attributes by the names that the server gave them; empty when there is no entry.
    package func entry(
        _ dn: String, attributes: [String] = ["*"]
    ) throws -> [String: [String]] {
        let answer = try tool(
            "ldapsearch", ["-LLL", "-o", "ldif-wrap=no", "-s", "base", "-b", dn] + attributes)
        guard answer.exitCode != 32 else { return [:] }
        try answer.succeeded(at: "ldapsearch of \(dn)")
        return LDIFAnswer.attributes(answer.stdout)
    }

    /// The DNs below `base` that match.
    package func search(
        _ filter: String, base: String = SambaOrganisation.suffix
    ) throws -> [String] {
        let answer = try tool(
            "ldapsearch", ["-LLL", "-o", "ldif-wrap=no", "-b", base, filter, "1.1"]
        )
        .succeeded(at: "ldapsearch \(filter)")
        return LDIFAnswer.names(answer.stdout)
    }

    /// One of OpenLDAP's tools as the administrator, under TLS: only there passwords may be set.
    package func tool(
        _ name: String, _ arguments: [String], input: String = ""
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
