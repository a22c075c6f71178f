import Fixtures
import LDAP
import LDAPClient
import Testing

/// Content synchronization by a server that is wrong.
@Suite struct ContentSyncHostileTests {
    private static let oid = "1.3.6.1.4.1.4203.1.9.1."
    private static let uuid: [UInt8] = Array(1...16)
    private static let cookie = Wire.element(0x04, Array("c".utf8))

    private static let goodState = Wire.element(
        0x30, [0x0a, 0x01, 0x01] + Wire.element(0x04, uuid) + cookie)
    private static let goodDone = Wire.element(0x30, cookie + [0x01, 0x01, 0xff])
    private static let goodIDSet = Wire.element(
        0xa3, cookie + [0x01, 0x01, 0xff] + Wire.element(0x31, Wire.element(0x04, uuid)))

    private static func entry(
        _ state: [UInt8]?, name: String = "uid=ada,ou=people,dc=example,dc=com"
    )
        -> [UInt8]
    {
        Wire.entry(Array(name.utf8), [(Array("uid".utf8), [Array("ada".utf8)])])
            + (state.map { Wire.controls([(oid + "2", $0)]) } ?? [])
    }

    private static func end(_ done: [UInt8]? = goodDone, code: UInt8 = 0) -> [UInt8] {
        Wire.result(0x65, code) + (done.map { Wire.controls([(oid + "3", $0)]) } ?? [])
    }

    private static func info(_ value: [UInt8]) -> [UInt8] { Wire.intermediate(oid + "4", value) }

    private func refresh(_ operations: [[UInt8]]) throws -> ContentSyncRefresh {
        let server = try FakeServer { _, _ in operations }
        defer { withExtendedLifetime(server) {} }
        let connection = try Connection(try TestConnection.options(server.url, operationTimeout: 2))
        return try ContentSyncTests.refresh(connection, cookie: Array("c".utf8))
    }

    @Test func `every event is read as it was meant`() throws {
        let phases = [
            Wire.element(0xa1, Self.cookie + [0x01, 0x01, 0x00]), Wire.element(0xa2, []),
            Wire.element(0x80, Array("new".utf8)),
        ]
        let states = (0...3).map { state in
            Self.entry(
                Wire.element(0x30, [0x0a, 0x01, UInt8(state)] + Wire.element(0x04, Self.uuid)))
        }
        let result = try refresh(
            states + phases.map(Self.info) + [Self.info(Self.goodIDSet), Self.end()])
        #expect(result.failure == nil)
        #expect(result.entries == ["ada present", "ada add", "ada modify", "ada delete"])
        #expect(result.phases == ["delete?", "present", "cookie"])
        #expect(result.deleted == [Self.uuid])
        #expect(result.cookie == "c")
    }

    @Test func `a message that is none of ours is passed over`() throws {
        let other = Wire.intermediate("1.2.3.4", [0xff, 0xff])
        let result = try refresh([other, Self.entry(Self.goodState), Self.end()])
        #expect(result.failure == nil)
        #expect(result.entries == ["ada add"])
    }

    @Test func `an entry that is none is told with its id`() throws {
        let result = try refresh([Self.entry(Self.goodState, name: "no name"), Self.end()])
        #expect(result.failure == nil)
        #expect(result.unreadable == 1)
        #expect(result.done != nil)
    }

