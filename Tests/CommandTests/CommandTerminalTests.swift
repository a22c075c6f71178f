import Fixtures
import Ground
import Testing

/// The lock with somebody at a real terminal.
struct CommandTerminalTests {
    private let lab: CommandLab

    init() throws {
        lab = try CommandLab()
        try lab.run("sync").succeeded(at: "sync")
    }

    private func start(_ arguments: String..., columns: UInt16 = 80) throws -> TerminalChild {
        try TerminalChild(
            Products.lockstep(), ["--config", lab.configuration] + arguments, columns: columns)
    }

    private var state: JSONValue? {
        get throws { try lab.json("show", "ada")["state"] }
    }

    private var eventsOfAda: [String] {
        get throws {
            try (lab.json("audit", "--user", "ada").array ?? []).compactMap { $0["event"]?.string }
        }
    }

    @Test func `the reason is chosen from a list, the plan is shown, and Next locks`() throws {
        let child = try start("lock", "ada")
        try child.wait(for: "Why?")
        try child.wait(for: "1  left-organization: The user quits the organization")
        try child.wait(for: "2  misuse: The user misused a privilege")
        try child.wait(for: "cancels): ")
        child.type("\n")
        try child.wait(for: "cancels): ")
        child.type("9\n")
        try child.wait(for: "9 is not on the list.")
        child.type("2\n")
        try child.wait(for: "Ada Sample  ada  active")
        try child.wait(for: "In the directory hq")
        try child.wait(for: "Next or Cancel? ")
        #expect(try state == "active")
        for answer in ["\n", "n\n", "y\n", "yes\n"] {
            child.type(answer)
            try child.wait(
                for: "Only the whole word Next goes on; Cancel, c or Ctrl-D ends it here.")
            try child.wait(for: "Lock Ada Sample (ada) for misuse. Next or Cancel? ")
            #expect(try state == "active")
        }
        child.type("NEXT\n")
        try child.wait(for: "Locked; the directory took it")
        #expect(try child.end() == 0)
        #expect(try lab.json("show", "ada")["lock"]?["reason"] == "misuse")
    }

    @Test(arguments: ["c\n", "Cancel\n", "\u{4}", "\u{3}"])
    func `Cancel, the end of input and Ctrl-C leave no trace but an audit event`(
        answer: String
    ) throws {
        let before = try lab.server.entry(SampleOrganisation.person("ada"))
        let child = try start("lock", "ada", "--reason", "misuse")
        try child.wait(for: "Next or Cancel? ")
        child.type(answer)
        try child.wait(for: "cancelled: nothing was changed")
        #expect(try child.end() == 12)
        #expect(try state == "active")
        #expect(try lab.server.entry(SampleOrganisation.person("ada")) == before)
        #expect(try eventsOfAda == ["lock cancelled"])
    }

    @Test func `Ctrl-C at the list of reasons is Cancel too`() throws {
        let child = try start("lock", "ada", "--json")
        try child.wait(for: "cancels): ")
        child.type("\u{3}")
        #expect(try child.end() == 12)
        #expect(child.screen.contains("\"outcome\":\"cancelled\""))
        #expect(try state == "active")
    }

    @Test func `a plan that has changed meanwhile is shown again`() throws {
        let child = try start("lock", "ada", "--reason", "misuse")
        try child.wait(for: "Next or Cancel? ")
        try lab.server.modify(
            """
            dn: \(SampleOrganisation.group("project-1"))
            changetype: modify
            add: member
            member: \(SampleOrganisation.person("ada"))

            """)
        child.type("next\n")
        try child.wait(for: "The plan has changed meanwhile:")
        try child.wait(for: "cn=project-1,ou=groups,dc=example,dc=com")
        try child.wait(for: "Next or Cancel? ")
        #expect(try state == "active")
        child.type("next\n")
        #expect(try child.end() == 0)
        let members = try lab.server.values("member", of: SampleOrganisation.group("project-1"))
        #expect(!members.contains(SampleOrganisation.person("ada")))
    }

    @Test func `without a terminal a lock needs --yes, but a dry run does not`() throws {
        try lab.expect(
            "lock", "ada", "--reason", "misuse", exit: 64,
            says: """
                lockstep: error: without a terminal --yes is needed, or --dry-run. See 'lockstep \
                help lock'.

                """)
        #expect(try lab.run("lock", "ada", "--reason", "misuse", "--dry-run").exitCode == 0)
        #expect(try state == "active")
    }

    @Test(arguments: ["lock", "deactivate", "reactivate", "unlock"])
    func `without a terminal, or with --yes, somebody must be named`(command: String) throws {
        let complaint =
            "lockstep: error: USER or --from is missing. See 'lockstep help \(command)'.\n"
        try lab.expect(command, exit: 64, says: complaint)
        try lab.expect(command, "--reason", "misuse", "--dry-run", exit: 64, says: complaint)
        let child = try start(command, "--reason", "misuse", "--yes")
        #expect(try child.end() == 64)
    }

