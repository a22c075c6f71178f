import Fixtures
import Ground
import Identity
import Testing

/// Unlock: only what was taken, and what nobody changed since.
@Suite struct SiblingUnlockTests {
    private let ada = LockLab.person("ada")

    @Test func `an unlock gives back the values that stood there before`() throws {
        let lab = try LockLab()
        try lab.change(
            ada,
            "add: employeeType\nemployeeType: staff\n-\nadd: description\n"
                + "description: one\ndescription: two")
        try lab.sync()
        let picture = try lab.picture(of: "ada").prefix(7)
        try lab.lock("ada")
        let open = try lab.unlock()
        #expect(open.outcome == "completed", "\(open.json.text)")
        #expect(open.states(.unlockUser) == ["ada": "done"])
        #expect(try lab.picture(of: "ada").prefix(7) == picture)
        #expect(try lab.groups(of: ada).isEmpty)
        #expect(lab.binds("ada"))
        #expect(try lab.show("ada")["lock"] == .null)
        try lab.sync()
        #expect(try lab.show("ada")["state"] == "active")
        try lab.succeed("sync", "--check")
    }

    @Test func `who names no reason gives back all the same`() throws {
        let lab = try LockLab()
        try lab.sync()
        try lab.lock("ada")
        let open = LockAnswer(json: try lab.json("unlock", "ada", "--yes"))
        #expect(open.outcome == "completed", "\(open.json.text)")
        #expect(open.json["reason"] == "given-back")
        #expect(lab.binds("ada"))
        _ = try lab.deactivate()
        #expect(try lab.json("reactivate", "ada", "--yes")["reason"] == "given-back")
        #expect(lab.binds("ada"))
        try lab.succeed("lock", "ada", "--yes", exit: 64)
    }

    @Test func `a reason that locks too writes nothing when it unlocks`() throws {
        let lab = try LockLab()
        lab.configuration.recognise = "recognise: {employeeType: left}"
        lab.configuration.useCases = "lock, unlock"
        try lab.configure()
        try lab.sync()
        try lab.lock("ada")
        let open = try lab.sibling("unlock", reason: "left-organization")
        #expect(open.outcome == "completed", "\(open.json.text)")
        #expect(try lab.values(of: ada, "employeeType").isEmpty)
        #expect(lab.binds("ada"))
    }

    @Test func `what somebody has changed since is left alone, and said`() throws {
        let lab = try LockLab()
        try lab.sync()
        try lab.lock("ada")
        try lab.change(ada, "replace: description\ndescription: changed by hand")
        let open = try lab.unlock()
        #expect(open.outcome == "completed")
        #expect(
            open.findings("unchanged").contains(
                "entry | \(ada) | description: somebody has changed it since"))
        #expect(try lab.values(of: ada, "description") == ["changed by hand"])
        #expect(try lab.values(of: ada, "employeeType").isEmpty)
        #expect(lab.binds("ada"))
    }

    @Test func `an entry that was disabled before the lock stays so, and says so`() throws {
        let lab = try LockLab()
        try lab.change(ada, "add: pwdAccountLockedTime\npwdAccountLockedTime: 000001010000Z")
        try lab.sync()
        try lab.lock("ada")
        let open = try lab.unlock()
        #expect(open.outcome == "completed", "\(open.json.text)")
        #expect(open.states(.enableEntry).isEmpty)
        #expect(
            open.findings("unchanged").contains {
                $0.hasPrefix("entry | \(ada) | was disabled before")
            }, "\(open.json.text)")
        #expect(!lab.binds("ada"))
    }

    @Test func `an end that somebody else has set since stays, and the unlock is done`() throws {
        let lab = try LockLab()
        try lab.sync()
        try lab.lock("ada")
        try lab.change(ada, "replace: pwdEndTime\npwdEndTime: 20200101000000Z")
        let open = try lab.unlock()
        #expect(open.outcome == "completed", "\(open.json.text)")
        #expect(
            (open.findings("unchanged") + open.findings("remaining")).contains {
                $0.contains("stays disabled")
            }, "\(open.json.text)")
        #expect(try lab.values(of: ada, "pwdEndTime") == ["20200101000000Z"])
    }

    @Test func `a lock that a repair has renewed is undone, too`() throws {
        let lab = try LockLab()
        try lab.sync()
        try lab.lock("ada")
        try lab.change(ada, "delete: pwdAccountLockedTime\n-\ndelete: pwdEndTime")
        try lab.change(LockLab.group("staff"), "add: member\nmember: \(ada)")
        try lab.lock("ada")
        #expect(try lab.isLocked(ada))
        let open = try lab.unlock("--restore-roles")
        #expect(open.outcome == "completed", "\(open.json.text)")
        #expect(lab.binds("ada"))
        #expect(try lab.groups(of: ada).count == 3)
    }

    @Test func `while the directory still says so the unlock is refused, naming the attribute`()
        throws
    {
        let lab = try LockLab()
        lab.configuration.recognise = "recognise: {employeeType: left}"
        try lab.configure()
        try lab.sync()
        try lab.lock("ada")
        // Our own value goes with the unlock: nothing speaks against it.
        #expect(try lab.unlock().outcome == "completed")
        try lab.lock("ada")
        try lab.change(ada, "replace: employeeType\nemployeeType: LEFT")
        let events = try lab.audit().count
        let error = try lab.json(
            "unlock", "ada", "--reason", "cleared", "--yes", exit: 65)["error"]
        #expect(error?["message"]?.string?.contains("employeeType") == true)
        #expect(try lab.audit().count == events)
        #expect(try lab.show("ada")["state"] == "locked")
    }

    @Test func `what is found only when the directory is up again refuses the unlock`() throws {
        let lab = try LockLab()
        lab.configuration.recognise = "recognise: {employeeType: left}"
        try lab.configure()
        try lab.sync()
        let lock = try lab.lock("ada")
        lab.proxy.set(.cut)
        #expect(try lab.unlock(exit: 75).outcome == "partial")
        #expect(try lab.show("ada")["state"] == "active")
        try lab.change(ada, "replace: employeeType\nemployeeType: LEFT")
        let description = try lab.values(of: ada, "description")
        lab.proxy.set(.none)
        let answers = try lab.retry(exit: 65)
        #expect(answers.map(\.outcome) == ["refused", "completed"])
        let why = answers.first?.errors(.restoreAttributes).first?.message
        #expect(why?.contains("employeeType: left") == true)
        let shown = try lab.show("ada")
        #expect(shown["state"] == "locked")
        #expect(shown["lock"]?["process"]?.int == lock.process)
        #expect(try lab.isLocked(ada))
        #expect(try lab.values(of: ada, "description") == description)
        #expect(try lab.retry().isEmpty)
        try lab.verifyAudit()
    }
}
