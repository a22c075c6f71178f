import Fixtures
import Glibc
import Ground
import Identity
import Testing

@Suite struct DriftTests {
    private let ada = LockLab.person("ada")

    @Test func `a locked user who was enabled again is disabled again`() throws {
        let lab = try DecideLab()
        try lab.sync()
        let lock = try lab.lab.lock("ada")
        #expect(try lab.sync().changes == [:])
        try lab.enable("ada")
        let run = try lab.sync()
        #expect(run.changes == ["drift": 1])
        #expect(try lab.lab.isLocked(ada))
        #expect(try lab.lab.show("ada")["lock"]?["process"]?.int == lock.process)
        #expect(try lab.sync().changes == [:])
    }

    @Test func `a locked user who was put into a role group again is taken out`() throws {
        let lab = try DecideLab()
        try lab.sync()
        try lab.lab.lock("ada")
        try lab.sync()
        try lab.join("ada", "staff")
        #expect(try lab.sync().changes == ["drift": 1])
        #expect(try lab.lab.groups(of: ada).isEmpty)
        #expect(try lab.sync().changes == [:])
    }

    @Test func `a group that was read while a lock took her out of it is no drift`() throws {
        let lab = try DecideLab()
        try lab.sync()
        try lab.lab.lock("ada")
        try lab.sync()
        // As a sync stores it whose read was overtaken by the lock.
        try ChildProcess.run(
            "sqlite3",
            [
                lab.lab.folder.file("store.db"),
                """
                INSERT OR REPLACE INTO memberships (member, role_group)
                SELECT users.dn_key, role_groups.id FROM users, role_groups
                WHERE username = 'ada' AND name = 'staff'
                """,
            ]
        ).succeeded(at: "sqlite3")
        #expect(try lab.sync().changes == [:])
        #expect(try lab.lab.audit().count { $0["event"] == "lock" } == 1)
    }

    @Test func `a locked user who was moved out of the base is locked there, too`() throws {
        let services = "ou=services,\(SampleOrganisation.suffix)"
        let lab = try DecideLab {
            $0.access.insert(
                "to dn.subtree=\"\(services)\" attrs=pwdAccountLockedTime,pwdEndTime,employeeType"
                    + " by dn.exact=\"\(Slapd.serviceDN)\" write by * read", at: 0)
        }
        try lab.sync()
        try lab.lab.lock("ada")
        try lab.sync()
        let moved = "uid=ada,\(services)"
        try lab.lab.server.rename(ada, to: "uid=ada", below: services)
        let gone = try lab.sync()
        #expect((gone["missing"], gone.changes) == (1, [:]))
        func open() throws {
            try lab.lab.change(moved, "delete: pwdAccountLockedTime\n-\ndelete: pwdEndTime")
        }
        try open()
        #expect(try lab.sync().changes == ["drift": 1])
        #expect(try lab.lab.isLocked(moved))
        #expect(try lab.sync().changes == [:])
        try lab.lab.change(LockLab.group("staff"), "add: member\nmember: \(moved)")
        #expect(try lab.sync().changes == ["drift": 1])
        #expect(try lab.lab.groups(of: moved).isEmpty)
        #expect(try lab.sync().changes == [:])

        try lab.configure("drift: report")
        try open()
        let sentence =
            "ada is locked, and is enabled again, at \(moved), outside of users.base and users.filter"
        #expect(try lab.sync().stderr.contains(sentence))
        let attention = try lab.lab.json("status")["attention"]?.array ?? []
        #expect(attention.contains { $0["message"]?.string == "hq: \(sentence)" })
    }

    @Test func `drift may only be reported`() throws {
        let lab = try DecideLab("drift: report")
        try lab.sync()
        try lab.lab.lock("ada")
        try lab.enable("ada")
        let run = try lab.sync()
        #expect(run.changes == ["drift": 1])
        #expect(run.stderr.contains("ada is locked, and is enabled again"))
        #expect(try !lab.lab.isLocked(ada))
        try lab.sync("--check")
    }

