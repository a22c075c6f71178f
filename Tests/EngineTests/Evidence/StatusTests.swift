import Fixtures
import Foundation
import Ground
import Testing

/// `status`: how things stand, and what needs a person.
@Suite struct StatusTests {
    private static let keys = [
        "attention", "directories", "hindered", "missing", "pending", "plans", "receivers",
        "rejected",
        "requests", "runs",
    ]

    private func kinds(_ status: JSONValue) -> [String] {
        (status["attention"]?.array ?? []).compactMap { $0["kind"]?.string }
    }

    @Test func `where all is well nothing needs a person`() throws {
        let lab = try LockLab()
        try lab.sync()
        try lab.lock("ada")
        try lab.sync()
        let status = try lab.json("status")
        #expect(status.object?.keys.sorted() == Self.keys)
        #expect(status["attention"] == [])
        #expect(status["runs"]?.array?.map { $0["run"]?.int } == [2, 1])
        let directory = try #require(status["directories"]?[0])
        #expect(directory["name"] == "hq")
        #expect(directory["configured"] == true)
        #expect(directory["users"] == ["active": 11, "inactive": 0, "locked": 1, "missing": 0])
        #expect(directory["lastRead"]?.string != nil)
        #expect(try lab.run("status").stdout.hasPrefix("Nothing needs you\n"))
    }

    @Test func `a store that nothing was synced into says so`() throws {
        let lab = try LockLab()
        try lab.succeed("init")
        let status = try lab.json("status")
        #expect(kinds(status) == ["sync"])
        #expect(status["directories"]?[0]?["lastRead"] == .null)
    }

    @Test func `what is pending, rejected and missing is shown with what to do`() throws {
        let lab = try LockLab()
        try lab.sync()
        try lab.server.delete(LockLab.person("cleo"))
        try lab.server.add(
            "dn: cn=Nameless,ou=people,dc=example,dc=com\nobjectClass: inetOrgPerson\n"
                + "cn: Nameless\nsn: Nameless\n")
        try lab.json("sync")
        lab.proxy.set(.cut)
        try lab.lock("ada", exit: 75)
        try lab.json("sync", exit: 69)
        let status = try lab.json("status")
        #expect(kinds(status) == ["directory", "rejected"])
        #expect(status["rejected"]?[0]?["dn"] == "cn=Nameless,ou=people,dc=example,dc=com")
        #expect(status["rejected"]?[0]?["why"] == "no username: uid has no value")
        let pending = try #require(status["pending"]?[0])
        #expect(pending["process"] == 1)
        #expect(pending["user"]?["username"] == "ada")
        #expect(pending["step"] == "disableEntry")
        #expect(pending["state"] == "pending")
        #expect(pending["lastError"]?["message"]?.string != nil)
        #expect(status["missing"]?[0]?["user"]?["username"] == "cleo")
        #expect(status["missing"]?[0]?["since"]?.string != nil)
    }

    @Test func `somebody whom the directory has not closed yet is told at once`() throws {
        let lab = try LockLab()
        try lab.sync()
        lab.proxy.set(.cut)
        try lab.lock("ada", exit: 75)
        // No sync has met the trouble: the lock's own step is all that tells of it.
        let status = try lab.json("status")
        #expect(kinds(status) == ["step"])
        #expect(status["attention"]?[0]?["target"] == "1")
        #expect(!(try lab.run("status").stdout.hasPrefix("Nothing needs you")))
    }

