import Fixtures
import Glibc
import Ground
import Testing

/// The lock of somebody who was not named, as it looks in tmux.
struct CommandTmuxTests {
    private let lab: CommandLab

    init() throws {
        lab = try CommandLab()
        try lab.run("sync").succeeded(at: "sync")
    }

    /// The exit code is printed last.
    private func start(_ arguments: String, columns: Int = 80, lines: Int = 40) throws -> Tmux {
        let program = try Products.lockstep()
        return try Tmux(
            columns: columns, lines: lines,
            "TZ=UTC '\(program)' --config '\(lab.configuration)' \(arguments); echo exit $?")
    }

    private var state: JSONValue? {
        get throws { try lab.json("show", "ada")["state"] }
    }

    @Test func `search, person, Lock user, reason, Next`() throws {
        let terminal = try start("lock")
        try terminal.wait(for: "Search: ")
        try terminal.send("samp", "Enter")
        let list = try terminal.wait(for: "Number, or another search: ")
        #expect(list.contains("Whom to lock?\n  Type the beginning of a name"))
        #expect(list.contains("\n   username  name"))
        #expect(list.contains("\n1  ada       Ada Sample"))
        try terminal.send("1", "Enter")
        let person = try terminal.wait(for: "Lock user, Back or Cancel? ")
        #expect(person.contains("\nAda Sample  ada  active\n"))
        #expect(person.contains("\nRoles\n"))
        #expect(try state == "active")
        try terminal.send("Lock user", "Enter")
        try terminal.wait(for: "  2  misuse: The user misused a privilege")
        try terminal.send("2", "Enter")
        try terminal.wait(for: "Next or Cancel? ")
        #expect(try state == "active")
        try terminal.send("next", "Enter")
        let end = try terminal.wait(for: "exit 0")
        #expect(end.contains("Locked; the directory took it, nobody has seen it refuse her  ada"))
        #expect(end.contains("\nNot proven: that the server refuses the account;"))
        #expect(try lab.json("show", "ada")["lock"]?["reason"] == "misuse")
    }

    @Test func `at forty columns a line is broken only within a long word`() throws {
        let terminal = try start("lock", columns: 40)
        try terminal.wait(for: "Search: ")
        try terminal.send("samp", "Enter")
        try terminal.wait(for: "Number, or another search: ")
        try terminal.send("1", "Enter")
        try terminal.wait(for: "Lock user, Back or Cancel? ")
        try terminal.send("lock", "Enter")
        try terminal.wait(for: "misuse: ")
        try terminal.send("1", "Enter")
        let screen = try terminal.wait(for: "Next or Cancel? ")
        let long = screen.split(separator: "\n").filter { $0.count > 40 }
        let breakable = long.filter { line in
            !line.split(separator: " ").contains { $0.count > 15 }
        }
        #expect(breakable.isEmpty, "\(breakable)")
        try terminal.send("C-c")
        try terminal.wait(for: "exit 12")
        #expect(try state == "active")
    }

    @Test func `nobody found and Back lead to another search`() throws {
        let terminal = try start("lock")
        try terminal.wait(for: "Search: ")
        try terminal.send("nemo", "Enter")
        try terminal.wait(for: "Nobody found for “nemo”.")
        try terminal.send("ada", "Enter")
        try terminal.wait(for: "Lock user, Back or Cancel? ")
        try terminal.send("back", "Enter")
        try terminal.wait(for: "Search: ", times: 3)
        try terminal.send("ben", "Enter")
        try terminal.wait(for: "Ben Example  ben  active")
        try terminal.send("c", "Enter")
        try terminal.wait(for: "exit 12")
    }

    @Test(arguments: [
        [], ["samp"], ["samp", "1"], ["samp", "1", "lock"], ["samp", "1", "lock", "1"],
    ])
    func `Ctrl-C anywhere before Next is Cancel`(answers: [String]) throws {
        let prompts = [
            "Search: ", "Number, or another search: ", "Lock user, Back or Cancel? ",
            "Number or code", "Next or Cancel? ",
        ]
        let terminal = try start("lock")
        for (answer, prompt) in zip(answers, prompts) {
            try terminal.wait(for: prompt)
            try terminal.send(answer, "Enter")
        }
        try terminal.wait(for: prompts[answers.count])
        try terminal.send("C-c")
        let screen = try terminal.wait(for: "exit 12")
        #expect(screen.contains("lockstep: cancelled: nothing was changed"))
        #expect(try state == "active")
    }

    @Test func `unlock searches as lock does, and --json says that nobody was chosen`() throws {
        let terminal = try start("unlock --json")
        try terminal.wait(for: "Whom to unlock?")
        try terminal.send("C-d")
        let screen = try terminal.wait(for: "exit 12")
        let line = try #require(screen.split(separator: "\n").first { $0.hasPrefix("{") })
        #expect(line.contains("\"outcome\":\"cancelled\""))
    }

