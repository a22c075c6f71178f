import Fixtures
import LDAP
import LDAPClient
import Testing

/// What becomes of a cookie, and of a refresh that the server does not carry through.
@Suite struct ContentSyncCookieTests {
    @Test func `a cookie that cannot be read brings everybody and an empty cookie`() throws {
        let slapd = try ContentSyncTests.slapd(.session)
        let connection = try TestConnection.bound(slapd)
        let result = try ContentSyncTests.refresh(connection, cookie: Array("garbage".utf8))
        #expect(result.failure == nil)
        #expect(result.entries.count == 12)
        #expect(result.done?.cookie == [])
    }

    @Test func `a cookie of the future is refused`() throws {
        let slapd = try ContentSyncTests.slapd(.session)
        let connection = try TestConnection.bound(slapd)
        let cookie = "rid=000,csn=20990101000000.000000Z#000000#000#000000"
        let result = try ContentSyncTests.refresh(connection, cookie: Array(cookie.utf8))
        #expect(result.done == nil)
        #expect(result.failure?.code == .unwillingToPerform)
        #expect(result.failure?.isIncomplete == true)
        #expect(
            result.failure?.description
                == "cannot search ou=people,dc=example,dc=com: Server is unwilling to perform (53): "
                + "consumer state is newer than provider!")
    }

    private static let ancient = Array("rid=000,csn=20010101000000.000000Z#000000#000#000000".utf8)

    @Test(arguments: ContentSyncTests.logs)
    func `a cookie older than every entry brings everybody`(log: ContentSyncTests.Log) throws {
        let slapd = try ContentSyncTests.slapd(log)
        let result = try ContentSyncTests.refresh(
            try TestConnection.bound(slapd), cookie: Self.ancient)
        #expect(result.failure == nil)
        #expect(result.entries.count == 12)
        #expect(result.done?.refreshDeletes == false)
    }

    @Test(arguments: [false, true])
    func `a server that heeds the reload hint says when it cannot go on`(hint: Bool) throws {
        let slapd = try ContentSyncTests.slapd(.none) {
            $0.syncProviderLines = ["olcSpReloadHint: TRUE"]
        }
        let connection = try TestConnection.bound(slapd)
        let result = try ContentSyncTests.refresh(
            connection, cookie: Self.ancient, reloadHint: hint)
        if hint {
            #expect(result.failure == nil)
            #expect(result.entries.count == 12)
        } else {
            #expect(result.done == nil)
            #expect(result.failure?.code == .syncRefreshRequired)
            #expect(result.failure?.isIncomplete == true)
        }
    }

    @Test func `whoever may not read the access log is told what stays`() throws {
        let slapd = try ContentSyncTests.slapd(.accessLog) { $0.accessLogIsReadable = false }
        let connection = try TestConnection.bound(slapd)
        let cookie = try ContentSyncTests.start(connection).done?.cookie
        try slapd.delete(SampleOrganisation.person("ben"))
        let result = try ContentSyncTests.refresh(connection, cookie: cookie)
        #expect(result.present.count == 11)
        #expect(result.done?.refreshDeletes == false)
    }

    @Test func `a session log that overflowed tells what stays`() throws {
        let slapd = try ContentSyncTests.slapd(.session) { $0.syncProvider = .sessionLog(2) }
        let connection = try TestConnection.bound(slapd)
        let cookie = try ContentSyncTests.start(connection).done?.cookie
        for username in ["ada", "ben", "cleo", "dora"] {
            try slapd.delete(SampleOrganisation.person(username))
        }
        let result = try ContentSyncTests.refresh(connection, cookie: cookie)
        #expect(result.present.count == 8)
        #expect(result.deleted.isEmpty)
        #expect(result.done?.refreshDeletes == false)
    }

    @Test func `a size limit is an error after what had come`() throws {
        let slapd = try ContentSyncTests.slapd(.none) {
            $0.data = SampleOrganisation(people: 700, groups: 0).ldif
            $0.sizeLimit = 500
        }
        let result = try ContentSyncTests.refresh(try TestConnection.bound(slapd))
        #expect(result.entries.count == 500)
        #expect(result.done == nil)
        #expect(result.failure?.code == .sizeLimitExceeded)
        #expect(result.failure?.isIncomplete == true)
    }

    @Test func `a server without content sync refuses it`() throws {
        let slapd = try Slapd()
        let result = try ContentSyncTests.refresh(try TestConnection.bound(slapd))
        #expect(result.done == nil)
        #expect(result.failure?.code == .unavailableCriticalExtension)
    }

    @Test func `an object that refers to another server is nobody in a refresh either`() throws {
        let slapd = try ContentSyncTests.slapd(.session)
        try slapd.add(
            """
            dn: ou=elsewhere,ou=people,dc=example,dc=com
            objectClass: referral
            objectClass: extensibleObject
            ou: elsewhere
            ref: ldap://elsewhere.example.test/ou=elsewhere,dc=example,dc=com

            """)
        let connection = try TestConnection.bound(slapd)
        let result = try ContentSyncTests.refresh(connection)
        #expect(result.entries.count == 12)
        #expect(result.done != nil)
        #expect(result.failure == nil)
        let names = connection.referralObjects
        #expect(names.map(\.text) == ["ou=elsewhere,ou=people,dc=example,dc=com"])
    }

    @Test func `a refresh that is dropped leaves the connection to the next`() throws {
        let slapd = try ContentSyncTests.slapd(.none)
        let connection = try TestConnection.bound(slapd)
        do {
            var sync = try connection.contentSync(
                base: try TestConnection.dn(TestConnection.suffix), scope: .subtree,
                filter: TestConnection.people, attributes: [], cookie: nil)
            _ = try sync.next()
        }
        #expect(try ContentSyncTests.refresh(connection).entries.count == 12)
    }

    @Test func `the suffix says how far the server has come`() throws {
        let slapd = try ContentSyncTests.slapd(.session)
        let connection = try TestConnection.bound(slapd)
        let suffix = try TestConnection.dn(TestConnection.suffix)
        let before = try #require(try connection.contextCSN(of: suffix))
        let cookie = try #require(try ContentSyncTests.start(connection).done?.cookie)
        #expect(SyncCookie(cookie)?.contextCSN == before)
        try slapd.delete(SampleOrganisation.person("ben"))
        let after = try #require(try connection.contextCSN(of: suffix))
        #expect(after.isNotOlder(than: before))
        #expect(!before.isNotOlder(than: after))
    }

    @Test func `an entry that is no suffix says nothing`() throws {
        let slapd = try ContentSyncTests.slapd(.session)
        let connection = try TestConnection.bound(slapd)
        #expect(try connection.contextCSN(of: try TestConnection.person("ada")) == nil)
    }
}