    @Test func `a lock whose program ended before its first attempt is told at once`() throws {
        let lab = try LockLab()
        try lab.sync()
        let lock = ["lock", "ada", "--reason", "left-organization", "--yes"]
        #expect(try lab.start(lock, failAt: "head:1").wait().exitCode == 137)
        let status = try lab.json("status")
        #expect(kinds(status) == ["step"])
        #expect(
            status["attention"]?[0]?["hint"]
                == "The next sync goes on with it; at once: lockstep retry 1")
        try lab.sync()
        #expect(kinds(try lab.json("status")) == [])
    }

    @Test func `a protected person who should be closed is told`() throws {
        let lab = try LockLab()
        lab.configuration.recognise = "recognise: {employeeType: left}"
        lab.configuration.more += "\n    protect: [uid=ada]"
        try lab.configure()
        try lab.sync()
        try lab.server.modify(
            "dn: \(LockLab.person("ada"))\nchangetype: modify\nreplace: employeeType\n"
                + "employeeType: left\n")
        try lab.sync()
        let status = try lab.json("status")
        #expect(kinds(status) == ["protected"])
        #expect(
            status["attention"]?[0]?["message"]
                == "hq: ada is protected: the entry says left-organization")
    }

    @Test func `a step that failed for a lasting cause names the process to retry`() throws {
        let lab = try LockLab {
            $0.access = LockLab.access.filter { !$0.contains("to attrs=member") }
        }
        try lab.sync()
        try lab.lock("ada", exit: 75)
        let status = try lab.json("status")
        let step = try #require(
            status["attention"]?.array?.first { $0["kind"] == "step" })
        #expect(step["target"] == "1")
        #expect(step["hint"] == "Mend that in the directory, then: lockstep retry 1")
        let text = try lab.run("status").stdout
        #expect(text.hasPrefix("Needs you\n  - process 1, lock ada: "))
        #expect(!text.contains("\u{1B}"))
    }

    @Test func `open requests are among what needs a person`() throws {
        let lab = try LockLab()
        lab.configuration.top = "approval: {lock: true}"
        try lab.configure()
        try lab.sync()
        try lab.json("lock", "ada", "--reason", "misuse", "--yes", exit: 10)
        let status = try lab.json("status")
        #expect(status["requests"] == (try lab.json("requests")))
        let request = try #require(status["attention"]?[0])
        #expect(request["kind"] == "request")
        #expect(request["hint"] == "lockstep approve 1, or lockstep reject 1 --because TEXT")
    }

    @Test func `users of a directory that is no longer configured are shown`() throws {
        let lab = try LockLab()
        try lab.sync()
        let text = lab.configuration.text(url: lab.proxy.url)
        try lab.folder.write(text.replacing("  hq:", with: "  other:"), to: "lockstep.yaml")
        let status = try lab.json("status")
        let former = try #require(
            status["directories"]?.array?.first { $0["name"] == "hq" })
        #expect(former["configured"] == false)
        #expect(former["users"]?["active"] == 12)
        let attention = try #require(
            status["attention"]?.array?.first { $0["kind"] == "directory" })
        #expect(
            attention["message"]
                == "12 users are of hq, which is not configured any more: they are left alone")
    }

    @Test func `a locked user who was enabled elsewhere needs a person, and nothing is changed`()
        throws
    {
        let lab = try LockLab()
        lab.configuration.more += "\n    drift: report"
        try lab.configure()
        try lab.sync()
        try lab.lock("ada")
        try lab.change(LockLab.person("ada"), "delete: pwdAccountLockedTime\n-\ndelete: pwdEndTime")
        try lab.json("sync")
        let events = try lab.audit().count
        let first = try lab.json("status")
        #expect(first == (try lab.json("status")))
        #expect(try lab.audit().count == events)
        #expect(first["attention"]?.array?.contains { $0["target"] == "hq:ada" } == true)
    }

    @Test func `a plan that waits, what is followed and drift that is left are shown`() throws {
        let lab = try DecideLab("limits: {locks: 1}", "drift: report") {
            $0.syncProvider = .sessionLog(1_000)
        }
        try lab.sync()
        try lab.lab.lock("ada")
        try lab.sync()
        try lab.join("ada", "staff")
        for name in ["ben", "cleo"] { try lab.type(name, "left") }
        let plan = try #require(try lab.sync(exit: 11).plan)
        let status = try lab.lab.json("status")
        let shown = try #require(status["plans"]?[0])
        #expect((shown["plan"]?.string, shown["current"]) == (plan, true))
        #expect(shown["changes"] == ["recognised": 2])
        let cookies = try #require(status["directories"]?[0]?["cookies"]?.array)
        #expect(cookies.map { $0["stream"]?.string } == ["users", "groups"])
        #expect(cookies.allSatisfy { $0["strategy"] == "syncrepl" && $0["at"]?.string != nil })
        #expect(kinds(status) == ["plan", "directory", "drift"])
        let drift = try #require(status["attention"]?[2])
        #expect(drift["message"] == "hq: ada is locked, and holds a role group again")
        let text = try lab.lab.run("status").stdout
        for line in ["Plans that wait for a release", plan, "Followed changes", "0 min ago"] {
            #expect(text.contains(line), "\(text)")
        }
        try lab.sync("--release", plan)
        #expect(try lab.lab.json("status")["plans"] == [])
    }

    @Test func `a sync ends with 75 as long as a step is left, due or not`() throws {
        let lab = try DecideLab()
        try lab.sync()
        lab.lab.proxy.set(.cut)
        let lock = try lab.lab.lock("ada", exit: 75)
        lab.lab.proxy.set(.none)
        let run = try lab.sync(exit: 75)
        #expect((run.outcome, run.json["queue"]?["done"]) == ("partial", 0))
        #expect(
            run.json["queue"]?["pending"]
                == (try lab.lab.json("status")["pending"]?.array?.count).map { .int(Int64($0)) })
        #expect(try lab.lab.retry().first?.process == lock.process)
        #expect(try lab.sync().json["queue"]?["pending"] == 0)
    }

    @Test func `a plan waits whatever was run since, until its directory was read again`() throws {
        let lab = try DecideLab("limits: {locks: 1}")
        try lab.sync()
        for name in ["ben", "cleo"] { try lab.type(name, "left") }
        let plan = try #require(try lab.sync(exit: 11).plan)
        lab.lab.proxy.set(.cut)
        try lab.sync(exit: 69)
        let down = try lab.lab.json("status")
        #expect(kinds(down) == ["plan", "directory"])
        let waits = try #require(down["attention"]?[0])
        #expect(
            waits["message"]
                == "a safety limit stopped the last sync of hq: nobody's state was changed there")
        #expect(waits["target"]?.string == plan)
        #expect(down["plans"]?[0]?["current"] == true)
        lab.lab.proxy.set(.none)
        try lab.type("ben", "permanent")
        try lab.sync()
        let read = try lab.lab.json("status")
        #expect(kinds(read) == [])
        #expect(read["plans"]?[0]?["current"] == false)
        #expect(try lab.lab.run("status").stdout.contains("an earlier sync"))
    }

    @Test func `a limit of the server's own is not taken for a safety limit`() throws {
        let lab = try LockLab()
        try lab.sync()
        // slapd answers a search that has more candidates than this with adminLimitExceeded (11).
        try lab.reconfigure("replace: olcLimits\nolcLimits: {0}* size.unchecked=1")
        try lab.json("sync", "--full", exit: 69)
        let status = try lab.json("status")
        #expect(kinds(status) == ["directory"])
        #expect(status["directories"]?[0]?["error"]?["code"] == 11)
        let message = try #require(status["attention"]?[0]?["message"]?.string)
        #expect(message.hasPrefix("the last sync did not read hq"), "\(message)")
    }

    @Test func `a store that was rolled back comes first`() throws {
        let lab = try LockLab()
        try lab.sync()
        try Data("nothing".utf8).write(to: URL(filePath: lab.folder.file("store.db.head")))
        let status = try lab.json("status")
        #expect(kinds(status).first == "store")
    }
}
