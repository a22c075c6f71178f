import Fixtures
import Ground
import Identity
import Testing

/// Two servers of one directory, of which the second has fallen behind.
@Suite struct ReplicaTests {
    /// The second server has the first one's entries as they were at its start.
    private func lab(_ hq: String...) throws -> (DecideLab, replica: Slapd) {
        let lab = try DecideLab { $0.syncProvider = .sessionLog(1_000) }
        lab.hq = hq
        let replica = try Slapd(try lab.twinOptions)
        try lab.configure()
        return (lab, replica)
    }

    private func use(_ replica: Slapd, _ lab: DecideLab) throws {
        lab.lab.proxy.set(.cut)
        let text = lab.lab.configuration.text(url: lab.lab.proxy.url).replacing(
            "[\"\(lab.lab.proxy.url)\"]", with: "[\"\(lab.lab.proxy.url)\", \"\(replica.url)\"]")
        try lab.lab.folder.write(text, to: "lockstep.yaml")
    }

    @Test func `a replica that is level is gone on with, in a state of its own`() throws {
        let (lab, replica) = try lab()
        try lab.sync()
        try use(replica, lab)
        let first = try lab.sync()
        #expect(first.json["directories"]?[0]?["full"] == true)
        #expect((first["missing"], first["created"]) == (0, 0))
        #expect(try lab.sync().json["directories"]?[0]?["full"] == false)
        lab.lab.proxy.set(.none)
        #expect(try lab.sync().json["directories"]?[0]?["full"] == false)
    }

    @Test func `one that lags behind makes nobody missing and nobody drift`() throws {
        let (lab, replica) = try lab("missing: {then: lock, reason: left-organization, after: 0s}")
        try lab.sync()
        try lab.lab.server.add(
            "dn: \(LockLab.person("zoe"))\nobjectClass: inetOrgPerson\nuid: zoe\ncn: Zoe\nsn: New\n"
        )
        try lab.lab.lock("ada")
        try lab.sync()
        try use(replica, lab)
        let run = try lab.sync(exit: 75)
        #expect((run.outcome, run["missing"], run.changes) == ("partial", 0, [:]))
        for sentence in [
            "the server is behind what was seen before (contextCSN): nobody is marked missing",
            "a user is not there: not believed before the server has caught up",
            "a user looks enabled, missing or a member of a group again: not believed before "
                + "the server has caught up",
        ] { #expect(run.stderr.contains("hq: \(sentence)"), "\(run.stderr)") }
        let attention = try lab.lab.json("status")["attention"]?.array ?? []
        #expect(attention.first?["message"] == "the last sync left something undone")
        #expect(try lab.state("zoe") == "active")
        #expect(try lab.state("ada") == "locked")
        lab.lab.proxy.set(.none)
        let back = try lab.sync()
        #expect(back.changes["drift"] == nil && back["missing"] == 0)
    }
}
