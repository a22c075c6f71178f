import Fixtures
import Ground
import Identity
import Testing

/// Roles that an unlock or a reactivation leaves withdrawn: named, and given back later.
@Suite struct RestoreRolesTests {
    private let ada = LockLab.person("ada")

    private func restore(
        _ lab: LockLab, _ more: [String] = [], exit: Int32 = 0,
        at location: SourceLocation = #_sourceLocation
    ) throws -> LockAnswer {
        LockAnswer(
            json: try lab.json(
                as: "root", ["restore-roles", "ada", "--yes"] + more, exit: exit, at: location))
    }

    @Test(arguments: ["unlock", "reactivate"])
    func `what a return leaves withdrawn is named, and given back later`(command: String) throws {
        let lab = try LockLab()
        try lab.sync()
        let groups = try lab.groups(of: ada)
        let roles = try lab.show("ada")["roles"]
        if command == "unlock" { try lab.lock("ada") } else { _ = try lab.deactivate() }
        let back = try lab.run(command, "ada", "--yes").stdout
        #expect(back.contains("\nNot given back\n"), "\(back)")
        for role in roles?.array?.compactMap({ $0["name"]?.string }) ?? [] {
            #expect(back.contains(role), "\(role)")
        }
        #expect(back.contains("given back by: lockstep restore-roles ada\n"))
        #expect(try lab.groups(of: ada).isEmpty)

        let dry = try lab.run("restore-roles", "ada", "--dry-run")
        #expect(dry.exitCode == 0)
        #expect(dry.stdout.contains("Restore roles for given-back"))
        #expect(try lab.groups(of: ada).isEmpty)

        let done = try restore(lab)
        #expect(done.outcome == "completed", "\(done.json.text)")
        #expect(done.json["useCase"] == "UsersProcRestoreRoles")
        #expect(Set(done.states(.addToGroup).keys) == Set(groups))
        #expect(try lab.groups(of: ada) == groups)
        #expect(try lab.show("ada")["roles"] == roles)
        #expect(try restore(lab).outcome == "unchanged")
        try lab.succeed("sync", "--check")
        try lab.verifyAudit()
    }

    @Test func `only of an active user, and by a process that has taken something`() throws {
        let lab = try LockLab()
        try lab.sync()
        #expect(try restore(lab).outcome == "unchanged")
        let lock = try #require(try lab.lock("ada").process)
        _ = try restore(lab, exit: 65)
        _ = try lab.unlock()
        let wrong = try restore(lab, ["--process", "4711"], exit: 65).json["error"]
        #expect(
            wrong?["message"]
                == "process 4711 has taken no role from ada that is still withdrawn")
        #expect(wrong?["hint"]?.string == "Those that have: \(lock).")
        let named = try restore(lab, ["--process", String(lock)])
        #expect(named.outcome == "completed", "\(named.json.text)")
        #expect(try lab.run("restore-roles", "ada").exitCode == 64)
    }

    @Test func `the newest process whose roles are off is meant, and older ones can be named`()
        throws
    {
        let lab = try LockLab()
        try lab.sync()
        let groups = try lab.groups(of: ada)
        let first = try #require(try lab.lock("ada").process)
        _ = try lab.unlock()
        try lab.addGroup("tower", "groupOfNames", "member: \(ada)")
        try lab.sync()
        _ = try lab.deactivate()
        _ = try lab.reactivate()
        #expect(try restore(lab).outcome == "completed")
        #expect(try lab.groups(of: ada) == [LockLab.group("tower")])
        // What the newest took is back: the one before it is the newest now.
        #expect(try restore(lab, ["--process", String(first)]).outcome == "completed")
        #expect(Set(try lab.groups(of: ada)) == Set(groups + [LockLab.group("tower")]))
    }

    @Test func `a lock that comes in between makes it void`() throws {
        let lab = try LockLab()
        try lab.sync()
        try lab.lock("ada")
        _ = try lab.unlock()
        lab.proxy.set(.cut)
        #expect(try restore(lab, exit: 75).outcome == "partial")
        lab.proxy.set(.none)
        try lab.lock("ada")
        #expect(try lab.retry().isEmpty)
        #expect(try lab.groups(of: ada).isEmpty)
    }

    @Test func `it waits for the approval that a reactivation waits for`() throws {
        let lab = try LockLab()
        try lab.sync()
        try lab.lock("ada")
        _ = try lab.unlock()
        lab.configuration.top = "approval: {reactivate: true}"
        try lab.configure()
        let request = try restore(lab, exit: 10)
        #expect(request.outcome == "requested")
        let id = try #require(request.process)
        let done = LockAnswer(
            json: try lab.json(as: "nobody", ["approve", String(id), "--yes"]))
        #expect(done.outcome == "completed", "\(done.json.text)")
        #expect(!(try lab.groups(of: ada).isEmpty))
    }
}
