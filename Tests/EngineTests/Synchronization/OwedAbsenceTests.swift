import Engine
import Fixtures
import Foundation
import Ground
import Identity
import LDAP
import Store
import Testing

/// Who is gone and could not be believed to be is found by the next read that can tell.
@Suite struct OwedAbsenceTests {
    private static let note = "an earlier read could not decide who is gone: everything was read"

    @Test func `who is not there on a server that was put back is missing once it has caught up`()
        throws
    {
        let lab = try ChangeTests.lab(.session)
        let folder = lab.server.folder
        let backup = try ChildProcess.run(
            "/usr/sbin/slapcat", ["-F", folder.file("slapd.d"), "-b", SampleOrganisation.suffix]
        ).succeeded(at: "slapcat").stdout
        for name in ["yara", "zoe"] { try lab.addPerson(name) }
        try lab.server.delete(SampleOrganisation.person("ben"))
        let before = try ChangeTests.delta(lab)
        #expect((before.created, before.missing) == (2, 1))
        try lab.server.stop()
        for name in ["data.mdb", "lock.mdb"] {
            try FileManager.default.removeItem(atPath: folder.file("db/\(name)"))
        }
        try lab.server.load(backup)
        try lab.server.start()
        for _ in 0..<2 { #expect(try lab.hq().missing == 0) }
        #expect(try lab.user("ben").missingSince == nil)
        try lab.set("mail", of: "cleo", to: "newer@example.com")
        let hq = try lab.hq()
        #expect((hq.full, hq.missing, hq.updated) == (true, 2, 1))
        #expect(try lab.user("zoe").missingSince != nil)
        #expect(try ChangeTests.delta(lab).read == 0)
    }

    @Test func `who came back on a server that lagged is gone again on the one that did not`()
        throws
    {
        let lab = try ChangeTests.lab(.session)
        let behind = try Slapd { [lab] options in
            options = lab.server.options
            options.data = try? ChildProcess.run(
                "/usr/sbin/slapcat",
                ["-F", lab.server.folder.file("slapd.d"), "-b", SampleOrganisation.suffix]
            ).succeeded(at: "slapcat").stdout
        }
        try lab.server.delete(SampleOrganisation.person("ben"))
        try lab.set("mail", of: "cleo", to: "newer@example.com")
        #expect(try ChangeTests.delta(lab).missing == 1)
        let url = lab.url
        lab.url = behind.url
        #expect(try lab.hq().notes.count == 1)
        #expect(try lab.user("ben").missingSince == nil)
        lab.url = url
        let hq = try lab.hq()
        #expect((hq.full, hq.missing, hq.updated, hq.notes) == (true, 1, 1, [Self.note]))
        #expect(try lab.user("cleo").record.mail == "newer@example.com")
        #expect(try ChangeTests.delta(lab).read == 0)
    }

    @Test func `the last group that is deleted is gone`() throws {
        let lab = try SyncLab {
            $0.syncProvider = .sessionLog(1_000)
            $0.data = SampleOrganisation(people: 3, groups: 1).ldif
        }
        try lab.sync()
        #expect(try lab.roles(of: "ada") == ["staff"])
        try lab.server.delete(SampleOrganisation.group("staff"))
        #expect(try lab.hq().roles.withdrawn == 3)
        #expect(try lab.roles(of: "ada") == [])
        #expect(try ChangeTests.delta(lab).groups == 0)
    }

    @Test func `after a read that was cut off all ids are compared`() throws {
        let lab = try ChangeTests.lab(.session)
        let proxy = try TCPProxy(to: lab.server.port)
        lab.url = proxy.url
        try lab.sync()
        proxy.set(.cut, afterBytes: 2_000)
        let cut = try #require(try lab.sync(SyncOptions(full: true)).directories.first)
        #expect(cut.error != nil)
        proxy.set(.none)
        let hq = try lab.hq()
        #expect((hq.full, hq.notes) == (true, [Self.note]))
        #expect(try ChangeTests.delta(lab).read == 0)
    }

    @Test func `an entry that shows no id hides nobody's absence for ever`() throws {
        let cleo = SampleOrganisation.person("cleo")
        let lab = try DecideLab { $0.syncProvider = .sessionLog(1_000) }
        try lab.sync()
        try lab.lab.reconfigure(
            "add: olcAccess\nolcAccess: {0}to dn.exact=\"\(cleo)\" attrs=entryUUID by * none")
        try lab.lab.server.delete(LockLab.person("ben"))
        #expect(try lab.sync("--full")["missing"] == 0)
        // Not everything is read each time: as long as she shows none nothing can be decided.
        #expect(try lab.sync().json["directories"]?[0]?["full"] == false)
        try lab.lab.reconfigure("delete: olcAccess\nolcAccess: {0}")
        let run = try lab.sync()
        #expect((run["missing"], run.rejected) == (1, []))
        #expect(run.json["directories"]?[0]?["full"] == true)
        #expect(try lab.sync()["read"] == 0)
    }
}
