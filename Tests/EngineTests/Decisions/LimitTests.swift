import Fixtures
import Ground
import Identity
import Testing

@Suite struct LimitTests {
    private func leave(_ lab: DecideLab, _ names: String...) throws {
        for name in names { try lab.type(name, "left") }
    }

    @Test func `as many as the limit says are locked`() throws {
        let lab = try DecideLab("limits: {locks: 2}")
        try lab.sync()
        try leave(lab, "ada", "ben")
        #expect(try lab.sync().changes == ["locked": 2])
    }

    @Test func `of a plan that can't be released ten changes are named, and how many more`() throws
    {
        let lab = try DecideLab("limits: {locks: 2}")
        try lab.sync()
        let names = (try lab.lab.json("find", "--state", "active").array ?? [])
            .compactMap { $0["username"]?.string }
        #expect(names.count == 12)
        for name in names { try lab.type(name, "left") }
        let plan = try #require(try lab.sync(exit: 11).plan)
        for name in names { try lab.type(name, "staff") }
        let refused = try #require(try lab.sync("--release", plan, exit: 65).message)
        #expect(
            refused.hasPrefix(
                "plan \(plan) can't be released: 12 of its changes would no longer be made: "),
            "\(refused)")
        #expect(refused.hasSuffix("; and 2 more"), "\(refused)")
        #expect(names.count { refused.contains($0) } == 10, "\(refused)")
    }

    @Test func `a percentage says of how many, and how many that is`() throws {
        let lab = try DecideLab("limits: {locks: 10%}")
        try lab.sync()
        try leave(lab, "ada", "ben", "cleo")
        #expect(
            try lab.sync(exit: 11).error
                == "hq: 3 users would be locked, more than limits.locks allows (10% of 12 users, "
                + "that is 2): nobody's state is changed.")
    }

    @Test func `one more than the limit, and nobody is; a release locks them once`() throws {
        let lab = try DecideLab("limits: {locks: 2}")
        try lab.sync()
        try leave(lab, "ada", "ben", "cleo")
        let run = try lab.sync(exit: 11)
        #expect((run.outcome, run.changes) == ("stopped", [:]))
        #expect(
            run.error
                == "hq: 3 users would be locked, more than limits.locks allows (2): nobody's state "
                + "is changed.")
        let plan = try #require(run.plan)
        #expect(run.stderr.contains("lockstep sync --release \(plan)"))
        let text = try lab.lab.run("sync", "--dry-run").stdout
        #expect(
            text == """
                hq: 12 read (modifyTimestamp, stopped): nothing changed
                withheld, kept as plan \(plan):
                  lock ada: the entry says left-organization
                  lock ben: the entry says left-organization
                  lock cleo: the entry says left-organization

                """)
        #expect(try lab.sync(exit: 11).plan == plan)
        #expect(try lab.sync("--dry-run", exit: 11).plan == plan)
        for name in ["ada", "ben", "cleo"] { #expect(try lab.state(name) == "active") }
        let release = try lab.sync("--release", plan)
        #expect((release.outcome, release.plan) == ("completed", plan))
        #expect(release.changes == ["locked": 3])
        for name in ["ada", "ben", "cleo"] { #expect(try lab.state(name) == "locked") }
        let second = try lab.sync("--release", plan, exit: 65)
        #expect(second.message?.hasPrefix("plan \(plan) was released already, at ") == true)
        #expect(try lab.sync().changes == [:])
        try lab.lab.verifyAudit()
    }

    @Test func `a plan of which a change would no longer be made is void as a whole`() throws {
        let lab = try DecideLab("limits: {locks: 1}")
        try lab.sync()
        try leave(lab, "ada", "ben")
        let plan = try #require(try lab.sync(exit: 11).plan)
        try lab.type("ben", "permanent")
        let refused = try lab.sync("--release", plan, exit: 65)
        #expect(
            refused.message
                == "plan \(plan) can't be released: 1 of its changes would no longer be made: "
                + "ben: no longer so that the entry says left-organization")
        #expect(try lab.state("ada") == "active")
        let runs = try #require(try lab.lab.json("status")["runs"]?.array)
        #expect(runs.allSatisfy { $0["outcome"] != .null })
        #expect(try lab.sync().changes == ["locked": 1])
        let unknown = try lab.sync("--release", "no-such", exit: 65)
        #expect(unknown.message == "there is no kept plan “no-such”")
    }

    @Test func `those of the last 24 hours count`() throws {
        let lab = try DecideLab("limits: {locks: 2}")
        try lab.sync()
        try leave(lab, "ada", "ben")
        #expect(try lab.sync().changes == ["locked": 2])
        try leave(lab, "cleo")
        let run = try lab.sync(exit: 11)
        #expect(
            run.error
                == "hq: 1 user would be locked, beside 2 of the last 24 hours, more than "
                + "limits.locks allows (2): nobody's state is changed.")
    }

    @Test func `a locked user who is gone and whose name another one has is in a plan once`()
        throws
    {
        let lab = try DecideLab("limits: {missing: 1}")
        try lab.sync()
        for name in ["ada", "ben"] {
            let id = try #require(try lab.lab.show(name)["id"]?.int)
            try lab.lab.server.modify("dn: \(LockLab.person(name))\nchangetype: delete\n")
            if name == "ada" { try lab.lab.addPerson(name) }
            // The group's value is the new one's by now, and stays.
            #expect(try lab.lab.lock("id:\(id)").outcome == "completed")
        }
        let run = try lab.sync(exit: 11)
        #expect(
            run.error
                == "hq: 2 users would become missing, more than limits.missing allows (1): nobody "
                + "is marked missing.")
        let plan = try #require(run.plan)
        #expect(try lab.sync(exit: 11).plan == plan)
        try lab.sync("--release", plan)
        #expect(try lab.sync().changes == [:])
    }

    @Test func `a percentage is of who is neither locked nor missing, rounded up`() throws {
        let lab = try DecideLab("limits: {disabled: 9%}")
        try lab.sync()
        try lab.disable("ada", "ben")
        #expect(try lab.sync().changes == ["deactivated": 2])
        try lab.disable("cleo")
        #expect(try lab.sync(exit: 11).changes == [:])
    }

    @Test func `over one limit nothing at all changes state, attributes are stored`() throws {
        let lab = try DecideLab("limits: {locks: 1, disabled: 5}")
        try lab.sync()
        try leave(lab, "ada", "ben")
        try lab.disable("cleo")
        try lab.lab.change(LockLab.person("cleo"), "replace: mail\nmail: new@example.com")
        #expect(try lab.sync(exit: 11).changes == [:])
        #expect(try lab.state("cleo") == "active")
        #expect(try lab.lab.show("cleo")["mail"] == "new@example.com")
    }

    @Test func `missing people over the limit are a plan, too`() throws {
        let lab = try DecideLab(
            "missing: {then: lock, reason: left-organization, after: 0s}", "limits: {missing: 1}")
        try lab.sync()
        for name in ["ben", "cleo"] { try lab.lab.server.delete(LockLab.person(name)) }
        let run = try lab.sync(exit: 11)
        #expect((run["missing"], run.changes) == (0, [:]))
        let plan = try #require(run.plan)
        #expect(try lab.sync(exit: 11).plan == plan)
        #expect(try lab.sync("--release", plan).changes == ["locked": 2])
        #expect(try lab.state("ben") == "locked")
        #expect(try lab.lab.show("ben")["missingSince"] != .null)
        #expect(try lab.sync().changes == [:])
    }

    @Test func `a limit stops the run also where the read fails after it`() throws {
        let lab = try DecideLab("limits: {missing: 1}")
        try lab.sync()
        let read = try lab.lastRead
        for name in ["ben", "cleo"] { try lab.lab.server.delete(LockLab.person(name)) }
        try leave(lab, "ada")
        lab.lab.configuration.rolesBase = "ou=nowhere,dc=example,dc=com"
        try lab.configure()
        let run = try lab.sync(exit: 11)
        #expect((run.outcome, run.changes, run["missing"]) == ("stopped", [:], 0))
        let error = try #require(run.error)
        #expect(
            error.hasPrefix(
                "hq: 2 users would become missing, more than limits.missing allows (1): nobody is "
                    + "marked missing. hq: "))
        #expect(error.contains("ou=nowhere,dc=example,dc=com"))
        #expect(run.plan != nil)
        #expect(try lab.state("ada") == "active")
        #expect(try lab.lastRead == read)
    }

    @Test func `a release of missing people marks them while their time runs`() throws {
        let lab = try DecideLab(
            "missing: {then: lock, reason: left-organization, after: 24h}", "limits: {missing: 1}")
        try lab.sync()
        for name in ["ben", "cleo"] { try lab.lab.server.delete(LockLab.person(name)) }
        let plan = try #require(try lab.sync(exit: 11).plan)
        try lab.sync("--release", plan)
        #expect(try lab.state("ben") == "active")
        #expect(try lab.lab.show("ben")["missingSince"] != .null)
        #expect(try lab.sync().changes == [:])
        try lab.sync("--release", plan, exit: 65)
    }

    @Test func `who may not release is told so, and nothing is done`() throws {
        let lab = try DecideLab("limits: {locks: 0}")
        try lab.sync()
        try leave(lab, "ada")
        let plan = try #require(try lab.sync(exit: 11).plan)
        lab.top = "operators: {nobody-here: {may: [lock]}}"
        try lab.configure()
        try lab.sync("--release", plan, exit: 77)
        #expect(try lab.state("ada") == "active")
    }

    @Test func `an equal plan has another id once the first was released`() throws {
        let lab = try DecideLab("limits: {disabled: 0, reenabled: 9}")
        try lab.sync()
        try lab.disable("ada")
        let first = try #require(try lab.sync(exit: 11).plan)
        try lab.sync("--release", first)
        try lab.enable("ada")
        try lab.sync()
        try lab.disable("ada")
        let second = try #require(try lab.sync(exit: 11).plan)
        #expect(first != second)
    }
}
