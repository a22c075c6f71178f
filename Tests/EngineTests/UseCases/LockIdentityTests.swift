import Fixtures
import Ground
import Identity
import Testing

/// Entries that are renamed, moved, deleted or replaced between the plan and the write.
@Suite struct LockIdentityTests {
    private let ada = LockLab.person("ada")
    private let moved = "uid=ada2,ou=left,dc=example,dc=com"

    /// Begins the lock with the directory out of reach, lets `change` happen, and goes on.
    private func interrupted(
        _ lab: LockLab, exit: Int32 = 0, at location: SourceLocation = #_sourceLocation,
        _ change: () throws -> Void
    ) throws -> LockAnswer {
        lab.proxy.set(.cut)
        try lab.lock("ada", exit: 75, at: location)
        try change()
        lab.proxy.set(.none)
        return try #require(try lab.retry(exit: exit, at: location).first, sourceLocation: location)
    }

    @Test func `an entry that was renamed and moved is found by its id`() throws {
        let lab = try LockLab()
        try lab.sync()
        let done = try interrupted(lab) {
            try lab.rename(ada, to: "uid=ada2", below: "ou=left,dc=example,dc=com")
        }
        #expect(done.outcome == "completed")
        #expect(try lab.isLocked(moved))
        // Without referential integrity the groups still name her old DN.
        #expect(try lab.groups(of: ada).isEmpty)
        #expect(try lab.groups(of: moved).isEmpty)
    }

    @Test func `a rename that the groups follow is followed`() throws {
        let lab = try LockLab { $0.refint = true }
        try lab.sync()
        let done = try interrupted(lab) {
            try lab.rename(ada, to: "uid=ada2", below: "ou=left,dc=example,dc=com")
        }
        #expect(done.outcome == "completed")
        #expect(try lab.isLocked(moved))
        #expect(try lab.groups(of: moved).isEmpty)
    }

    @Test func `an entry that is gone is not called disabled, and its dangling values go`() throws {
        let lab = try LockLab()
        try lab.sync()
        let done = try interrupted(lab) { try lab.server.delete(ada) }
        #expect((done.outcome, done.enforced) == ("completed", nil))
        #expect(try lab.groups(of: ada).isEmpty)
        #expect(
            done.findings("remaining").filter { $0.contains("deleted or hidden") }
                == ["entry | \(ada) | deleted or hidden: it could not be seen disabled"])
    }

    @Test func `whoever has taken her name is never written, nor her memberships`() throws {
        let lab = try LockLab()
        try lab.sync()
        let done = try interrupted(lab) {
            try lab.server.delete(ada)
            try lab.addPerson("ada", "employeeType: new")
        }
        #expect((done.outcome, done.enforced) == ("completed", nil), "\(done.json.text)")
        #expect(lab.binds("ada"))
        #expect(try lab.server.values("employeeType", of: ada) == ["new"])
        #expect(try lab.groups(of: ada).count == 3)
    }

    @Test func `whoever has taken her name is safe from a lock that is planned then`() throws {
        let lab = try LockLab()
        try lab.sync()
        let id = try #require(try lab.show("ada")["id"]?.int)
        try lab.server.delete(ada)
        try lab.addPerson("ada", "employeeType: new")
        let lock = try lab.lock("id:\(id)")
        #expect(lock.outcome == "completed", "\(lock.json.text)")
        #expect(lock.states(.removeFromGroup).isEmpty, "\(lock.json.text)")
        #expect(lab.binds("ada"))
        #expect(try lab.groups(of: ada).count == 3)
    }

    @Test func `whoever has taken her name keeps the roles in the store, too`() throws {
        let lab = try LockLab()
        try lab.sync()
        let id = try #require(try lab.show("ada")["id"]?.int)
        try lab.server.delete(ada)
        try lab.addPerson("ada", "employeeType: new")
        try lab.sync()
        let roles = try lab.show("ada")["roles"]
        #expect(roles?.array?.count == 3)
        try lab.lock("id:\(id)")
        #expect(try lab.show("ada")["roles"] == roles)
        try lab.json("sync", "--full")
        #expect(try lab.show("ada")["roles"] == roles)
        #expect(lab.binds("ada"))
    }

    @Test func `she is moved away and another takes her name`() throws {
        let lab = try LockLab()
        try lab.sync()
        let done = try interrupted(lab) {
            try lab.rename(ada, to: "uid=ada2", below: "ou=left,dc=example,dc=com")
            try lab.addPerson("ada", "employeeType: new")
        }
        #expect(done.outcome == "completed", "\(done.json.text)")
        #expect(try lab.isLocked(moved))
        #expect(lab.binds("ada"))
        #expect(try lab.server.values("employeeType", of: ada) == ["new"])
    }

    @Test func `a renamed group is found by its id, a deleted one is done`() throws {
        let lab = try LockLab()
        try lab.sync()
        let done = try interrupted(lab) {
            try lab.rename(LockLab.group("staff"), to: "cn=everybody")
            try lab.server.delete(LockLab.group("vpn-users"))
        }
        #expect(done.outcome == "completed", "\(done.json.text)")
        #expect(try lab.groups(of: ada).isEmpty)
    }

    @Test func `another group that has taken the name is not written`() throws {
        let lab = try LockLab()
        try lab.sync()
        let done = try interrupted(lab) {
            try lab.server.delete(LockLab.group("vpn-users"))
            try lab.addGroup("vpn-users", "groupOfNames", "member: \(LockLab.person("ben"))")
        }
        #expect(done.outcome == "completed", "\(done.json.text)")
        #expect(try lab.members(of: "vpn-users") == [LockLab.person("ben")])
    }

    @Test(arguments: 1...8)
    func `a rename in the middle of the lock is followed`(_ part: Int) throws {
        let lab = try LockLab { $0.refint = true }
        try lab.sync()
        let before = lab.proxy.bytesFromServer
        try lab.lock("lars")
        let whole = lab.proxy.bytesFromServer - before
        let stop = lab.proxy.bytesFromServer + whole * part / 9
        lab.proxy.set(.stall, afterBytes: whole * part / 9)
        let child = try lab.start(
            ["--json", "lock", "ada", "--reason", "left-organization", "--yes"])
        while lab.proxy.bytesFromServer < stop { try #require(child.isRunning) }
        try lab.rename(ada, to: "uid=ada2", below: "ou=left,dc=example,dc=com")
        lab.proxy.set(.none)
        let end = try child.wait()
        if end.exitCode != 0 {
            #expect(end.exitCode == 75, "\(end.stdout)\(end.stderr)")
            #expect(try lab.retry().first?.outcome == "completed")
        }
        #expect(try lab.isLocked(moved))
        #expect(try lab.groups(of: moved).isEmpty)
        #expect(try lab.groups(of: ada).isEmpty)
    }
}
