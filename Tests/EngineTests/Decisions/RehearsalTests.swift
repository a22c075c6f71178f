import Fixtures
import Identity
import Testing

@Suite struct DecisionRehearsalTests {
    /// One of each: a leaver, a disabled one, one who is enabled again, one with drift, one gone.
    private func prepared() throws -> DecideLab {
        let lab = try DecideLab(
            "missing: {then: lock, reason: left-organization, after: 0s}",
            "limits: {missing: 9, disabled: 9, reenabled: 9}")
        try lab.disable("dora", "emil")
        try lab.sync()
        try lab.lab.lock("ada")
        try lab.enable("ada", "dora")
        try lab.type("ben", "left")
        try lab.disable("cleo")
        try lab.lab.server.delete(LockLab.person("finn"))
        return lab
    }

    @Test func `a dry run says what the run then does, and writes nothing`() throws {
        let lab = try prepared()
        let dry = try lab.sync("--check", exit: 1)
        #expect(dry.outcome == "planned")
        for name in ["ben", "cleo", "finn"] { #expect(try lab.state(name) == "active") }
        #expect(try !lab.lab.isLocked(LockLab.person("ben")))
        let run = try lab.sync()
        #expect(run.outcome == "completed", "\(run.stderr)")
        #expect(dry.changes == run.changes)
        #expect(run.changes == ["locked": 2, "deactivated": 1, "reactivated": 1, "drift": 1])
        for key in ["missing", "disabled", "reenabled"] { #expect(dry[key] == run[key]) }
        #expect(try lab.sync("--check").changes == [:])
        #expect(try lab.sync().changes == [:])
    }

    @Test func `the LDIF is what ldapmodify takes, and leaves nothing for the run to write`() throws
    {
        let lab = try DecideLab()
        try lab.sync()
        try lab.type("ben", "left")
        let ldif = try lab.lab.run("sync", "--dry-run", "--ldif")
        #expect(ldif.exitCode == 0)
        #expect(ldif.stdout.contains("dn: \(LockLab.person("ben"))\nchangetype: modify\n"))
        try lab.lab.server.modify(ldif.stdout)
        #expect(try lab.lab.isLocked(LockLab.person("ben")))
        #expect(try lab.lab.groups(of: LockLab.person("ben")).isEmpty)
        #expect(try lab.sync().changes == ["locked": 1])
    }

    @Test func `the LDIF makes of a twin server what the run makes of its own`() throws {
        let lab = try DecideLab()
        try lab.sync()
        try lab.lab.lock("ada")
        try lab.sync()
        try lab.enable("ada")
        for name in ["ben", "cleo", "emil"] { try lab.type(name, "left") }
        let twin = try Slapd(try lab.twinOptions)
        #expect(try lab.entries(of: twin) == lab.entries(of: lab.lab.server))
        let ldif = try lab.lab.run("sync", "--dry-run", "--ldif")
        #expect(ldif.exitCode == 0)
        try twin.modify(ldif.stdout)
        #expect(try lab.entries(of: twin) != lab.entries(of: lab.lab.server))
        #expect(try lab.sync().changes == ["locked": 3, "drift": 1])
        let unlike = Set(try lab.entries(of: twin)).symmetricDifference(
            try lab.entries(of: lab.lab.server))
        #expect(unlike.isEmpty, "\(unlike)")
    }

    @Test func `a dry run shows each user and step`() throws {
        let lab = try DecideLab()
        try lab.sync()
        try lab.type("ben", "left")
        let dry = try lab.lab.run("sync", "--dry-run")
        #expect(
            dry.stdout.contains("lock ben  left-organization  \(LockLab.person("ben"))\n"),
            "\(dry.stdout)")
        #expect(dry.stdout.contains("  lock user  ben  active → locked\n"))
    }
}
