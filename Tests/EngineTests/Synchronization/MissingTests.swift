import Engine
import Fixtures
import Ground
import Identity
import LDAP
import Store
import Testing

@Suite struct MissingTests {
    @Test func `a deleted entry makes its user missing, and she comes back`() throws {
        let lab = try SyncLab()
        lab.users = "filter: (&(objectClass=inetOrgPerson)(!(title=hidden)))"
        try lab.sync()
        let ben = try lab.user("ben")
        try lab.set("title", of: "ben", to: "hidden")
        lab.now = lab.now.advanced(by: 60)
        let hq = try lab.hq()
        #expect((hq.missing, hq.read, hq.unchanged) == (1, 11, 11))
        #expect(lab.changes.map(\.kind) == [.missing])
        #expect(try lab.user("ben").missingSince == lab.now)
        #expect(try lab.hq().missing == 0)
        try lab.set("title", of: "ben", to: "Tester")
        let back = try lab.hq()
        #expect((back.updated, back.created, back.missing) == (1, 0, 0))
        #expect(lab.changes.map(\.kind) == [.returned])
        #expect(try lab.user("ben").id == ben.id)
        #expect(try lab.user("ben").missingSince == nil)
    }

    @Test func `over the limit nobody is missing and the run is stopped`() throws {
        let lab = try SyncLab()
        lab.more = "limits: {missing: 1}"
        try lab.sync()
        for name in ["ben", "cleo"] { try lab.server.delete(SampleOrganisation.person(name)) }
        try lab.set("title", of: "ada", to: "Boss")
        let report = try lab.sync()
        #expect((report.outcome, report.exitCode) == (.stopped, 11))
        let hq = try #require(report.directories.first)
        #expect((hq.missing, hq.updated) == (0, 1))
        #expect(
            hq.error?.message
                == "hq: 2 users would become missing, more than limits.missing allows (1): nobody "
                + "is marked missing.")
        #expect(try lab.count("SELECT count(*) FROM users WHERE missing_since IS NOT NULL") == 0)
    }

    @Test func `those of the last 24 hours count`() throws {
        let lab = try SyncLab()
        lab.more = "limits: {missing: 1}"
        try lab.sync()
        try lab.server.delete(SampleOrganisation.person("ben"))
        #expect(try lab.hq().missing == 1)
        try lab.server.delete(SampleOrganisation.person("cleo"))
        lab.now = lab.now.advanced(by: 3600)
        #expect(try lab.sync().outcome == .stopped)
        lab.now = lab.now.advanced(by: 24 * 3600)
        #expect(try lab.hq().missing == 1)
    }

    @Test func `an empty read marks nobody, whatever the limit`() throws {
        let lab = try SyncLab()
        lab.more = "limits: {missing: 100%}"
        try lab.sync()
        lab.users = "filter: (uid=nobody-at-all)"
        let report = try lab.sync()
        #expect(report.outcome == .stopped)
        #expect(
            report.directories.first?.error?.message
                == "hq: the read found no user at all where the store has 12: nobody is marked "
                + "missing. Check users.base, users.filter and what the bind DN may read.")
    }

    @Test func `a size limit below the directory's size is an error, and nobody is missing`() throws
    {
        let lab = try SyncLab()
        try lab.sync()
        let small = try SyncLab { $0.sizeLimit = 5 }
        let report = try small.sync()
        #expect((report.outcome, report.exitCode) == (.partial, 75))
        let hq = try #require(report.directories.first)
        #expect((hq.read, hq.full, hq.error?.code) == (5, false, 4))
        #expect(
            hq.error?.message
                == "hq: reading users below ou=people,dc=example,dc=com at \(small.url) ended after "
                + "5 entries: Size limit exceeded (4). The server's limit for the bind DN is too "
                + "low: raise it (olcLimits, size.prtotal and time).")
        lab.url = small.url
        #expect(try lab.hq().missing == 0)
        #expect(try lab.count("SELECT count(*) FROM users WHERE missing_since IS NOT NULL") == 0)
    }

    @Test func `a connection that is cut within a page marks nobody`() throws {
        let lab = try SyncLab()
        lab.more = "sync: {pageSize: 3}\n    limits: {missing: 100%}"
        try lab.sync()
        let proxy = try TCPProxy(to: lab.server.port)
        lab.url = proxy.url
        try lab.sync()
        let whole = proxy.bytesFromServer
        for part in 1..<8 {
            proxy.set(.cut, afterBytes: whole * part / 8)
            let hq = try lab.hq()
            #expect(hq.error != nil)
            #expect(hq.missing == 0)
            proxy.set(.none)
        }
        #expect(try lab.hq().error == nil)
    }

    @Test func `an entry without a readable id keeps everybody from being missing`() throws {
        let lab = try SyncLab {
            $0.access = [
                "to dn.exact=\"\(SampleOrganisation.person("cleo"))\" attrs=entryUUID by * none"
            ]
        }
        try lab.sync()
        try lab.server.delete(SampleOrganisation.person("ben"))
        let hq = try lab.hq()
        #expect(hq.missing == 0)
        #expect(
            hq.rejected == [
                .init(
                    dn: StoredDN(text: SampleOrganisation.person("cleo")),
                    why: "no readable id: entryUUID is absent or hidden", isUnidentified: true)
            ])
        #expect(hq.notes == ["an entry without a readable id was read: nobody is marked missing"])
    }

    @Test func `an id that can be read again is found so, though nothing changed`() throws {
        let cleo = SampleOrganisation.person("cleo")
        let lab = try DecideLab { $0.syncProvider = .sessionLog(1_000) }
        try lab.sync()
        try lab.lab.reconfigure(
            "add: olcAccess\nolcAccess: {0}to dn.exact=\"\(cleo)\" attrs=entryUUID by * none")
        #expect(try lab.sync("--full").rejected == [cleo])
        try lab.lab.reconfigure("delete: olcAccess\nolcAccess: {0}")
        let run = try lab.sync()
        #expect((run["unchanged"], run.rejected) == (12, []))
        #expect(run.json["directories"]?[0]?["full"] == true)
        #expect(try lab.sync()["read"] == 0)
    }

    @Test func `an id that can't be searched for proves nothing`() throws {
        let lab = try SyncLab {
            $0.access = ["to attrs=entryUUID by dn.exact=\"\(Slapd.serviceDN)\" =r by * none"]
        }
        try lab.sync()
        try lab.server.delete(SampleOrganisation.person("ben"))
        let hq = try lab.hq()
        #expect(hq.missing == 0)
    }
}