    @Test func `what was enforced three times is then only reported`() throws {
        let lab = try DecideLab()
        try lab.sync()
        try lab.lab.lock("ada")
        for _ in 1...3 {
            try lab.enable("ada")
            try lab.sync()
            #expect(try lab.lab.isLocked(ada))
        }
        try lab.enable("ada")
        let run = try lab.sync()
        #expect(
            run.stderr.contains(
                "ada is locked, and is enabled again: it was enforced 3 times in 24 hours, and is "
                    + "only reported now. Does another tool undo it?"))
        #expect(try !lab.lab.isLocked(ada))
    }

    @Test func `whom an operator deactivated and somebody enabled is disabled again`() throws {
        let lab = try DecideLab()
        try lab.sync()
        try lab.lab.succeed("credential", "add", "ada", "--kind", "card", "--serial", "C1")
        try lab.lab.succeed("deactivate", "ada", "--reason", "holiday", "--yes")
        #expect(try lab.sync().changes == [:])
        try lab.enable("ada")
        #expect(try lab.sync().changes == ["drift": 1])
        #expect(try lab.state("ada") == "inactive")
        #expect(try lab.lab.isLocked(ada))
        #expect(try lab.sync().changes == [:])
    }

    @Test func `a kept group is no drift`() throws {
        let lab = try DecideLab()
        lab.lab.configuration.keep = "[\"\(LockLab.group("staff"))\"]"
        try lab.configure()
        try lab.sync()
        try lab.lab.lock("ada")
        #expect(try lab.sync().changes == [:])
        #expect(try lab.sync().changes == [:])
    }

    @Test func `too much drift is a plan`() throws {
        let lab = try DecideLab("limits: {drift: 1}")
        try lab.sync()
        for name in ["ada", "ben", "cleo"] { try lab.lab.lock(name) }
        try lab.sync()
        try lab.enable("ada", "ben")
        let run = try lab.sync(exit: 11)
        let plan = try #require(run.plan)
        #expect(try !lab.lab.isLocked(ada))
        #expect(try lab.sync("--release", plan).changes == ["drift": 2])
        #expect(try lab.lab.isLocked(ada))
    }

    @Test func `a lock whose directory part is pending is no drift`() throws {
        let lab = try DecideLab()
        try lab.sync()
        lab.lab.proxy.set(.cut, afterBytes: 0)
        try lab.lab.lock("ada", exit: 75)
        lab.lab.proxy.set(.none)
        let run = try lab.sync("--dry-run")
        #expect(run.changes == [:])
    }

    @Test func `who was unlocked is left in peace, though a sync has seen her locked`() throws {
        let lab = try DecideLab()
        try lab.sync()
        try lab.lab.lock("ada")
        try lab.sync()
        try lab.lab.succeed("unlock", "ada", "--reason", "back", "--yes", "--restore-roles")
        #expect(try lab.sync().changes == [:])
        #expect(try lab.state("ada") == "active")
        #expect(try !lab.lab.isLocked(ada))
    }

    @Test func `who was unlocked between two syncs is left in peace`() throws {
        let lab = try DecideLab()
        try lab.sync()
        try lab.lab.lock("ada", reason: "misuse")
        try lab.lab.succeed("unlock", "ada", "--reason", "back", "--yes", "--restore-roles")
        let run = try lab.sync()
        #expect((run.changes, run["reenabled"]) == ([:], 0))
        #expect(try lab.sync("--check").changes == [:])
        #expect(try lab.state("ada") == "active")
    }

    @Test func `after the repair of a deactivation a reactivation gives back what it took`() throws
    {
        let lab = try DecideLab()
        try lab.sync()
        try lab.lab.succeed("credential", "add", "ada", "--kind", "card", "--serial", "C1")
        try lab.lab.succeed("deactivate", "ada", "--reason", "holiday", "--yes")
        try lab.enable("ada")
        // The repair writes another end time than the deactivation.
        sleep(1)
        #expect(try lab.sync().changes == ["drift": 1])
        try lab.lab.succeed("reactivate", "ada", "--reason", "back", "--yes")
        #expect(try lab.lab.show("ada")["credentials"]?.array?.first?["state"] == "active")
        #expect(try !lab.lab.isLocked(ada))
        #expect(try lab.sync().changes == [:])
    }
}
