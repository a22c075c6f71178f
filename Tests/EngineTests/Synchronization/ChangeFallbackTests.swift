import Configuration
import Engine
import Fixtures
import Foundation
import Ground
import Identity
import LDAP
import Store
import Testing

@testable import Store

/// What makes a sync read everything again, and what never may be believed or lost.
@Suite struct ChangeFallbackTests {
    @Test func `everything is read when it is asked for, and where there is no content sync`()
        throws
    {
        let lab = try ChangeTests.lab(.session)
        let full = try #require(try lab.sync(SyncOptions(full: true)).directories.first)
        #expect((full.strategy, full.full, full.read) == (.syncrepl, true, 12))
        lab.more = "sync: {strategy: full}\n    limits: {missing: 50%}"
        #expect(try lab.hq().strategy == .full)
        let plain = try SyncLab()
        #expect(try plain.hq().strategy == .modifyTimestamp)
        plain.more = "sync: {strategy: syncrepl}\n    limits: {missing: 50%}"
        let hq = try #require(try plain.sync(SyncOptions(full: true)).directories.first)
        #expect((hq.strategy, hq.full) == (.modifyTimestamp, true))
        #expect(
            hq.notes == [
                "sync.strategy syncrepl can't be used: the database has no overlay syncprov for content sync, or hides its contextCSN; "
                    + "modifyTimestamp is in use"
            ])
    }

    @Test(arguments: [
        ("garbage", "the stored cookie can't be read: everything was read"),
        (
            "rid=000,csn=20990101000000.000000Z#000000#000#000000",
            "the server is behind what it told before (53): everything was read"
        ),
        (
            "rid=000,csn=20010101000000.000000Z#000000#007#000000",
            "the server is behind what it told before: everything was read"
        ),
    ])
    func `a cookie that is no good makes everything be read, and says so`(
        row: (cookie: String, note: String)
    ) throws {
        let lab = try ChangeTests.lab(.session)
        try lab.store.write { (transaction: borrowing Transaction) throws(StoreError) in
            try lab.store.database.prepare("UPDATE streams SET cookie = ?")
                .run(Array(row.cookie.utf8))
        }
        try lab.server.delete(SampleOrganisation.person("ben"))
        let hq = try lab.hq()
        #expect((hq.full, hq.missing, hq.error == nil) == (true, 1, true))
        #expect(hq.notes == [row.note])
        #expect(try ChangeTests.delta(lab).read == 0)
    }

    @Test func `a server that was put back, and written to since, is read whole`() throws {
        let lab = try ChangeTests.lab(.session)
        let folder = lab.server.folder
        let backup = try ChildProcess.run(
            "/usr/sbin/slapcat", ["-F", folder.file("slapd.d"), "-b", SampleOrganisation.suffix]
        ).succeeded(at: "slapcat").stdout
        try lab.set("mail", of: "ben", to: "new@example.com")
        #expect(try ChangeTests.delta(lab).updated == 1)
        try lab.server.stop()
        for name in ["data.mdb", "lock.mdb"] {
            try FileManager.default.removeItem(atPath: folder.file("db/\(name)"))
        }
        try lab.server.load(backup)
        try lab.server.start()
        try lab.set("mail", of: "cleo", to: "newer@example.com")
        let hq = try lab.hq()
        #expect(
            (hq.full, hq.notes)
                == (true, ["the server was put back to an older state: everything was read"]))
        #expect(try lab.user("ben").record.mail == "ben@example.com")
        #expect(try lab.user("cleo").record.mail == "newer@example.com")
        #expect(try ChangeTests.delta(lab).read == 0)
    }

    @Test func `a changed filter makes everything be read`() throws {
        let lab = try ChangeTests.lab(.session)
        lab.users = "filter: (&(objectClass=inetOrgPerson)(!(uid=ben)))"
        let hq = try lab.hq()
        #expect((hq.full, hq.missing) == (true, 1))
        #expect(hq.notes == ["the configuration of the users has changed: everything was read"])
        #expect(try ChangeTests.delta(lab).read == 0)
    }

    @Test func `another address has a state of its own`() throws {
        let lab = try ChangeTests.lab(.session)
        let proxy = try TCPProxy(to: lab.server.port)
        let url = lab.url
        lab.url = proxy.url
        #expect(try lab.hq().full)
        lab.url = url
        try ChangeTests.delta(lab)
    }

    @Test func `a server that lacks writes seen before makes nobody missing`() throws {
        let lab = try ChangeTests.lab(.session)
        try lab.store.database.execute(
            "UPDATE directories SET context_csn = '20990101000000.000000Z#000000#000#000000'")
        try lab.server.delete(SampleOrganisation.person("ben"))
        let notes = [
            "the server is behind what was seen before (contextCSN): nobody is marked missing",
            "a user is not there: not believed before the server has caught up",
        ]
        for _ in 0..<2 {
            let hq = try lab.hq()
            #expect((hq.missing, hq.notes) == (0, notes))
        }
        try lab.store.database.execute("UPDATE directories SET context_csn = NULL")
        let hq = try lab.hq()
        #expect((hq.full, hq.missing) == (true, 1))
        #expect(try ChangeTests.delta(lab).missing == 0)
    }

    @Test(arguments: ChangeTests.Log.allCases)
    func `what a limit held back is told again`(log: ChangeTests.Log) throws {
        let lab = try ChangeTests.lab(log)
        lab.more = "limits: {missing: 1}"
        for name in ["ben", "cleo"] { try lab.server.delete(SampleOrganisation.person(name)) }
        for _ in 0..<2 {
            let report = try lab.sync()
            #expect(report.outcome == .stopped)
            #expect(report.directories.first?.missing == 0)
        }
        lab.more = "limits: {missing: 2}"
        #expect(try ChangeTests.delta(lab).missing == 2)
    }

    /// Cut anywhere in the answers: nothing is lost, nobody is missing who is there.
    @Test(arguments: ChangeTests.Log.allCases)
    func `a connection that is cut during the refresh loses nothing`(log: ChangeTests.Log) throws {
        let lab = try ChangeTests.lab(log)
        let proxy = try TCPProxy(to: lab.server.port)
        lab.url = proxy.url
        try lab.sync()
        try lab.server.delete(SampleOrganisation.person("ben"))
        try lab.replace("title", "Head", of: "ada")
        for part in 1..<24 {
            proxy.set(.cut, afterBytes: part * 160)
            let hq = try lab.hq()
            #expect(hq.missing <= 1)
            proxy.set(.none)
        }
        try lab.hq()
        #expect(try lab.count("SELECT count(*) FROM users WHERE missing_since IS NOT NULL") == 1)
        #expect(try lab.user("ada").record.attributes.contains { $0.values == ["Head"] })
        #expect(try ChangeTests.delta(lab).read == 0)
    }

    @Test func `an account whose time comes is read although nobody changed it`() throws {
        let lab = try SyncLab { $0.syncProvider = .sessionLog(1_000) }
        let end = Timestamp(seconds: lab.now.seconds + 3_600)
        try lab.replace("pwdEndTime", "20270115090000Z", of: "ada")
        lab.now = Timestamp(seconds: 1_800_000_000)
        try lab.sync()
        try ChangeTests.delta(lab)
        #expect(try lab.user("ada").record.disabled == false)
        lab.now = end
        let hq = try lab.hq()
        #expect((hq.full, hq.disabled) == (true, 1))
        #expect(hq.notes == ["an account has ended by its pwdEndTime: everything was read"])
        try ChangeTests.delta(lab)
    }
}
