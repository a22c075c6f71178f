import Fixtures
import LDAP
import LDAPClient
import Testing

/// Answers are held against the question.
@Suite struct AnswerTests {
    private static let uid = Array("uid".utf8)

    private static func entry(_ dn: String) -> [UInt8] {
        Wire.entry(Array(dn.utf8), [(uid, [Array("x".utf8)])])
    }

    private static func server(_ names: [String]) throws -> FakeServer {
        try FakeServer { _, _ in names.map(entry) + [Wire.result(0x65, 0)] }
    }

    @Test(arguments: [
        ("uid=ada,ou=people,dc=example,dc=com", SearchScope.base),
        ("ou=people,dc=example,dc=com", .one), ("ou=people,dc=example,dc=com", .subtree),
    ])
    func `an entry from elsewhere ends a search for few`(
        row: (base: String, scope: SearchScope)
    ) throws {
        let stranger = "uid=bob,ou=left,dc=example,dc=com"
        let server = try Self.server([stranger])
        let connection = try Connection(try TestConnection.options(server.url))
        let failure = try TestConnection.failure {
            _ = try connection.search(
                base: try TestConnection.dn(row.base), scope: row.scope,
                filter: TestConnection.people, attributes: [TestConnection.name("uid")])
        }
        #expect(failure.code == .decodingError)
        #expect(
            failure.diagnostic == "the server answered with \(stranger), which was not asked for")
        #expect(failure.isIncomplete)
    }

    @Test func `a search at one level takes nobody from below it`() throws {
        let server = try Self.server(["uid=bob,ou=deep,ou=people,dc=example,dc=com"])
        let connection = try Connection(try TestConnection.options(server.url))
        #expect(throws: LDAPFailure.self) {
            try connection.search(
                base: try TestConnection.dn("ou=people,dc=example,dc=com"), scope: .one,
                filter: TestConnection.people, attributes: [])
        }
    }

    @Test func `an entry from elsewhere is told in a read of all, and is none of its entries`()
        throws
    {
        let server = try Self.server(["uid=ada,dc=example,dc=com", "uid=bob,dc=example,dc=org"])
        let connection = try Connection(try TestConnection.options(server.url))
        var search = try connection.pages(
            base: try TestConnection.dn("dc=example,dc=com"), scope: .subtree,
            filter: TestConnection.people, attributes: [])
        #expect(try search.next()?.map(\.dn.text) == ["uid=ada,dc=example,dc=com"])
        #expect(try search.next() == nil)
        #expect(
            search.unreadable == [
                UnreadableEntry(
                    dn: "uid=bob,dc=example,dc=org", why: "is not where it was asked for")
            ])
    }

    /// Servers fold more than RFC 4518 asks for, and name attribute types as they like.
    @Test(arguments: [
        ("uid=İrem,dc=example,dc=com", "uid=irem,dc=example,dc=com"),
        ("cn=Jose,dc=example,dc=com", "cn=José,dc=example,dc=com"),
        ("commonName=Ada  L,dc=example,dc=com", "CN=ada l,DC=Example,DC=com"),
        ("", ""),
    ])
    func `a name that the server folds further is the one that was asked for`(
        row: (asked: String, answered: String)
    ) throws {
        let server = try Self.server([row.answered])
        let connection = try Connection(try TestConnection.options(server.url))
        let found = try connection.search(
            base: row.asked.isEmpty ? .root : try TestConnection.dn(row.asked), scope: .base,
            filter: TestConnection.people, attributes: [])
        #expect(found.map(\.dn.text) == [row.answered])
    }

    @Test func `an answer to something else is none`() throws {
        // A search is answered as a modify is.
        let server = try FakeServer { _, _ in [Wire.result(0x67, 0)] }
        let connection = try Connection(try TestConnection.options(server.url))
        let failure = try TestConnection.failure {
            _ = try connection.search(
                base: .root, scope: .base, filter: TestConnection.people, attributes: [])
        }
        #expect(failure.diagnostic == "the server answered something else than was asked")
        let isUsable = connection.isUsable
        #expect(!isUsable)
    }

    @Test func `a changed entry from elsewhere makes a refresh incomplete`() throws {
        let state = Wire.controls([
            (
                "1.3.6.1.4.1.4203.1.9.1.2",
                Wire.element(0x30, [0x0a, 0x01, 0x01] + Wire.element(0x04, Array(1...16)))
            )
        ])
        let server = try FakeServer { _, _ in
            [Self.entry("uid=bob,dc=example,dc=org") + state, Wire.result(0x65, 0)]
        }
        let connection = try Connection(try TestConnection.options(server.url))
        let result = try ContentSyncTests.refresh(connection)
        #expect(result.entries == [])
        #expect(
            result.failure?.diagnostic
                == "the server answered with uid=bob,dc=example,dc=org, which was not asked for")
    }

    private static let long = String(repeating: "x", count: 10_000)

    @Test func `no more than a kilobyte of a server's words is taken over, on one line`() throws {
        let server = try FakeServer { _, _ in
            [Wire.result(0x65, 80, diagnostic: "no\u{1b}[2J\n" + Self.long)]
        }
        let connection = try Connection(try TestConnection.options(server.url))
        let failure = try TestConnection.failure {
            _ = try connection.search(
                base: .root, scope: .base, filter: TestConnection.people, attributes: [])
        }
        #expect(failure.diagnostic.utf8.count == 1_024)
        #expect(failure.diagnostic.hasPrefix("no [2J xxx"))
        #expect(failure.diagnostic.hasSuffix("x…"))
    }

    @Test(arguments: ["s3cret-of-ours", "ab\u{e9}d"])
    func `a password that the server says again is struck out`(password: String) throws {
        // 0x60 is the bind itself, which is refused; 0x77 asks who we are.
        let server = try FakeServer(
            flood: { tag, _ in tag == 0x60 ? .init([], pause: 50) : nil },
            { _, _ in
                [Wire.result(0x61, 49, diagnostic: "\(password) of x is wrong, \(password)!")]
            })
        let connection = try Connection(try TestConnection.options(server.url))
        let failure = try TestConnection.failure {
            try connection.bind(
                dn: try TestConnection.dn("cn=x"), password: Array(password.utf8))
        }
        #expect(failure.diagnostic == "••• of x is wrong, •••!")
        #expect(!"\(failure)".contains(password))
    }
}
