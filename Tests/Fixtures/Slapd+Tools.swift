/// The server seen from outside, by OpenLDAP's own tools and a bind by hand.
extension Slapd {
    /// True when a simple bind succeeds.
    package func binds(as dn: String, password: String) -> Bool {
        bindResult(as: dn, password: password) == 0
    }

    /// The result code of a simple bind; nil when nobody answers.
    package func bindResult(as dn: String, password: String) -> Int32? {
        SimpleBind.result(port: port, dn: dn, password: password)
    }

    /// Carries out LDIF change records as the root DN.
    package func modify(_ ldif: String) throws {
        try tool("ldapmodify", [], input: ldif).succeeded(at: "ldapmodify")
    }

    /// Adds LDIF entries as the root DN.
    package func add(_ ldif: String) throws {
        try tool("ldapmodify", ["-a"], input: ldif).succeeded(at: "ldapmodify -a")
    }

    package func delete(_ dn: String) throws {
        try tool("ldapdelete", [dn]).succeeded(at: "ldapdelete")
    }

    /// An attribute's values in one entry, in the server's order; empty where there are none.
    package func values(_ attribute: String, of dn: String) throws -> [String] {
        try entry(dn, attributes: [attribute])[attribute] ?? []
    }

    /// An entry's attributes by the names that the server gave them; empty when there is no entry.
    package func entry(
        _ dn: String, attributes: [String] = ["*", "+"]
    ) throws -> [String: [String]] {
        let answer = try tool(
            "ldapsearch", ["-LLL", "-o", "ldif-wrap=no", "-s", "base", "-b", dn] + attributes)
        guard answer.exitCode != 32 else { return [:] }
        try answer.succeeded(at: "ldapsearch of \(dn)")
        return LDIFAnswer.attributes(answer.stdout)
    }

    /// The DNs below `base` that match.
    package func search(_ filter: String, base: String = SampleOrganisation.suffix) throws
        -> [String]
    {
        let answer = try tool(
            "ldapsearch", ["-LLL", "-o", "ldif-wrap=no", "-b", base, filter, "1.1"]
        )
        .succeeded(at: "ldapsearch \(filter)")
        return LDIFAnswer.names(answer.stdout)
    }

    /// One of OpenLDAP's tools, over the socket as the root DN.
    package func tool(
        _ name: String, _ arguments: [String], input: String = ""
    ) throws -> FinishedProcess {
        try ChildProcess.run(
            "/usr/bin/\(name)", ["-Q", "-Y", "EXTERNAL", "-H", socketURL] + arguments,
            input: Array(input.utf8))
    }
}
