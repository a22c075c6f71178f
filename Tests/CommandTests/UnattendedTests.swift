import Fixtures
import Foundation
import Ground
import Testing

/// `sync --quiet`, as cron runs it: what it says becomes a mail.
struct UnattendedTests {
    private let lab: CommandLab

    init() throws {
        lab = try CommandLab()
        try lab.run("sync").succeeded(at: "sync")
    }

    private func sync(_ further: String...) throws -> FinishedProcess {
        try lab.run(["--quiet", "sync"] + further)
    }

    /// Makes what was told before as old as if so many hours had passed.
    private func pass(hours: Int) throws {
        try ChildProcess.run(
            "sqlite3",
            [
                lab.store,
                """
                UPDATE told SET told_at = told_at - \(hours * 3_600),
                    over_at = over_at - \(hours * 3_600)
                """,
            ]
        ).succeeded(at: "sqlite3")
    }

    @Test func `nothing is said when nothing happened, nor when a title changed`() throws {
        let idle = try sync()
        #expect(idle.exitCode == 0)
        #expect(idle.stdout + idle.stderr == "")
        try lab.server.modify(
            """
            dn: \(SampleOrganisation.person("ada"))
            changetype: modify
            replace: title
            title: Countess

            """)
        let updated = try sync()
        #expect(updated.stdout + updated.stderr == "")
        #expect(try lab.json("show", "ada")["attributes"]?["title"]?[0] == "Countess")
    }

