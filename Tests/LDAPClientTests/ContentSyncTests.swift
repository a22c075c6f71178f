import Fixtures
import LDAP
import LDAPClient
import Testing

/// Change tracking with OpenLDAP's syncprov, as it was measured with slapd 2.5.13.
@Suite struct ContentSyncTests {
    static let logs: [Log] = [.none, .session, .accessLog]

    enum Log: String, CustomTestStringConvertible {
        case none
        case session
        case accessLog

        var provider: SlapdOptions.SyncProvider {
            switch self {
            case .none: .plain
            case .session: .sessionLog(1_000)
            case .accessLog: .accessLog
            }
        }

        var testDescription: String { rawValue }
    }

    static func slapd(_ log: Log, _ change: (inout SlapdOptions) -> Void = { _ in }) throws -> Slapd
    {
        try Slapd {
            $0.syncProvider = log.provider
            change(&$0)
        }
    }

    static func refresh(
        _ connection: borrowing Connection, cookie: [UInt8]? = nil, reloadHint: Bool = false,
        filter: Filter = TestConnection.people
    ) throws -> ContentSyncRefresh {
        ContentSyncRefresh(
            try connection.contentSync(
                base: try TestConnection.dn("ou=people,\(TestConnection.suffix)"), scope: .subtree,
                filter: filter, attributes: [TestConnection.name("uid")], cookie: cookie,
                reloadHint: reloadHint))
    }

    /// The ids of everybody and the cookie, after a first refresh.
    static func start(
        _ connection: borrowing Connection, filter: Filter = TestConnection.people
    ) throws -> ContentSyncRefresh {
        let first = try refresh(connection, filter: filter)
        #expect(first.failure == nil)
        _ = try #require(first.done?.cookie)
        return first
    }

    static let title = Filter.equal(TestConnection.name("title"), AttributeValue("Tester"))

    static func modify(_ username: String, _ attribute: String, _ value: String) -> String {
        """
        dn: \(SampleOrganisation.person(username))
        changetype: modify
        replace: \(attribute)
        \(attribute): \(value)

        """
    }

    static func move(_ username: String, to name: String, below parent: String) -> String {
        """
        dn: \(SampleOrganisation.person(username))
        changetype: modrdn
        newrdn: uid=\(name)
        deleteoldrdn: 1
        newsuperior: ou=\(parent),\(TestConnection.suffix)

        """
    }

    static let newcomer = """
        dn: \(SampleOrganisation.person("zoe"))
        objectClass: inetOrgPerson
        uid: zoe
        cn: Zoe Sample
        sn: Sample
        title: Tester

        """

    @Test(arguments: logs)
    func `the first refresh tells everybody, as added, and a cookie`(log: Log) throws {
        let slapd = try Self.slapd(log)
        let first = try Self.start(try TestConnection.bound(slapd))
        #expect(first.entries.count == 12)
        #expect(first.entries.allSatisfy { $0.hasSuffix(" add") })
        #expect(first.done?.refreshDeletes == true)
        let id = try #require(
            try slapd.values("entryUUID", of: SampleOrganisation.person("ada")).first)
        let uuid = try #require(first.uuids["ada"])
        #expect(EntryID(syncUUID: uuid, dialect: .openldap)?.text == id)
    }

    @Test(arguments: logs)
    func `when nothing changed nothing comes, and no cookie`(log: Log) throws {
        let slapd = try Self.slapd(log)
        let connection = try TestConnection.bound(slapd)
        let cookie = try Self.start(connection).done?.cookie
        let next = try Self.refresh(connection, cookie: cookie)
        #expect(next.failure == nil)
        #expect(next.entries.isEmpty && next.present.isEmpty && next.deleted.isEmpty)
        #expect(next.done?.refreshDeletes == true)
        #expect(next.done?.cookie == nil)
    }

    struct Change: CustomTestStringConvertible {
        let testDescription: String
        let ldif: String
        /// Whom the refresh adds, and who is in the content no longer.
        let added: Set<String>
        let gone: Set<String>
    }

    static let changes = [
        Change(
            testDescription: "change", ldif: modify("ada", "mail", "new@example.com"),
            added: ["ada add"], gone: []),
        Change(
            testDescription: "delete",
            ldif: "dn: \(SampleOrganisation.person("ben"))\nchangetype: delete\n", added: [],
            gone: ["ben"]),
        Change(
            testDescription: "rename", ldif: move("cleo", to: "cleopatra", below: "people"),
            added: ["cleopatra add"], gone: []),
        Change(
            testDescription: "move out of scope", ldif: move("dora", to: "dora", below: "left"),
            added: [], gone: ["dora"]),
        Change(
            testDescription: "leave the filter", ldif: modify("emil", "title", "Retired"),
            added: [],
            gone: ["emil"]),
        Change(testDescription: "add", ldif: newcomer, added: ["zoe add"], gone: []),
    ]

    private func isTold(_ change: Change, _ log: Log) throws {
        let slapd = try Self.slapd(log)
        let connection = try TestConnection.bound(slapd)
        let first = try Self.start(connection, filter: Self.title)
        if change.ldif == Self.newcomer {
            try slapd.add(change.ldif)
        } else {
            try slapd.modify(change.ldif)
        }
        let next = try Self.refresh(connection, cookie: first.done?.cookie, filter: Self.title)
        #expect(next.failure == nil)
        #expect(next.added == change.added)
        #expect(next.done?.refreshDeletes == (log != .none))
        #expect(SyncCookie(try #require(next.done?.cookie)) != nil)
        let gone = change.gone.compactMap { first.uuids[$0] }
        if log == .none {
            #expect(next.deleted.isEmpty)
            let staying = Set(next.present + next.uuids.values)
            #expect(Set(first.uuids.values).subtracting(staying) == Set(gone))
        } else {
            #expect(next.present.isEmpty)
            #expect(Set(gone).isSubset(of: next.deleted))
            #expect(Set(first.uuids.values).intersection(next.deleted) == Set(gone))
        }
    }

    @Test(arguments: changes)
    func `without a session log what stays is told, and what changed`(change: Change) throws {
        try isTold(change, .none)
    }

    @Test(arguments: changes)
    func `with a session log what went is told, and what changed`(change: Change) throws {
        try isTold(change, .session)
    }

    @Test(arguments: changes)
    func `with an access log what went is told, and what changed`(change: Change) throws {
        try isTold(change, .accessLog)
    }

    @Test(arguments: [
        (Log.none, false), (.session, false), (.accessLog, true),
    ])
    func `after a restart only the access log still knows what went`(
        row: (log: Log, tellsDeleted: Bool)
    ) throws {
        let slapd = try Self.slapd(row.log)
        let first = try Self.start(try TestConnection.bound(slapd))
        try slapd.delete(SampleOrganisation.person("ben"))
        try slapd.restart()
        let next = try Self.refresh(try TestConnection.bound(slapd), cookie: first.done?.cookie)
        #expect(next.failure == nil)
        #expect(next.done?.refreshDeletes == row.tellsDeleted)
        let ben = try #require(first.uuids["ben"])
        #expect(next.deleted.contains(ben) == row.tellsDeleted)
        #expect(next.present.count == (row.tellsDeleted ? 0 : 11))
        #expect(!next.present.contains(ben))
    }
}
