import Fixtures
import LDAP
import LDAPClient
import Synchronization
import Testing

/// Servers that never come to an end.
///
/// What is promised is that each of these tests does.
@Suite struct EndlessAnswerTests {
    private static let base = "dc=example,dc=com"
    private static let reference = Wire.element(
        0x73, Wire.element(0x04, Array("ldap://elsewhere.example.test/".utf8)))
    private static let note = Wire.intermediate("1.2.3.4", [0xff])
    private static let nameless = Wire.entry(Array("no name at all".utf8), [])
    private static let stray = Wire.entry(Array("cn=x,dc=example,dc=org".utf8), [])

    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let flood: FakeServer.Flood
    }

    /// Fast, and a few times a second.
    private static let floods = [0, 50].flatMap { pause in
        [
            Row(
                testDescription: "messages of no request, \(pause)",
                flood: .init([note], of: .nobody, pause: pause)),
            Row(
                testDescription: "messages that nobody asked for, \(pause)",
                flood: .init([note], of: .unasked, pause: pause)),
            Row(
                testDescription: "intermediate messages, \(pause)",
                flood: .init([note], pause: pause)),
            Row(testDescription: "references, \(pause)", flood: .init([reference], pause: pause)),
        ]
    }

    private func connection(_ server: FakeServer, timeout: Int64 = 1) throws -> Connection {
        try Connection(try TestConnection.options(server.url, operationTimeout: timeout))
    }

    private func pages(_ connection: borrowing Connection) throws -> PagedSearch {
        try connection.pages(
            base: try TestConnection.dn(Self.base), scope: .subtree, filter: TestConnection.people,
            attributes: [])
    }

    private func end(of search: consuming PagedSearch) throws -> LDAPFailure? {
        do throws(LDAPFailure) {
            while try search.next() != nil {}
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: floods)
    func `an operation is waited for as a whole, whatever comes meanwhile`(row: Row) throws {
        let server = try FakeServer(flood: { _, _ in row.flood }, { _, _ in [] })
        let failure = try TestConnection.failure {
            _ = try connection(server).search(
                base: .root, scope: .base, filter: TestConnection.people, attributes: [])
        }
        #expect(failure.code == .timeout)
        #expect(failure.diagnostic == "no answer within 1 s")
        #expect(try end(of: try pages(try connection(server)))?.code == .timeout)
        let refresh = try ContentSyncTests.refresh(try connection(server))
        #expect(refresh.failure?.code == .timeout)
        let write = try TestConnection.failure {
            try connection(server).modify(try TestConnection.dn("cn=x"), [])
        }
        #expect(write.code == .timeout)
        let bind = try TestConnection.failure {
            try connection(server).bind(dn: try TestConnection.dn("cn=x"), password: [1, 2, 3])
        }
        #expect(bind.code == .timeout)
    }

    @Test(arguments: [nameless, stray])
    func `a read whose entries are all of no use ends`(entry: [UInt8]) throws {
        let server = try FakeServer.flooding(.init([entry]))
        #expect(try end(of: try pages(try connection(server)))?.code == .timeout)
    }

    @Test func `empty pages without end are one that does not come`() throws {
        let server = try FakeServer { _, _ in [Wire.endOfPage] }
        #expect(try end(of: try pages(try connection(server)))?.code == .timeout)
    }

    @Test func `ranges without end are one operation`() throws {
        let places = Mutex(0)
        let server = try FakeServer { _, _ in
            let first = places.withLock { place in
                defer { place += 1 }
                return place
            }
            let name = Array("member;range=\(first)-\(first)".utf8)
            return [
                Wire.entry(Array("cn=x,\(Self.base)".utf8), [(name, [Array("cn=y".utf8)])]),
                Wire.result(0x65, 0),
            ]
        }
        let connection = try connection(server)
        connection.readRanges()
        let failure = try TestConnection.failure {
            _ = try connection.search(
                base: try TestConnection.dn(Self.base), scope: .subtree,
                filter: TestConnection.people, attributes: [TestConnection.name("member")])
        }
        #expect(failure.code == .timeout)
    }

    @Test func `who is asked for one entry may give one`() throws {
        let entry = Wire.entry(Array("cn=x".utf8), [])
        let server = try FakeServer.flooding(.init([entry]))
        let failure = try TestConnection.failure {
            _ = try connection(server, timeout: 60).search(
                base: try TestConnection.dn("cn=x"), scope: .base, filter: TestConnection.people,
                attributes: [])
        }
        #expect(
            failure.diagnostic
                == "the server answered with more than the one entry that was asked for")
        let all = try TestConnection.failure { _ = try connection(server, timeout: 60).rootDSE() }
        #expect(all.code == .decodingError)
    }

    @Test func `the answer to a search for few is not endless`() throws {
        let entry = Wire.entry(
            Array("cn=x,\(Self.base)".utf8),
            [(Array("uid".utf8), [[UInt8](repeating: 1, count: 9_000)])])
        let server = try FakeServer.flooding(.init([entry]))
        let failure = try TestConnection.failure {
            _ = try connection(server, timeout: 60).search(
                base: try TestConnection.dn(Self.base), scope: .subtree,
                filter: TestConnection.people, attributes: [TestConnection.name("uid")])
        }
        #expect(
            failure.diagnostic == "the server's answer is larger than any that this search can have"
        )
    }

    @Test func `what comes for another request is kept, and not without end`() throws {
        let entry = Wire.entry(
            Array("cn=x,\(Self.base)".utf8),
            [(Array("uid".utf8), [[UInt8](repeating: 1, count: 9_000)])])
        let server = try FakeServer(
            flood: { _, before in before == 1 ? .init([entry], of: .firstRequest) : nil },
            { _, _ in [] })
        let connection = try connection(server, timeout: 60)
        let search = try pages(connection)
        let failure = try TestConnection.failure {
            _ = try connection.search(
                base: .root, scope: .base, filter: TestConnection.people, attributes: [])
        }
        #expect(
            failure.diagnostic == "the server sends without end what is not waited for yet")
        let isUsable = connection.isUsable
        #expect(!isUsable)
        _ = consume search
    }

    @Test func `what came for another request is there when it is asked for`() throws {
        let first = Wire.entry(Array("cn=x,\(Self.base)".utf8), [])
        let server = try FakeServer { _, before in
            switch before {
            case 0: [first, Wire.endOfPage]
            case 1: [first, first, Wire.result(0x65, 0) + Wire.lastPage]
            default: [Wire.entry([], []), Wire.result(0x65, 0)]
            }
        }
        let connection = try connection(server, timeout: 60)
        var search = try pages(connection)
        #expect(try search.next()?.count == 1)
        // The second page is under way.
        #expect(
            try connection.search(
                base: .root, scope: .base, filter: TestConnection.people, attributes: []
            ).count == 1)
        #expect(try search.next()?.count == 2)
        #expect(try search.next() == nil)
    }

    @Test func `a message that says it is larger than any is refused before it has come`() throws {
        // A SEQUENCE of a gigabyte, of which nothing follows.
        let server = try FakeServer.flooding(
            .init(raw: [0x30, 0x84, 0x40, 0x00, 0x00, 0x00, 0x02], pause: 20))
        let failure = try TestConnection.failure {
            _ = try connection(server, timeout: 60).search(
                base: .root, scope: .base, filter: TestConnection.people, attributes: [])
        }
        #expect(failure.code == .serverDown)
    }

    @Test func `a whole command has an end, too`() throws {
        let entry = Wire.entry(Array("cn=x,\(Self.base)".utf8), [])
        let server = try FakeServer { _, _ in [entry, Wire.endOfPage] }
        let connection = try connection(server, timeout: 60)
        connection.obey(TimeLimit(seconds: 0.3))
        let failure = try end(of: try pages(connection))
        #expect(failure?.code == .timeout)
        #expect(failure?.diagnostic == "no answer in the time that was left for this directory")
        let late = try TestConnection.failure {
            var options = try TestConnection.options(server.url)
            options.limit = TimeLimit(seconds: 0)
            try Connection(options).bind(dn: try TestConnection.dn("cn=x"), password: [1])
        }
        #expect(late.code == .timeout || late.code == .serverDown || late.code == .connectError)
    }

    @Test func `a search ends when somebody asks to stop, whatever comes meanwhile`() throws {
        let server = try FakeServer.flooding(.init([Self.note], pause: 10))
        let connection = try connection(server, timeout: 60)
        let asked = Counter()
        connection.stopSearches {
            asked.increment()
            return asked.count > 2
        }
        let failure = try end(of: try pages(connection))
        #expect(failure?.code == .userCancelled)
    }
}
