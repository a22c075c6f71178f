import Fixtures
import Foundation
import Ground
import Testing

/// A directory whose users have certificates of one CA, and a store that follows what the CA does.
struct AuthorityLab {
    private let lab: CommandLab
    let ca: CertificateAuthority

    /// `serials`: of whom has a certificate; 20 octets, and one with its highest bit set.
    init(
        _ serials: [String: String] = [
            "ada": "7f00112233445566778899aabbccddeeff001122", "ben": "00f1", "cleo": "05",
        ]
    ) throws {
        lab = try CommandLab()
        ca = try CertificateAuthority()
        for (name, serial) in serials.sorted(by: { $0.key < $1.key }) {
            try ca.issue(name, serial: serial)
            try lab.server.modify(
                """
                dn: uid=\(name),ou=people,dc=example,dc=com
                changetype: modify
                add: userCertificate;binary
                userCertificate;binary:: \(Data(ca.der(name)).base64EncodedString())
                """)
        }
        try ca.publish()
        try configure("crl: \(ca.file("list", "pem"))")
    }

    /// `see`: where the CA says what is revoked; `certificate`: of another CA of its name.
    func configure(_ see: String, _ certificate: String? = nil) throws {
        try configure {
            $0 + "authorities: {staff-ca: {certificate: \(certificate ?? ca.certificate), "
                + "see: {\(see)}}}\n"
        }
    }

    func configure(_ change: (String) -> String) throws { try lab.configure(change) }

    @discardableResult
    func run(_ arguments: String...) throws -> FinishedProcess { try lab.run(arguments) }

    func start(_ arguments: String...) throws -> ChildProcess {
        try ChildProcess(
            Products.lockstep(), ["--config", lab.configuration] + arguments,
            environment: ["TZ": "UTC", "XDG_STATE_HOME": lab.folder.file("state")],
            folder: lab.folder.path)
    }

    func json(_ arguments: String...) throws -> JSONValue {
        let finished = try lab.run(arguments + ["--json"])
        return try #require(JSONValue(parsing: finished.output), "\(finished.stderr)")
    }

    var server: Slapd { lab.server }

    /// What a sync says of the CA.
    func sync() throws -> JSONValue? {
        let finished = try run("sync", "--json").succeeded(at: "sync")
        return JSONValue(parsing: finished.output)?["authorities"]?[0]
    }

    /// As if the last reading were two hours ago, and a failure long enough for the next try.
    func age() throws { try pass(31, sinceReading: 7_200) }

    /// As if all of it had been so many seconds ago.
    func pass(_ seconds: Int, sinceReading: Int? = nil) throws {
        try sqlite(
            "UPDATE authority_lists SET read_at = read_at - \(sinceReading ?? seconds); "
                + "UPDATE authorities SET error_since = error_since - \(seconds); "
                + "UPDATE runs SET started = started - \(seconds)")
    }

    func sqlite(_ sql: String) throws {
        try ChildProcess.run("sqlite3", [lab.store, sql]).succeeded(at: "sqlite3")
    }

    func state(_ user: String) throws -> String? {
        try json("certificates", user)[0]?["state"]?.string
    }

    /// What needs a person because of the CA.
    func needs() throws -> [String] {
        (try json("status")["attention"]?.array ?? [])
            .filter { $0["kind"] == "authority" }.compactMap { $0["message"]?.string }
    }

    /// `openssl ca` can't take back a hold: its index can.
    func release(_ name: String) throws {
        let index = ca.folder.file("index.txt")
        let text = try String(contentsOfFile: index, encoding: .utf8)
        let lines = text.split(separator: "\n").map { line -> String in
            var cells = line.split(separator: "\t", omittingEmptySubsequences: false)
                .map(String.init)
            guard cells[0] == "R", line.hasSuffix("CN=\(name)") else { return String(line) }
            (cells[0], cells[2]) = ("V", "")
            return cells.joined(separator: "\t")
        }
        try ca.folder.replace("index.txt", with: lines.joined(separator: "\n") + "\n")
    }
}
