import Fixtures
import Ground
import Identity
import Testing

@Suite struct LockTests {
    private let ada = LockLab.person("ada")

    @Test func `a lock disables the entry, strips the groups and writes the reason`() throws {
        let lab = try LockLab { $0.policy = .inEffect(lockout: true) }
        try lab.sync()
        #expect(lab.binds("ada"))
        let lock = try lab.lock("ada")
        #expect((lock.outcome, lock.enforced) == ("completed", "written"))
        #expect(
            lock.steps == [
                "lockUser ada done", "withdrawRole project-2 done", "withdrawRole staff done",
                "withdrawRole vpn-users done", "disableEntry \(ada) done",
                "writeReason \(ada) done",
                "removeFromGroup \(LockLab.group("staff")) done",
                "removeFromGroup \(LockLab.group("vpn-users")) done",
                "removeFromGroup \(LockLab.group("project-2")) done", "verify \(ada) done",
            ])
        #expect(!lab.binds("ada"))
        #expect(lab.binds("ben"))
        #expect(try lab.isLocked(ada))
        #expect(try lab.groups(of: ada).isEmpty)
        #expect(try lab.members(of: "vpn-users") == [LockLab.nobody])
        #expect(try lab.server.values("employeeType", of: ada) == ["left"])
        let description = try lab.server.values("description", of: ada).first ?? ""
        let day = String((lock.at ?? "").prefix(10))
        #expect(description.hasPrefix("Locked \(day) by "))
        #expect(description.hasSuffix(": The user quits the organization"))
    }

    @Test func `the answer has the keys of the contract, and no others`() throws {
        let lab = try LockLab()
        try lab.sync()
        let answer = try lab.lock("ada").json
        #expect(
            answer.object?.keys.sorted() == [
                "at", "by", "enforced", "forced", "outcome", "process", "reason", "remaining",
                "revocation", "steps", "unchanged", "useCase", "user",
            ])
        #expect(answer["useCase"] == "UsersProcLock")
        #expect(answer["forced"] == false)
        #expect(answer["user"]?.object?.keys.sorted() == ["dn", "id", "username"])
        for step in answer["steps"]?.array ?? [] {
            #expect(step.object?.keys.sorted() == ["error", "kind", "state", "target"])
            #expect(step["error"] == .null)
        }
        for key in ["remaining", "unchanged"] {
            for finding in answer[key]?.array ?? [] {
                #expect(finding.object?.keys.sorted() == ["because", "kind", "target"])
            }
        }
    }

    @Test func `show tells of the lock`() throws {
        let lab = try LockLab()
        try lab.sync()
        let lock = try lab.lock("ada")
        let user = try lab.show("ada")
        #expect(user["state"] == "locked")
        #expect(user["roles"] == [])
        #expect(user["pending"] == [])
        #expect(user["lock"]?["process"]?.int == lock.process)
        #expect(user["lock"]?["reason"] == "left-organization")
        #expect(user["lock"]?["text"] == "The user quits the organization")
        #expect(user["lock"]?["at"]?.string == lock.at)
    }

    @Test func `a sync after a lock finds nothing to do`() throws {
        let lab = try LockLab()
        try lab.sync()
        try lab.lock("ada")
        try lab.sync()
        let before = try lab.audit().count
        let report = try lab.json("sync")
        #expect(report["outcome"] == "completed")
        let hq = report["directories"]?[0]
        #expect(hq?["updated"] == 0)
        #expect(hq?["drift"] == 0)
        #expect(try lab.audit().count == before)
        #expect(try lab.show("ada")["state"] == "locked")
        try lab.verifyAudit()
    }

    @Test func `the preview lists what remains`() throws {
        let lab = try LockLab()
        lab.configuration.keep = "[\"\(LockLab.group("staff"))\"]"
        try lab.configure()
        try lab.sync()
        let lock = try lab.lock("ada")
        #expect(try lab.groups(of: ada) == [LockLab.group("staff")])
        #expect(
            lock.findings("remaining").contains(
                "group | \(LockLab.group("staff")) | kept by the configuration: no lock strips it"))
        #expect(try lab.show("ada")["roles"]?.array?.count == 1)
        #expect(try lab.lock("ada").outcome == "alreadyLocked")
    }

    @Test func `somebody who is only in the directory is taken in first`() throws {
        let lab = try LockLab()
        try lab.sync()
        try lab.addPerson("nina", "mail: nina@example.com")
        try lab.change(LockLab.group("staff"), "add: member\nmember: \(LockLab.person("nina"))")
        let lock = try lab.lock("nina@example.com")
        #expect(lock.outcome == "completed")
        #expect(!lab.binds("nina"))
        #expect(try lab.groups(of: LockLab.person("nina")).isEmpty)
        try lab.sync()
        #expect(try lab.show("nina")["state"] == "locked")
    }
}
