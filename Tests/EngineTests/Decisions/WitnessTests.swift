import Fixtures
import Ground
import Identity
import Testing

/// What proves that a search by id would find somebody: an entry that is there now.
@Suite struct WitnessTests {
    private static let oldest = [
        "ada", "ben", "cleo", "dora", "emil", "finn", "gwen", "hugo", "ines",
    ]

    /// The users whom the store took in first are gone.
    private func lab(_ hq: String..., change: (inout SlapdOptions) -> Void = { _ in }) throws
        -> DecideLab
    {
        let lab = try DecideLab(change: change)
        lab.hq = hq
        try lab.configure()
        try lab.sync()
        for name in Self.oldest { try lab.lab.server.delete(LockLab.person(name)) }
        return lab
    }

    @Test func `a plan is released though the oldest users are those who are gone`() throws {
        let lab = try lab(
            "missing: {then: lock, reason: left-organization, after: 0s}", "limits: {missing: 1}")
        let plan = try #require(try lab.sync(exit: 11).plan)
        #expect(try lab.sync("--release", plan).changes == ["locked": 9])
        #expect(try lab.sync().changes == [:])
        for name in Self.oldest { #expect(try lab.state(name) == "locked") }
    }

    @Test func `the lock of a user who vanished is done though the oldest vanished, too`() throws {
        let lab = try lab("limits: {missing: 1}")
        let lock = try lab.lab.lock("ines")
        #expect((lock.outcome, lock.enforced) == ("completed", nil))
        #expect(try lab.lab.groups(of: LockLab.person("ines")).isEmpty)
    }

    @Test func `changes that tell of the oldest users' absence are believed`() throws {
        let lab = try lab("limits: {missing: 50%}") { $0.syncProvider = .sessionLog(1_000) }
        let stopped = try lab.sync(exit: 11)
        #expect(stopped.json["directories"]?[0]?["full"] == false)
        try lab.configure("limits: {missing: 9}")
        let run = try lab.sync()
        #expect(run["missing"] == 9)
        #expect(run.json["directories"]?[0]?["full"] == false)
    }

    @Test func `drift is believed though those who were locked last are gone`() throws {
        let lab = try DecideLab()
        try lab.sync()
        let locked = ["ada", "ben", "cleo", "dora", "emil", "finn", "gwen", "hugo"]
        for name in locked { try lab.lab.lock(name) }
        try lab.sync()
        for name in locked.dropFirst(2) { try lab.lab.server.delete(LockLab.person(name)) }
        // As long as an entry shows no id nobody is marked missing.
        try lab.lab.reconfigure(
            "add: olcAccess\nolcAccess: {0}to dn.exact=\"\(LockLab.person("lars"))\" attrs=entryUUID"
                + " by * none")
        try lab.enable("ada")
        #expect(try lab.sync().changes == ["drift": 1])
        #expect(try lab.lab.isLocked(LockLab.person("ada")))
    }

    @Test func `groups that are all hidden are not called gone`() throws {
        let lab = try DecideLab()
        try lab.sync()
        let ada = LockLab.person("ada")
        try lab.lab.reconfigure(
            "add: olcAccess\nolcAccess: {0}to dn.subtree=\"ou=groups,\(SampleOrganisation.suffix)\""
                + " by dn.exact=\"\(Slapd.serviceDN)\" none by * read")
        let lock = try lab.lab.lock("ada", exit: 75)
        #expect(lock.outcome == "partial")
        #expect(!lock.states(.removeFromGroup).values.contains("done"))
        try lab.lab.reconfigure("delete: olcAccess\nolcAccess: {0}")
        #expect(try lab.lab.retry().first?.outcome == "completed")
        #expect(try lab.lab.groups(of: ada).isEmpty)
    }
}
