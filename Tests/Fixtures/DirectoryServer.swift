/// A real server of the test's own, seen from outside: by OpenLDAP's tools and a bind by hand.
package protocol DirectoryServer: AnyObject, Sendable {
    var port: UInt16 { get }
    var url: String { get }

    /// Starts it and waits until it answers.
    func start() throws
    /// Ends it as an administrator would.
    func stop() throws
    /// Ends it as a power cut would.
    func kill()

    /// One of OpenLDAP's tools, as the server's administrator.
    func tool(_ name: String, _ arguments: [String], input: String) throws -> FinishedProcess
}

extension DirectoryServer {
    package func restart() throws {
        try stop()
        try start()
    }

    /// True when a simple bind succeeds.
    package func binds(as dn: String, password: String) -> Bool {
        bindResult(as: dn, password: password) == 0
    }

    /// The result code of a simple bind; nil when nobody answers.
    package func bindResult(as dn: String, password: String) -> Int32? {
        SimpleBind.result(port: port, dn: dn, password: password)
    }

    package func tool(_ name: String, _ arguments: [String]) throws -> FinishedProcess {
        try tool(name, arguments, input: "")
    }

    /// Carries out LDIF change records as the administrator.
    package func modify(_ ldif: String) throws {
        try tool("ldapmodify", [], input: ldif).succeeded(at: "ldapmodify")
    }

    /// Adds LDIF entries as the administrator.
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
    package func search(
        _ filter: String, base: String = SampleOrganisation.suffix
    ) throws -> [String] {
        let answer = try tool(
            "ldapsearch", ["-LLL", "-o", "ldif-wrap=no", "-b", base, filter, "1.1"]
        )
        .succeeded(at: "ldapsearch \(filter)")
        return LDIFAnswer.names(answer.stdout)
    }
}

/// Why a fixture could not be set up; a test that meets it fails, it is never skipped.
package struct FixtureError: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}

/// A simple bind (RFC 4511, 4.2) written and read by hand, so that fixtures need no client.
enum SimpleBind {
    /// The result code; nil when nobody answers on the port.
    static func result(port: UInt16, dn: String, password: String) -> Int32? {
        guard let socket = LoopbackSocket.connected(to: port),
            socket.write(request(dn: dn, password: password)),
            socket.isReadable(within: 10_000),
            let answer = socket.read(upTo: 4_096)
        else { return nil }
        return resultCode(of: answer)
    }

    private static func request(dn: String, password: String) -> [UInt8] {
        let version: [UInt8] = [0x02, 0x01, 0x03]
        let operation = Wire.element(
            0x60,
            version + Wire.element(0x04, Array(dn.utf8)) + Wire.element(0x80, Array(password.utf8)))
        return Wire.element(0x30, [0x02, 0x01, 0x01] + operation)
    }

    /// The first ENUMERATED of the answer is its result code.
    private static func resultCode(of answer: [UInt8]) -> Int32? {
        guard let start = answer.firstIndex(of: 0x61),
            let code = answer[start...].firstIndex(of: 0x0a), answer.count > code + 2
        else { return nil }
        return Int32(answer[code + 2])
    }
}