    @Test func `a lock by the directory is said`() throws {
        try lab.server.modify(
            """
            dn: \(SampleOrganisation.person("ada"))
            changetype: modify
            replace: employeeType
            employeeType: left

            """)
        let finished = try sync()
        #expect(finished.exitCode == 0, "\(finished.stderr)")
        #expect(finished.stdout.contains("1 locked"))
        #expect(
            finished.stdout.contains(
                "  locked  ada  left-organization, recognised employeeType: left, process 1\n"))
        let next = try sync()
        #expect(next.stdout + next.stderr == "")
    }

    private func leave(_ names: [String]) throws {
        for name in names {
            try lab.server.modify(
                "dn: \(SampleOrganisation.person(name))\nchangetype: modify\n"
                    + "replace: employeeType\nemployeeType: left\n")
        }
    }

    @Test func `a run names whom it changed, to people, to programs and in the log`() throws {
        try leave(["ada", "ben"])
        let run = try lab.run("--json", "--log-format", "json", "sync")
        let directory = JSONValue(parsing: run.output)?["directories"]?[0]
        let changes = directory?["changes"]?.array ?? []
        #expect(changes.map { $0["user"]?["username"] } == ["ada", "ben"])
        let ada = changes.first
        #expect(
            ada?.object?.keys.sorted() == [
                "cause", "change", "outcome", "process", "reason", "user",
            ])
        #expect(
            [ada?["change"], ada?["cause"], ada?["reason"], ada?["outcome"]]
                == ["locked", "recognised", "left-organization", "completed"])
        #expect(ada?["process"] == 1)
        let log = run.stderr.split(separator: "\n").compactMap {
            JSONValue(parsing: String($0))?["fields"]?["user"]?["username"]?.string
        }
        #expect(log == ["ada", "ben"])
        try lab.server.delete(SampleOrganisation.person("cleo"))
        #expect(try lab.run("sync").stdout.contains("  missing  cleo  the entry is missing\n"))
    }

    @Test func `a mail says whom a limit withholds, and no end while the plan grows`() throws {
        try lab.configure {
            $0.replacing("\nreasons:\n", with: "\n    limits: {locks: 1}\nreasons:\n")
        }
        try leave(["ada", "ben"])
        let first = try sync()
        #expect(first.exitCode == 11)
        #expect(
            first.stderr.contains("hq: 2 users would be locked, more than limits.locks allows (1)"))
        #expect(first.stderr.contains("\n  lock ada: the entry says left-organization\n"))
        #expect(first.stderr.contains("\n  lock ben: the entry says left-organization\n"))
        #expect(try sync().stderr == "")
        try leave(["cleo"])
        let grown = try sync()
        #expect(grown.stderr.contains("hq: 3 users would be locked"))
        #expect(grown.stderr.contains("\n  lock cleo: "))
        #expect(!grown.stderr.contains("over:"))
        let plan = try #require(try lab.json("sync")["plan"]?.string)
        try lab.run("sync", "--release", plan).succeeded(at: "release")
        let done = try sync()
        #expect(done.exitCode == 0)
        #expect(done.stderr.contains("over: a safety limit stopped the last sync of hq"))
    }

    @Test func `a trouble is told once, again after a day, and when it is over`() throws {
        try lab.folder.write("wrong", to: "password")
        let sentence = """
            hq: cannot bind as \(Slapd.serviceDN) at \(lab.server.url): Invalid credentials (49). \
            Check bind.dn and bind.passwordFile.
            """
        for (hours, told) in [(0, true), (0, false), (23, false), (1, true), (0, false)] {
            try pass(hours: hours)
            let finished = try sync()
            #expect(finished.exitCode == 69)
            #expect(finished.stdout == "")
            #expect(finished.stderr == (told ? "lockstep: error: \(sentence)\n" : ""))
        }
        try lab.folder.write(Slapd.servicePassword, to: "password")
        let mended = try sync()
        #expect(mended.exitCode == 0)
        #expect(mended.stderr == "lockstep: over: \(sentence)\n")
        #expect(try sync().stderr == "")
    }

    @Test func `what comes and goes is told once in an hour`() throws {
        for round in 0..<3 {
            try lab.folder.write("wrong", to: "password")
            #expect(try sync().stderr.isEmpty == (round > 0))
            try lab.folder.write(Slapd.servicePassword, to: "password")
            #expect(try sync().stderr.isEmpty == (round > 0))
        }
        try pass(hours: 2)
        try lab.folder.write("wrong", to: "password")
        #expect(try sync().stderr.hasPrefix("lockstep: error: hq: cannot bind"))
    }

    @Test func `another trouble of the same directory is told`() throws {
        try lab.folder.write("wrong", to: "password")
        _ = try sync()
        lab.server.kill()
        let down = try sync()
        #expect(down.stderr.hasPrefix("lockstep: error: hq: no server answers."))
        #expect(!down.stderr.contains("over:"))
    }

    @Test func `an entry that can't be a user is told with what to do`() throws {
        try lab.server.add(
            """
            dn: cn=nameless,ou=people,dc=example,dc=com
            objectClass: inetOrgPerson
            sn: Nameless

            """)
        let finished = try sync()
        #expect(
            finished.stderr == """
                lockstep: warning: an entry of hq can't be a user
                  lockstep status names them. Mend them in the directory, or leave them out with \
                users.filter.

                """)
        #expect(try sync().stderr == "")
    }

    @Test func `as JSON every message is a document, and stdout the report as ever`() throws {
        try lab.folder.write("wrong", to: "password")
        let finished = try lab.run("--quiet", "--json", "--log-format", "json", "sync")
        #expect(finished.exitCode == 69)
        #expect(JSONValue(parsing: finished.output)?["outcome"] == "failed")
        let message = try #require(JSONValue(parsing: finished.errors))
        #expect(message["level"] == "error")
        #expect(message["fields"]?["kind"] == "directory")
        #expect(message["fields"]?["target"] == "hq")
        let again = try lab.run("--quiet", "--json", "--log-format", "json", "sync")
        #expect(again.stderr == "")
        #expect(JSONValue(parsing: again.output)?["outcome"] == "failed")
    }

    @Test func `without --quiet all is said each time`() throws {
        try lab.folder.write("wrong", to: "password")
        for _ in 0..<2 {
            #expect(try lab.run("sync").stderr.contains("cannot bind"))
        }
    }

    @Test func `that another run is at work is told once of each`() throws {
        let holder = try ChildProcess("flock", ["--exclusive", lab.store + ".lock", "sleep", "60"])
        defer { holder.end() }
        while try lab.run("sync").exitCode != 75 {}
        let first = try sync()
        #expect(first.exitCode == 75)
        #expect(first.stderr.contains("--wait SECONDS waits for its end."))
        let second = try sync()
        #expect(second.exitCode == 75)
        #expect(second.stdout + second.stderr == "")
    }

    /// Makes what was told without a store a day older.
    private func passDayWithoutStore() throws {
        let file = lab.folder.file("state/lockstep/told.json")
        let told = try #require(JSONValue(parsing: Array(Data(contentsOf: URL(filePath: file)))))
        var entry = try #require(told[lab.configuration]?.object)
        entry["at"] = .int(try #require(entry["at"]?.int) - 86_400)
        let text = JSONValue.object([lab.configuration: .object(entry)]).text
        try lab.folder.write(text, to: "state/lockstep/told.json")
    }

    @Test func `a configuration error is told once, again after a day, and when it is over`() throws
    {
        try lab.configure { $0.replacing("    bind:", with: "    bnid:") + "metrix: m\n" }
        let first = try sync()
        #expect(first.exitCode == 78)
        #expect(first.stderr.contains("directories.hq.bnid: unknown key"), "\(first.stderr)")
        let second = try sync()
        #expect(second.exitCode == 78)
        #expect(second.stdout + second.stderr == "")
        #expect(try lab.run("sync").stderr == first.stderr)
        try passDayWithoutStore()
        #expect(try sync().stderr == first.stderr)
        #expect(try sync().stderr == "")
        try lab.configure { $0 + "metrix: m\n" }
        let another = try sync()
        #expect(another.stderr.contains("metrix: unknown key"), "\(another.stderr)")
        try lab.configure()
        let mended = try sync()
        #expect(mended.exitCode == 0)
        #expect(
            mended.stderr == another.stderr.replacing("lockstep: error: ", with: "lockstep: over: ")
        )
        #expect(try sync().stderr == "")
    }

    @Test func `that there is no store is told once, and as JSON every time`() throws {
        try lab.configure { $0.replacing("store: store.db", with: "store: gone/store.db") }
        let first = try sync()
        #expect(first.exitCode == 74)
        #expect(first.stderr.contains("gone/store.db"))
        let second = try lab.run("--quiet", "--json", "sync")
        #expect(second.exitCode == 74)
        #expect(second.stderr == "")
        #expect(JSONValue(parsing: second.output)?["error"]?["exit"] == 74)
    }

    @Test func `where nothing can be noted all is told each time`() throws {
        try lab.folder.write("no folder", to: "state")
        try lab.configure { $0.replacing("    bind:", with: "    bnid:") }
        for _ in 0..<2 { #expect(try sync().stderr.contains("bnid: unknown key")) }
    }
}
