import Fixtures
import Foundation
import Ground
import Identity
import Testing

/// The approval step, operators' rights, protection and `--force`.
///
/// Three logins that every Debian has: daemon asks, bin approves, sys is daemon's other login.
@Suite struct ApprovalTests {
    private let ada = LockLab.person("ada")

    private func lab(_ more: String = "") throws -> LockLab {
        let lab = try LockLab()
        lab.configuration.top = """
            approval: {lock: true, unlock: true\(more)}
            operators:
              daemon: {may: [lock, unlock, deactivate, force], is: ben}
              bin: {may: [approve, lock, unlock]}
              sys: {may: [approve, lock], is: ben@example.com}
              games: {may: [approve], is: ada}
              man: {may: [lock]}
            """
        try lab.configure()
        try lab.sync()
        return lab
    }

    private func request(
        _ lab: LockLab, _ arguments: [String] = [], exit: Int32 = 10,
        at location: SourceLocation = #_sourceLocation
    ) throws -> LockAnswer {
        LockAnswer(
            json: try lab.json(
                as: "daemon",
                ["lock", "ada", "--reason", "left-organization", "--yes"] + arguments, exit: exit,
                at: location))
    }

    @Test func `a lock waits for somebody else, who approves it once`() throws {
        let lab = try lab()
        let asked = try request(lab)
        #expect(asked.outcome == "requested")
        let id = String(try #require(asked.process))
        #expect(lab.binds("ada"))
        #expect(try lab.show("ada")["state"] == "active")
        let open = try lab.json("requests").array ?? []
        #expect(open.count == 1)
        #expect(open.first?["process"]?.int == asked.process)
        #expect(open.first?["by"] == "daemon")
        #expect(open.first?["state"] == "requested")
        _ = try request(lab, exit: 65)

        _ = try lab.json(as: "daemon", ["approve", "--yes", id], exit: 77)
        _ = try lab.json(as: "sys", ["approve", "--yes", id], exit: 77)
        _ = try lab.json(as: "man", ["approve", "--yes", id], exit: 77)
        #expect(lab.binds("ada"))

        let done = LockAnswer(json: try lab.json(as: "bin", ["approve", "--yes", id]))
        #expect((done.outcome, done.process) == ("completed", asked.process))
        #expect(done.json["by"] == "daemon")
        #expect(try lab.values(of: ada, "description").first?.contains("by daemon") == true)
        #expect(!lab.binds("ada"))
        let events = try lab.audit().count
        let again = LockAnswer(json: try lab.json(as: "bin", ["approve", "--yes", id]))
        #expect((again.outcome, again.at) == ("completed", done.at))
        #expect(try lab.audit().count == events)
        #expect(try lab.json("requests").array?.isEmpty == true)
        _ = try lab.json(as: "bin", ["reject", id, "--because", "late"], exit: 65)
        try lab.verifyAudit()
    }

    @Test func `what is no longer open is refused`() throws {
        let lab = try lab(", expires: 2s")
        let first = String(try #require(try request(lab).process))
        _ = try lab.run("reject", first)
        _ = try lab.json(as: "bin", ["withdraw", first], exit: 77)
        #expect(
            try lab.json(as: "bin", ["reject", first, "--because", "no"])["outcome"] == "refused")
        _ = try lab.json(as: "bin", ["approve", "--yes", first], exit: 65)
        let second = String(try #require(try request(lab).process))
        _ = try lab.json(as: "daemon", ["withdraw", second])
        _ = try lab.json(as: "bin", ["approve", "--yes", second], exit: 65)
        let third = String(try #require(try request(lab).process))
        try lab.succeedWhenExpired(third)
        _ = try lab.json(as: "bin", ["approve", "--yes", third], exit: 65)
        _ = try lab.json(as: "bin", ["approve", "--yes", "99"], exit: 65)
        #expect(lab.binds("ada"))
        try lab.verifyAudit()
    }

    @Test func `a rejection needs a text`() throws {
        let lab = try lab()
        let id = String(try #require(try request(lab).process))
        #expect(try lab.run("reject", id).exitCode == 64)
        #expect(try lab.run("reject", id, "--because", "").exitCode == 64)
        #expect(try lab.json("requests").array?.count == 1)
    }

    @Test func `only approvers approve, and nobody her own return`() throws {
        let lab = try lab(", approvers: [bin, games]")
        let id = String(try #require(try request(lab).process))
        _ = try lab.json(as: "root", ["approve", "--yes", id], exit: 77)
        _ = try lab.json(as: "games", ["approve", "--yes", id])
        let back = try lab.json(
            as: "daemon", ["unlock", "ada", "--reason", "cleared", "--yes"], exit: 10)
        let unlock = String(try #require(back["process"]?.int))
        _ = try lab.json(as: "games", ["approve", "--yes", unlock], exit: 77)
        let done = LockAnswer(json: try lab.json(as: "bin", ["approve", "--yes", unlock]))
        #expect(done.outcome == "completed")
        #expect(lab.binds("ada"))
    }

    @Test func `default roles in the plan do not ask for the others`() throws {
        let lab = try lab()
        lab.configuration.top += "\ndefaultRoles: [staff]"
        try lab.configure()
        let lock = String(try #require(try request(lab).process))
        _ = try lab.json(as: "bin", ["approve", "--yes", lock])
        let back = try lab.json(
            as: "daemon", ["unlock", "ada", "--reason", "cleared", "--yes"], exit: 10)
        _ = try lab.json(as: "bin", ["approve", "--yes", String(back["process"]?.int ?? 0)])
        #expect(try lab.groups(of: ada) == [LockLab.group("staff")])
    }

    @Test func `a request that is approved late is newer than what was done meanwhile`() throws {
        let lab = try lab()
        let id = String(try #require(try request(lab).process))
        _ = try lab.json(
            as: "daemon", ["deactivate", "ada", "--reason", "holiday", "--yes"])
        let done = LockAnswer(json: try lab.json(as: "bin", ["approve", "--yes", id]))
        #expect(done.outcome == "completed", "\(done.json.text)")
        #expect(try lab.values(of: ada, "employeeType") == ["left"])
        #expect(try lab.show("ada")["state"] == "locked")
    }

    @Test func `a sync waits for what a late approval has still to do`() throws {
        let lab = try lab()
        let id = String(try #require(try request(lab).process))
        _ = try lab.json(
            as: "daemon", ["deactivate", "ada", "--reason", "holiday", "--yes"])
        lab.proxy.set(.cut)
        _ = try lab.json(as: "bin", ["approve", "--yes", id], exit: 75)
        lab.proxy.set(.none)
        // What looks like drift is what the lock has not come to yet.
        try lab.change(ada, "delete: pwdAccountLockedTime\n-\ndelete: pwdEndTime")
        try lab.succeed("sync", exit: 75)
        try lab.retry()
        #expect(try lab.isLocked(ada))
        let processes = Set(try lab.audit().compactMap { $0["process"]?.int })
        #expect(processes == [1, 2])
    }

    @Test func `the plan is made anew, and differences are shown`() throws {
        let lab = try lab()
        let id = String(try #require(try request(lab).process))
        try lab.change(LockLab.group("project-1"), "add: member\nmember: \(ada)")
        // The end of her password's time is another in the next second.
        Thread.sleep(forTimeInterval: 1.1)
        let end = try ChildProcess(
            try Products.lockstep(),
            ["--config", lab.folder.file("lockstep.yaml"), "approve", "--yes", id],
            environment: ["SUDO_USER": "bin"]
        ).wait()
        #expect(end.exitCode == 0)
        #expect(
            end.stderr.contains(
                "new since the request: remove from group \(LockLab.group("project-1"))"),
            "\(end.stderr)")
        #expect(!end.stderr.contains("no longer"), "\(end.stderr)")
        #expect(try lab.groups(of: ada).isEmpty)
        // The evidence is of what was carried out.
        let steps = try lab.json("report", id)["steps"]?.array ?? []
        #expect(steps.count { $0["target"]?.string == LockLab.group("project-1") } == 1)
        #expect(steps.allSatisfy { $0["detail"]?.string?.isEmpty == false })
    }

    @Test func `a reason that was disabled since refuses, and the request stays open`() throws {
        let lab = try lab()
        let id = String(try #require(try request(lab).process))
        lab.configuration.recognise = "enabled: false"
        try lab.configure()
        _ = try lab.json(as: "bin", ["approve", "--yes", id], exit: 65)
        #expect(try lab.json("requests").array?.count == 1)
        #expect(lab.binds("ada"))
    }

    @Test func `force skips approval and protection, with a note and the right`() throws {
        let lab = try lab()
        lab.configuration.more += "\n    protect: [uid=ada]"
        try lab.configure()
        _ = try request(lab, exit: 77)
        _ = try lab.json(
            as: "man",
            ["lock", "ada", "--reason", "misuse", "--yes", "--force", "--note", "x"], exit: 77)
        #expect(
            try lab.run("lock", "ada", "--reason", "misuse", "--yes", "--force").exitCode == 64)
        let done = try request(lab, ["--force", "--note", "an emergency"], exit: 0)
        #expect(done.outcome == "completed")
        #expect(done.json["forced"] == true)
        #expect(try lab.audit().contains { $0["detail"]?["forced"] == true })
        // Whoever was locked by force comes back without.
        let back = try lab.json(
            as: "daemon", ["unlock", "ada", "--reason", "cleared", "--yes"], exit: 10)
        _ = try lab.json(as: "bin", ["approve", "--yes", String(back["process"]?.int ?? 0)])
        #expect(lab.binds("ada"))
    }

    @Test func `a login without the right, or without an entry, may not`() throws {
        let lab = try lab()
        let events = try lab.audit().count
        let lock = ["lock", "ada", "--reason", "misuse", "--yes"]
        _ = try lab.json(as: "games", lock, exit: 77)
        _ = try lab.json(as: "root", lock, exit: 77)
        _ = try lab.json(
            as: "man", ["unlock", "ada", "--reason", "cleared", "--yes"], exit: 77)
        #expect(try lab.audit().count == events)
    }
}

extension LockLab {
    /// Waits until the request is no longer listed.
    fileprivate func succeedWhenExpired(_ id: String) throws {
        for _ in 0..<200 where try json("requests").array?.isEmpty == true {
            return
        }
        throw FixtureError("request \(id) never expires")
    }
}