    @Test(arguments: ["\u{3}", "\u{4}"])
    func `at the password Ctrl-C is Cancel, and the terminal shows again what is typed`(
        key: String
    ) throws {
        try lab.configure { $0.replacing("passwordFile: password", with: "password: ask") }
        let child = try start("lock", "ada", "--reason", "misuse")
        try child.wait(for: "Password of ")
        child.type(key)
        let code = try child.end()
        if key == "\u{3}" { #expect(code == 12) }
        #expect(child.showsTyping)
        #expect(try state == "active")
    }

    @Test func `a lost card is asked about, too`() throws {
        try lab.run("credential", "add", "ada", "--kind", "card", "--serial", "C-1")
            .succeeded(at: "credential add")
        let child = try start("credential", "lock", "C-1", "--reason", "misuse")
        try child.wait(for: "Lock the card C-1 for misuse")
        try child.wait(for: "Next or Cancel? ")
        child.type("c\n")
        #expect(try child.end() == 12)
        #expect(try lab.json("credentials", "ada")[0]?["state"] == "active")
        let program = try start("credential", "lock", "C-1", "--reason", "misuse", "--json")
        try program.wait(for: "Next or Cancel? ")
        program.type("c\n")
        #expect(try program.end() == 12)
        #expect(program.screen.contains("\"serial\":\"C-1\",\"state\":\"active\""))
    }

    private func base64(_ text: String) throws -> String {
        try ChildProcess.run("base64", ["-w0"], input: Array(text.utf8))
            .succeeded(at: "base64").stdout
    }

    @Test func `what a directory says can't move the cursor or forge a line`() throws {
        let hostile = "E\u{1B}[2J\u{9B}31mvil\u{7}\r\nlockstep: ada is locked\u{202E}\u{8}"
        let encoded = try base64(hostile)
        try lab.server.modify(
            """
            dn: \(SampleOrganisation.person("ada"))
            changetype: modify
            replace: displayName
            displayName:: \(encoded)
            -
            replace: title
            title:: \(encoded)
            -
            replace: mail
            mail:: \(try base64("a\u{1B}]0;x\u{7}\r\n@example.com"))

            """)
        try lab.server.add(
            """
            dn:: \(try base64("cn=\u{1B}[2J,ou=groups,dc=example,dc=com"))
            objectClass: groupOfNames
            member: \(SampleOrganisation.person("ada"))

            """)
        let lines = [
            ["sync"], ["sync", "--dry-run"], ["find", "ada"], ["show", "ada"], ["audit"],
            ["lock", "ada", "--reason", "misuse", "--dry-run"],
            ["lock", "ada", "--reason", "misuse", "--yes"], ["show", "ada"],
            ["show", "ada", "--json"], ["__complete", "users", "a"],
        ]
        for line in lines {
            let finished = try lab.run(line)
            #expect(finished.exitCode == 0, "\(line) \(finished.stderr)")
            let said = finished.output + finished.errors
            #expect(said.allSatisfy { $0 == 0x0A || $0 == 0x09 || $0 >= 0x20 }, "\(line)")
            let text = String(decoding: said, as: UTF8.self)
            #expect(!text.unicodeScalars.contains { (0x7F...0x9F).contains($0.value) }, "\(line)")
            #expect(!text.contains("\nlockstep: ada is locked"), "\(line)")
        }
    }

    @Test(arguments: [
        ["find", "a"], ["reasons"], ["show", "ada"], ["credentials"], ["status"], ["audit"],
        ["store", "check"],
    ])
    func `at forty columns a line is longer only for a word that is`(line: [String]) throws {
        try lab.run("credential", "add", "ada", "--kind", "card", "--serial", "C-1")
            .succeeded(at: "credential add")
        let child = try TerminalChild(
            Products.lockstep(), ["--config", lab.configuration] + line, columns: 40)
        #expect(try child.end() == 0)
        for row in child.screen.split(separator: "\n") where row.count > 40 {
            #expect(row.split(separator: " ").contains { $0.count > 20 }, "\(row)")
        }
    }

    @Test(arguments: [["find", "a"], ["reasons"], ["show", "ada"], ["credentials"]])
    func `screens fit eighty columns`(line: [String]) throws {
        try lab.run("credential", "add", "ada", "--kind", "card", "--serial", "C-1")
            .succeeded(at: "credential add")
        let child = try TerminalChild(
            Products.lockstep(), ["--config", lab.configuration] + line)
        #expect(try child.end() == 0)
        for row in child.screen.split(separator: "\n") { #expect(row.count <= 80, "\(row)") }
    }
}
