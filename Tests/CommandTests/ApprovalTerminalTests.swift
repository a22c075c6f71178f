import Fixtures
import Ground
import Identity
import Testing

/// `approve` at a terminal: whom it is about, what will change, and a question.
struct ApprovalTerminalTests {
    private let lab: CommandLab

    init() throws {
        lab = try CommandLab()
        try lab.configure { $0 + "approval: {lock: true}\n" }
        try lab.run("sync").succeeded(at: "sync")
        let ask = try ChildProcess.run(
            Products.lockstep(),
            [
                "--config", lab.configuration, "lock", "ada", "--reason", "misuse", "--yes",
                "--note", "Ticket 4711",
            ], environment: ["SUDO_USER": "bin"])
        #expect(ask.exitCode == 10, "\(ask.stderr)")
    }

    private var state: String? {
        get throws { try lab.json("show", "ada")["state"]?.string }
    }

    private func approve(_ more: String...) throws -> TerminalChild {
        try TerminalChild(
            Products.lockstep(), ["--config", lab.configuration, "approve", "1"] + more)
    }

    @Test func `the person, the plan, the reason, the note and who asked are shown, and Next acts`()
        throws
    {
        let child = try approve()
        try child.wait(for: "Ada Sample  ada  active")
        try child.wait(for: SampleOrganisation.person("ada"))
        try child.wait(for: "for misuse: The user misused a privilege")
        try child.wait(for: "disable entry")
        try child.wait(for: "Request 1  by bin, ")
        try child.wait(for: "Ticket 4711")
        try child.wait(for: "Lock Ada Sample (ada) for misuse. Next or Cancel? ")
        child.type("y\n")
        try child.wait(for: "Only the whole word Next goes on")
        try child.wait(for: "Next or Cancel? ")
        #expect(try state == "active")
        child.type("Next\n")
        try child.wait(for: "Locked; the directory took it")
        #expect(try child.end() == 0)
        // Twice acts once, and shows the first.
        let again = try approve()
        try again.wait(for: "Locked; the directory took it")
        #expect(try again.end() == 0)
    }

    @Test(arguments: ["c\n", "\u{4}", "\u{3}"])
    func `Cancel leaves the request open, and an audit event`(answer: String) throws {
        let child = try approve()
        try child.wait(for: "Next or Cancel? ")
        child.type(answer)
        try child.wait(for: "cancelled: request 1 stays open")
        #expect(try child.end() == 12)
        #expect(try state == "active")
        #expect(try lab.json("requests").array?.count == 1)
        let event = try #require(try lab.json("audit").array?.last)
        #expect(event["event"] == "lock approval cancelled")
        #expect(event["process"] == 1)
    }

    @Test func `a plan that has changed meanwhile is shown again`() throws {
        let child = try approve()
        try child.wait(for: "Next or Cancel? ")
        let group = SampleOrganisation.group("project-1")
        try lab.server.modify(
            """
            dn: \(group)
            changetype: modify
            add: member
            member: \(SampleOrganisation.person("ada"))

            """)
        child.type("next\n")
        try child.wait(for: "The plan has changed meanwhile:")
        try child.wait(for: "new since the request: remove from group")
        try child.wait(for: group)
        try child.wait(for: "Next or Cancel? ")
        #expect(try state == "active")
        child.type("next\n")
        #expect(try child.end() == 0)
    }

    @Test func `without a terminal it needs --yes, but a dry run does not`() throws {
        try lab.expect(
            "approve", "1", exit: 64,
            says: """
                lockstep: error: without a terminal --yes is needed, or --dry-run. See 'lockstep \
                help approve'.

                """)
        let events = try lab.json("audit").array?.count
        let dry = try lab.run("approve", "1", "--dry-run")
        #expect(dry.exitCode == 0, "\(dry.stderr)")
        for part in ["Ada Sample", "disable entry", "Request 1  by bin", "Ticket 4711"] {
            #expect(dry.stdout.contains(part), "\(part): \(dry.stdout)")
        }
        #expect(try lab.json("approve", "1", "-n")["outcome"] == "planned")
        #expect(try lab.json("audit").array?.count == events)
        #expect(try state == "active")
        #expect(try lab.json("approve", "1", "--yes")["outcome"] == "completed")
    }

    @Test func `a list of requests says whom each is about, and why`() throws {
        let list = try lab.run("requests").stdout
        for part in [
            "1  lock ada  misuse", "Ada Sample", SampleOrganisation.person("ada") + " (hq)",
            "Ticket 4711", "by bin",
        ] {
            #expect(list.contains(part), "\(part): \(list)")
        }
        let request = try lab.json("requests")[0]
        #expect(request?["displayName"] == "Ada Sample")
        #expect(request?["note"] == "Ticket 4711")
        #expect(request?["user"]?["dn"]?.string == SampleOrganisation.person("ada"))
        let report = try lab.run("report", "1").stdout
        for part in ["What was asked for", "disable entry", "Ticket 4711", "Ada Sample"] {
            #expect(report.contains(part), "\(part): \(report)")
        }
    }
}
