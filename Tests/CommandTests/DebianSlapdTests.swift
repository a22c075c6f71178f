import Fixtures
import Foundation
import Ground
import Testing

/// The first hour with slapd as Debian sets it up: what an administrator is told, and what the sample has them paste.
struct DebianSlapdTests {
    private let server: DebianSlapd
    private let folder: TemporaryFolder

    init() throws {
        server = try DebianSlapd()
        folder = try TemporaryFolder("first-hour")
        try folder.write("lockstep-secret", to: "hq.password")
        try folder.write("canary-secret", to: "canary.password")
        try configure(canary: false)
    }

    /// `config/openldap.yaml` with a server's address and its files in their places.
    private func configure(canary: Bool) throws {
        let text = try Self.text("config/openldap.yaml")
            .replacing("/var/lib/lockstep/lockstep.db", with: "store.db")
            .replacing("[ldaps://ldap1.example.com, ldaps://ldap2.example.com]", with: server.url)
            .replacing("    tls:\n      ca: /etc/ssl/certs/ca-certificates.crt\n", with: "")
            .replacing("/etc/lockstep/hq.password", with: "hq.password")
        try folder.write(
            canary
                ? text.replacing("    canary: null\n", with: "").replacing(
                    "#: canary", with: "canary")
                : text, to: "lockstep.yaml")
    }

    private static func text(_ path: String) throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
        return try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// The LDIF that stands in the sample's remarks, as its `sed` takes it out.
    private static func sample(_ part: Int) throws -> String {
        try text("config/openldap.yaml").split(separator: "\n", omittingEmptySubsequences: false)
            .filter { $0.hasPrefix("#\(part)") }
            .map { $0.dropFirst(2).hasPrefix(" ") ? $0.dropFirst(3) : $0.dropFirst(2) }
            .joined(separator: "\n") + "\n"
    }

    private func paste() throws {
        try server.configure(Self.sample(1))
        try server.change(Self.sample(2))
    }

    private func run(_ arguments: String...) throws -> FinishedProcess {
        try ChildProcess.run(
            Products.lockstep(), ["--config", folder.file("lockstep.yaml")] + arguments,
            environment: ["TZ": "UTC", "XDG_STATE_HOME": folder.file("state")], folder: folder.path)
    }

    private func lock() throws -> (said: String, letsIn: Bool) {
        try run("sync").succeeded(at: "sync")
        let lock = try run("lock", "ada", "--reason", "misuse", "--yes")
        return (lock.stdout, server.binds(as: DebianSlapd.ada, password: "ada-secret"))
    }

    @Test func `without the module a check says first that nobody is refused`() throws {
        let check = try run("check")
        #expect(check.exitCode == 69)
        #expect(
            check.stdout.hasPrefix(
                "hq: WHOEVER IS LOCKED IS LET IN: the server takes a lock and does not enforce it\n"
            ),
            "\(check.stdout)")
    }

    @Test func `with the module alone a lock lets the person in, and says so`() throws {
        let records = try Self.sample(1).components(separatedBy: "\n\n")
        try server.configure(
            records.filter { !$0.contains("olcOverlay: ppolicy") }.joined(separator: "\n\n"))
        let (said, letsIn) = try lock()
        #expect(letsIn)
        #expect(
            said.hasPrefix("Locked; the directory took it, nobody has seen it refuse her  ada"),
            "\(said)")
    }

    @Test func `what the sample has pasted makes a lock hold, and a check see it`() throws {
        try paste()
        let check = try run("check")
        #expect(check.exitCode == 0, "\(check.stdout)")
        #expect(
            check.stdout.hasPrefix(
                "hq: whoever is locked is refused, by the policy that is in effect; a canary would "
                    + "prove it\n"), "\(check.stdout)")
        let (said, letsIn) = try lock()
        #expect(!letsIn)
        #expect(said.hasPrefix("Locked, and seen disabled  ada"), "\(said)")
        #expect(
            server.binds(as: DebianSlapd.canary, password: "canary-secret"),
            "nobody else is touched")
    }

    @Test func `what the sample has pasted covers the canary, and all is ok then`() throws {
        try paste()
        try configure(canary: true)
        try run("sync").succeeded(at: "sync")
        let check = try run("check")
        #expect(check.exitCode == 0)
        #expect(
            check.stdout.hasPrefix("hq: whoever is locked is refused: the canary was\n"),
            "\(check.stdout)")
        let lines = check.stdout.split(separator: "\n").dropFirst().dropLast()
        #expect(lines.allSatisfy { $0.hasPrefix("ok ") }, "\(check.stdout)")
    }

    @Test func `what is proven takes the words away that it is not`() throws {
        try paste()
        try configure(canary: true)
        // As where nobody shows the bind DN slapd's own configuration.
        try server.configure(
            """
            dn: olcDatabase={0}config,cn=config
            changetype: modify
            delete: olcAccess
            olcAccess: {0}

            """)
        let check = try run("check")
        #expect(
            check.stdout.contains(
                "  the policy by default refuses the canary while it is locked\n"),
            "\(check.stdout)")
        #expect(!check.stdout.contains("not proven"), "\(check.stdout)")
    }

    @Test func `a rule that stands behind another is told by its number`() throws {
        try paste()
        try server.configure(
            """
            dn: olcDatabase={1}mdb,cn=config
            changetype: modify
            delete: olcAccess
            olcAccess: {1}
            -
            add: olcAccess
            olcAccess: to attrs=pwdAccountLockedTime by dn.exact="\(DebianSlapd.serviceDN)" write by * none

            """)
        let check = try run("check")
        #expect(check.exitCode == 69)
        let said = check.stdout.replacing(#/\s+/#, with: " ")
        #expect(
            said.contains(
                "Insufficient access (50). olcAccess {7} lets it, and {3} stands before it and answers "
                    + "first. Put that rule at {0}, ending in `by * break`."), "\(said)")
    }

    @Test func `the policy of the README is the sample's`() throws {
        let blocks = try Self.text("README.md").components(separatedBy: "<<'LDIF'\n").dropFirst()
            .compactMap { $0.components(separatedBy: "\nLDIF").first }
        try #require(blocks.count == 2)
        for (block, part) in zip(blocks, 1...2) {
            let sample = try Self.sample(part)
            for record in block.components(separatedBy: "\n\n") {
                #expect(sample.contains(record + "\n"), "\(record)")
            }
        }
    }
}