    @Test func `Ctrl-C after Next ends it after the step in flight, and says what goes on`() throws
    {
        let proxy = try TCPProxy(to: lab.server.port)
        try lab.configure { $0.replacing(lab.server.url, with: proxy.url) }
        let terminal = try start("lock ada --reason misuse", columns: 120)
        try terminal.wait(for: "Next or Cancel? ")
        proxy.set(.stall, afterBytes: 1)
        try terminal.send("next", "Enter")
        while try state != "locked" {
            proxy.set(.none)
            // Less than what is read back at the end.
            proxy.set(.stall, afterBytes: 100)
        }
        try terminal.send("C-c")
        // The terminal shows it when the program has it.
        try terminal.waitToHear("^C")
        proxy.set(.none)
        let end = try terminal.wait(for: "exit 75")
        #expect(end.contains("Locked here; the directory is not done  ada: process 1, misuse, "))
        #expect(
            end.contains(
                """
                lockstep: interrupted: what stands above as done stays; the next sync goes on with it, \
                or: lockstep retry 1
                """), "\(end)")
        try lab.run("sync").succeeded(at: "sync")
        #expect(try lab.json("report", "1")["outcome"] == "completed")
    }

    @Test func `a server that hangs at Next holds nothing up, and Ctrl-C undoes nothing`() throws {
        let proxy = try TCPProxy(to: lab.server.port)
        try lab.configure {
            $0.replacing(
                "uri: \(lab.server.url)", with: "uri: \(proxy.url)\n    timeout: {operation: 10m}")
        }
        let terminal = try start("lock ada --reason misuse", columns: 120)
        try terminal.wait(for: "Next or Cancel? ")
        let before = proxy.bytesFromServer
        proxy.set(.stall, afterBytes: 1)
        try terminal.send("next", "Enter")
        // Ctrl-C makes the terminal forget what was typed and not yet read: the last look shows that
        // the word was.
        for _ in 0..<20_000 where proxy.bytesFromServer == before { usleep(1_000) }
        #expect(proxy.bytesFromServer > before)
        try terminal.send("C-c")
        let end = try terminal.wait(for: "exit 75")
        #expect(end.contains("Locked here; the directory is not done  ada: process 1, misuse, "))
        #expect(!end.contains("nothing was changed"), "\(end)")
        #expect(try state == "locked")
    }

    @Test(arguments: [
        ("lock ada --reason misuse", "Ctrl-C cancels"), ("check", "Ctrl-C ends it"),
        ("sync", "Ctrl-C ends it after this answer"),
    ])
    func `what hangs is said within a moment, and what Ctrl-C does`(
        command: String, remark: String
    ) throws {
        lab.server.freeze()
        defer { lab.server.thaw() }
        let terminal = try start(command, columns: 120)
        let screen = try terminal.wait(for: "waiting for hq, \(lab.server.url): ")
        #expect(screen.contains(" s; \(remark)"), "\(screen)")
        #expect(screen.contains(": 1 s; "), "\(screen)")
        lab.server.thaw()
        let after = try terminal.wait(
            for: command == "check" ? " ok, " : command == "sync" ? "exit 0" : "Next")
        #expect(!after.contains("waiting for"), "\(after)")
    }

    @Test func `Ctrl-C while the plan waits for a server that hangs is Cancel at once`() throws {
        let proxy = try TCPProxy(to: lab.server.port)
        try lab.configure { $0.replacing(lab.server.url, with: proxy.url) }
        proxy.set(.stall, afterBytes: 400)
        let terminal = try start("lock ada --reason misuse", columns: 120)
        try terminal.wait(for: "Ctrl-C cancels")
        try terminal.send("C-c")
        try terminal.wait(for: "exit 12")
        #expect(try state == "active")
    }

    @Test func `at eighty columns a list keeps what tells people apart`() throws {
        for place in ["north", "south"] {
            try lab.server.add(
                """
                dn: ou=\(place),ou=people,dc=example,dc=com
                objectClass: organizationalUnit
                ou: \(place)

                dn: uid=\(place)-maximilian.oesterreicher,ou=\(place),ou=people,dc=example,dc=com
                objectClass: inetOrgPerson
                uid: \(place)-maximilian.oesterreicher
                cn: Maximilian Oesterreicher
                sn: Oesterreicher
                displayName: Maximilian Oesterreicher
                mail: maximilian.oesterreicher@example.com
                employeeNumber: 00\(place)4711

                """)
        }
        try lab.run("sync").succeeded(at: "sync")
        for columns in [40, 80, 200] {
            let screen = try start("find oesterreicher", columns: columns).wait(for: "exit 0")
            for place in ["north", "south"] {
                #expect(screen.contains("\(place)-maximilian.oesterreicher"), "\(screen)")
                #expect(screen.contains("00\(place)4711"), "\(screen)")
                #expect(screen.contains("ou=\(place)"), "\(screen)")
            }
            // At forty a mail address alone is longer.
            let most = columns == 40 ? 48 : columns
            #expect(screen.split(separator: "\n").allSatisfy { $0.count <= most }, "\(screen)")
        }
    }

    @Test func `a message is broken between its words`() throws {
        try lab.configure { $0.replacing("    bind:", with: "    bnid:") }
        let screen = try start("status", columns: 100).wait(for: "exit 78")
        #expect(screen.contains("here may stand: "))
        #expect(screen.split(separator: "\n").allSatisfy { $0.count <= 100 }, "\(screen)")
    }

    @Test func `why something is pending is said once, and whole`() throws {
        lab.server.kill()
        #expect(try lab.run("lock", "ada", "--reason", "misuse", "--yes").exitCode == 75)
        let screen = try start("show ada").wait(for: "exit 0")
        let words = screen.split { $0.isWhitespace }.joined(separator: " ")
        let why =
            "Can't contact LDAP server (-1). Check uri and tls, and that the server runs. History"
        #expect(words.ranges(of: why).count == 1, "\(screen)")
    }
}
