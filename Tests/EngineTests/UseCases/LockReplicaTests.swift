import Fixtures
import Ground
import Identity
import Testing

/// A replica that refers writes to its provider: on OpenLDAP result 10, *not writable here*.
@Suite struct LockReplicaTests {
    /// A shadow of the lab's server, with its data, whose provider can't be reached.
    private func replica(of lab: LockLab) throws -> LockLab {
        let copy = try ChildProcess.run(
            "/usr/sbin/slapcat",
            ["-F", lab.server.folder.file("slapd.d"), "-b", SampleOrganisation.suffix]
        ).succeeded(at: "slapcat").stdout
        return try LockLab {
            $0.data = copy
            $0.databaseLines = [
                "olcSyncrepl: rid=001 provider=ldap://127.0.0.1:9 type=refreshOnly"
                    + " interval=01:00:00:00 searchbase=\"\(SampleOrganisation.suffix)\""
                    + " bindmethod=simple",
                "olcUpdateRef: ldap://127.0.0.1:9",
            ]
        }
    }

    @Test func `the next server takes what the first one refers`() throws {
        let lab = try LockLab()
        try lab.sync()
        let replica = try replica(of: lab)
        lab.configuration.urlsBefore = [replica.server.url]
        try lab.configure()
        let lock = try lab.lock("ada")
        #expect((lock.outcome, lock.enforced) == ("completed", "written"))
        #expect(try lab.isLocked(LockLab.person("ada")))
        #expect(try lab.groups(of: LockLab.person("ada")).isEmpty)
        #expect(replica.binds("ada"))
    }

    @Test func `where there is no other server everything waits, with the server's words`() throws {
        let lab = try LockLab()
        try lab.sync()
        let replica = try replica(of: lab)
        let folder = lab.folder
        try folder.write(
            lab.configuration.text(url: replica.server.url), to: "lockstep.yaml")
        let lock = try lab.lock("ada", exit: 75)
        #expect((lock.outcome, lock.enforced) == ("partial", nil))
        #expect(Set(lock.states(.removeFromGroup).values) == ["pending"])
        #expect(lock.errors(.disableEntry).map(\.code) == [10])
        #expect(try lab.show("ada")["state"] == "locked")
        try lab.configure()
        #expect(try lab.retry().map(\.outcome) == ["completed"])
        #expect(try lab.isLocked(LockLab.person("ada")))
    }
}