    @Test func `an entry without a word on what became of it is an error`() throws {
        let result = try refresh([Self.entry(nil), Self.end()])
        #expect(result.done == nil)
        #expect(
            result.failure?.description
                == "cannot search ou=people,dc=example,dc=com: Decoding error (-4): "
                + "the server did not say what has become of an entry")
        #expect(result.failure?.isIncomplete == true)
    }

    @Test func `an end without a word on the refresh is an error`() throws {
        let result = try refresh([Self.entry(Self.goodState), Self.end(nil)])
        #expect(result.done == nil)
        #expect(
            result.failure?.description
                == "cannot search ou=people,dc=example,dc=com: Decoding error (-4): "
                + "the server did not say whether the refresh is done")
    }

    @Test(arguments: [
        (UInt8(3), ResultCode.timeLimitExceeded), (11, .adminLimitExceeded), (51, .busy),
    ])
    func `a refresh that the server gives up is not done, whatever its control says`(
        row: (sent: UInt8, code: ResultCode)
    ) throws {
        let result = try refresh([Self.entry(Self.goodState), Self.end(code: row.sent)])
        #expect(result.entries == ["ada add"])
        #expect(result.done == nil)
        #expect(result.failure?.code == row.code)
        #expect(result.failure?.isIncomplete == true)
    }

    private func cursor(_ server: FakeServer) throws -> ContentSync {
        let connection = try Connection(try TestConnection.options(server.url))
        return try connection.contentSync(
            base: .root, scope: .subtree, filter: TestConnection.people, attributes: [], cookie: nil
        )
    }

    @Test func `an error stays one`() throws {
        let server = try FakeServer { _, _ in [Self.entry(nil), Self.end()] }
        defer { withExtendedLifetime(server) {} }
        var sync = try cursor(server)
        #expect(throws: LDAPFailure.self) { _ = try sync.next() }
        #expect(throws: LDAPFailure.self) { _ = try sync.next() }
    }

    @Test func `nothing comes after the end`() throws {
        let server = try FakeServer { _, _ in [Self.end(), Self.end()] }
        defer { withExtendedLifetime(server) {} }
        var sync = try cursor(server)
        #expect(try sync.next() == .done(refreshDeletes: true, cookie: Array("c".utf8)))
        #expect(try sync.next() == nil)
        #expect(try sync.next() == nil)
    }

    struct Part: CustomTestStringConvertible {
        let testDescription: String
        let good: [UInt8]
        /// The answer with the good value replaced.
        let answer: @Sendable ([UInt8]) -> [[UInt8]]
    }

    static let parts = [
        Part(testDescription: "state", good: goodState) { [entry($0), end()] },
        Part(testDescription: "id set", good: goodIDSet) { [info($0), end()] },
        Part(testDescription: "done", good: goodDone) { [end($0)] },
    ]

    @Test(arguments: parts)
    func `a value that is cut short at any octet is an error`(part: Part) throws {
        for count in 0..<part.good.count {
            let result = try refresh(part.answer(Array(part.good.prefix(count))))
            #expect(result.done == nil, "\(count) octets")
            #expect(result.failure?.isIncomplete == true, "\(count) octets")
        }
    }

    @Test(arguments: parts)
    func `a value with any octet wrong is read or refused, never more`(part: Part) throws {
        for index in part.good.indices {
            for octet: UInt8 in [0x00, 0x7f, 0x80, 0x84, 0xff] {
                var bytes = part.good
                bytes[index] = octet
                let result = try refresh(part.answer(bytes))
                #expect((result.done == nil) == (result.failure != nil))
            }
        }
    }

    @Test(arguments: parts)
    func `a value that says it is longer than it is is an error`(part: Part) throws {
        let lengths: [[UInt8]] = [
            [0x80], [0x81, 0xff], [0x84, 0xff, 0xff, 0xff, 0xff], [0x85, 1, 0, 0, 0, 0],
            [0x88, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], [0xff],
        ]
        for length in lengths {
            let bytes = [part.good[0]] + length + part.good.dropFirst(2)
            #expect(try refresh(part.answer(bytes)).done == nil)
        }
    }

    @Test(arguments: [
        Wire.element(0x30, [0x0a, 0x01, 0x04] + Wire.element(0x04, uuid)),
        Wire.element(0x30, [0x0a, 0x02, 0x01, 0x01] + Wire.element(0x04, uuid)),
        Wire.element(0x30, [0x0a, 0x01, 0x01] + Wire.element(0x04, uuid.dropLast())),
        Wire.element(0x30, [0x0a, 0x01, 0x01] + Wire.element(0x04, uuid + [0])),
        goodState + [0],
    ])
    func `a state that RFC 4533 does not know is an error`(value: [UInt8]) throws {
        #expect(try refresh([Self.entry(value), Self.end()]).done == nil)
    }

    @Test(arguments: [
        Wire.element(0xa3, Wire.element(0x31, Wire.element(0x04, Array(uuid.dropLast())))),
        Wire.element(0xa3, []), Wire.element(0xa3, Wire.element(0x31, [0x04])),
        Wire.element(0xa4, []),
        Wire.element(0xa1, [0x01, 0x02, 0x00, 0x00]), goodIDSet + [0], [],
    ])
    func `a message that RFC 4533 does not know is an error`(value: [UInt8]) throws {
        #expect(try refresh([Self.info(value), Self.end()]).done == nil)
    }

    @Test func `a message of ours without a value is an error`() throws {
        let bare = Wire.element(0x79, Wire.element(0x80, Array((Self.oid + "4").utf8)))
        #expect(try refresh([bare, Self.end()]).done == nil)
    }

    @Test func `a whole message with any octet wrong is read or refused, never more`() throws {
        for good in [Self.entry(Self.goodState), Self.info(Self.goodIDSet), Self.end()] {
            for index in stride(from: 0, to: good.count, by: 3) {
                var bytes = good
                bytes[index] ^= 0xff
                let result = try refresh([bytes, Self.end()])
                #expect((result.done == nil) == (result.failure != nil))
            }
        }
    }
}
