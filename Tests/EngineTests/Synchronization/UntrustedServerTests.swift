import Configuration
import Fixtures
import Ground
import Identity
import LDAP
import Store
import Testing

@testable import Engine

/// Servers that answer with somebody else, refer to others, or come to no end.
@Suite struct UntrustedServerTests {
    private static let zoe = "e23c0d91-e73711f1-b9df8270-4a91c3c8"
    private static let bob = "e23c0d92-e73711f1-b9df8270-4a91c3c8"

    private static func person(_ name: String, _ id: String?, uid: String = "bob") -> [UInt8] {
        let id = id.map { [(Array("nsUniqueId".utf8), [Array($0.utf8)])] } ?? []
        return Wire.entry(
            Array(SampleOrganisation.person(name).utf8),
            [(Array("uid".utf8), [Array(uid.utf8)])] + id)
    }

    private static let objectClass = AttributeName(trusted: "objectClass")
    private static let rootDSE = Wire.entry(
        [], [(Array("vendorName".utf8), [Array("389 Project".utf8)])])

    /// Says that it is a 389, and then whatever it is asked gives these entries.
    private func server(_ entries: [[UInt8]]) throws -> FakeServer {
        try FakeServer { _, before in
            (before == 0 ? [Self.rootDSE] : entries) + [Wire.result(0x65, 0)]
        }
    }

    private func session(_ server: FakeServer) throws -> DirectorySession {
        let lab = try SyncLab()
        lab.url = server.url
        let directory = try #require(try lab.settings.directories.first)
        return try DirectorySession.open(directory, now: lab.now) { _ in Array("secret".utf8) }
    }

    private static let other =
        "Decoding error (-4): the server answered with another entry than was asked for"

    @Test func `a search by id that brings somebody else finds nobody, and is an error`() throws {
        let server = try server([Self.person("zoe", Self.bob)])
        let session = try session(server)
        let base = try #require(DN("ou=people,dc=example,dc=com"))
        let failure = try #require(
            #expect(throws: DirectoryFailure.self) {
                try session.read(entryID: EntryID(Self.zoe), bases: [base], attributes: [])
            })
        #expect(failure.answer == Self.other)
        let near = try #require(
            #expect(throws: DirectoryFailure.self) {
                try session.find(
                    EntryID(Self.zoe), near: StoredDN(text: SampleOrganisation.person("zoe")),
                    attributes: [])
            })
        #expect(near.answer == Self.other)
        #expect(
            try session.find(
                [EntryID(Self.zoe)], bases: [base], scope: .subtree,
                filter: .present(Self.objectClass)
            ).isEmpty)
    }

    @Test func `an entry that shows no id is nobody's who was asked for by it`() throws {
        let server = try server([Self.person("zoe", nil)])
        let session = try session(server)
        #expect(
            try session.find(
                EntryID(Self.zoe), near: StoredDN(text: SampleOrganisation.person("zoe")),
                attributes: []) == nil)
    }

    @Test func `a search by name that brings another name is an error`() throws {
        let server = try server([Self.person("bob", Self.bob)])
        let session = try session(server)
        let uid = AttributeName(trusted: "uid")
        let failure = try #require(
            #expect(throws: DirectoryFailure.self) {
                try session.people(matching: .equal(uid, AttributeValue("zoe")), attributes: [])
            })
        #expect(failure.answer == Self.other)
        #expect(
            try session.people(matching: .equal(uid, AttributeValue("BOB")), attributes: []).count
                == 1)
    }

    @Test func `a lock of somebody new who is answered with another changes nobody`() throws {
        let lab = try LockLab()
        let server = try server([Self.person("bob", Self.bob)])
        try lab.folder.write(lab.configuration.text(url: server.url), to: "lockstep.yaml")
        try lab.succeed("init")
        let end = try lab.run("lock", "zoe", "--reason", "left-organization", "--yes")
        #expect(end.exitCode == 69, "\(end.stderr)")
        #expect(try lab.json("find", "bob").array?.isEmpty == true)
    }

    @Test func `an object that refers to another server stops no sync, and is named`() throws {
        let lab = try SyncLab()
        for place in ["people", "groups"] {
            try lab.server.add(
                """
                dn: ou=elsewhere,ou=\(place),dc=example,dc=com
                objectClass: referral
                objectClass: extensibleObject
                ou: elsewhere
                ref: ldap://elsewhere.example.test/ou=elsewhere,dc=example,dc=com

                """)
        }
        for users in ["filter: (objectClass=inetOrgPerson)", "filter: (objectClass=*)"] {
            lab.users = users
            let report = try lab.sync(SyncOptions(full: true))
            let hq = try #require(report.directories.first)
            #expect(hq.error == nil)
            #expect((hq.missing, hq.groups) == (0, 4))
            #expect(
                hq.notes.contains(
                    "2 entries refer to other servers (ou=elsewhere,ou=people,dc=example,dc=com; "
                        + "ou=elsewhere,ou=groups,dc=example,dc=com): they are no users, and what is "
                        + "there is not read"), "\(hq.notes)")
        }
        try lab.set("sn", of: "ada", to: "Other")
        let hq = try lab.hq()
        #expect((hq.error == nil, hq.updated) == (true, 1))
    }

    /// A server that is fine until it is asked for people.
    private func flooding(_ flood: FakeServer.Flood) throws -> FakeServer {
        try FakeServer(
            flood: { _, before in before > 0 ? flood : nil },
            { _, before in before == 0 ? [Self.rootDSE, Wire.result(0x65, 0)] : [] })
    }

    @Test(arguments: [true, false])
    func `whatever a server sends, a sync ends at its deadline`(isFlood: Bool) throws {
        let lab = try SyncLab()
        let note = Wire.intermediate("1.2.3.4", [0xff])
        let server = try flooding(.init([note], pause: isFlood ? 0 : 100))
        lab.url = server.url
        lab.more = "sync: {deadline: 1s}"
        let clock = ContinuousClock()
        let begun = clock.now
        lab.stopwatch = { (clock.now - begun) / .seconds(1) }
        let report = try lab.sync()
        #expect(
            report.directories.first?.error?.message
                == "hq: sync.deadline (1 s) has passed; the next run reads everything again.")
    }

    @Test func `a signal ends a read, whatever the server sends`() throws {
        let lab = try SyncLab()
        let server = try flooding(.init([Wire.intermediate("1.2.3.4", [0xff])], pause: 10))
        lab.url = server.url
        lab.more = "timeout: {operation: 10m}"
        let clock = ContinuousClock()
        let begun = clock.now
        lab.isInterrupted = { clock.now - begun > .milliseconds(500) }
        let report = try lab.sync()
        #expect(report.outcome == .partial)
        #expect(report.directories.first?.error == nil)
        #expect(
            report.directories.first?.notes
                == ["a signal ended the read: the next run reads everything again"])
    }

    @Test func `whatever a server sends, a check ends, and says that it is not all`() throws {
        let lab = try SyncLab()
        let server = try flooding(.init([Wire.intermediate("1.2.3.4", [0xff])], pause: 10))
        lab.url = server.url
        let lines = try DirectoryCheck(
            try #require(try lab.settings.directories.first),
            defaultRoles: [], password: .octets(Array("secret".utf8)), canary: .unavailable,
            store: lab.folder.file("store.db"), now: lab.now, patience: 1,
            uninterrupted: { try $0() }
        ).lines()
        #expect(lines.last?.verdict.state == .failed)
        #expect(
            lines.last?.verdict.message.contains("did not answer everything within 1 s") == true)
    }
}
