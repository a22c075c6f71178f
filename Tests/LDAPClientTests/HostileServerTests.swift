import Fixtures
import LDAP
import LDAPClient
import Testing

/// Answers that no honest server gives.
@Suite struct HostileServerTests {
    private static let good = Wire.entry(
        Array("uid=ada,dc=example,dc=com".utf8), [(Array("uid".utf8), [Array("ada".utf8)])])

    private func search(
        _ server: FakeServer, readsRanges: Bool = false
    ) throws -> (entries: [Entry], unreadable: [UnreadableEntry], failure: LDAPFailure?) {
        let connection = try Connection(
            try TestConnection.options(server.url, operationTimeout: 2))
        if readsRanges { connection.readRanges() }
        var search = try connection.pages(
            base: try TestConnection.dn("dc=example,dc=com"), scope: .subtree,
            filter: TestConnection.people,
            attributes: [TestConnection.name("uid"), TestConnection.name("member")])
        var entries: [Entry] = []
        do throws(LDAPFailure) {
            while let page = try search.next() { entries += page }
            return (entries, search.unreadable, nil)
        } catch {
            return (entries, search.unreadable, error)
        }
    }

    @Test(arguments: [
        (Array("no name at all".utf8), "no name at all"),
        ([0x63, 0x6e, 0x3d, 0xff, 0xfe], "cn=\u{fffd}\u{fffd}"),
    ])
    func `an entry with an impossible name is told and stops no other`(
        row: (dn: [UInt8], shown: String)
    ) throws {
        let bad = Wire.entry(row.dn, [(Array("uid".utf8), [Array("x".utf8)])])
        let server = try FakeServer { _, _ in [Self.good, bad, Self.good, Wire.result(0x65, 0)] }
        let result = try search(server)
        #expect(result.entries.count == 2)
        #expect(result.failure == nil)
        #expect(result.unreadable.map(\.dn) == [row.shown])
        #expect(result.unreadable.map(\.why) == ["not a distinguished name"])
    }

    @Test func `an attribute whose name is no text makes its entry unreadable`() throws {
        let bad = Wire.entry(Array("cn=x,dc=example,dc=com".utf8), [([0xff, 0xff], [[1]])])
        let server = try FakeServer { _, _ in [bad, Wire.result(0x65, 0)] }
        let result = try search(server)
        #expect(result.unreadable.map(\.why) == ["not an attribute's name: \u{fffd}\u{fffd}"])
    }

    @Test func `an attribute without values and a value without octets are read as such`() throws {
        let server = try FakeServer { _, _ in
            [
                Wire.entry(
                    Array("cn=x,dc=example,dc=com".utf8),
                    [(Array("uid".utf8), []), (Array("cn".utf8), [[]])]),
                Wire.result(0x65, 0),
            ]
        }
        let entry = try #require(try search(server).entries.first)
        #expect(entry[TestConnection.name("uid")] == [])
        #expect(entry[TestConnection.name("cn")] == [AttributeValue(bytes: [])])
    }

    @Test func `an entry that is cut short is an error, not an absence`() throws {
        let broken = Wire.element(0x64, [0x04, 0x05, 0x63, 0x6e])
        let server = try FakeServer { _, _ in [Self.good, broken, Wire.result(0x65, 0)] }
        let result = try search(server)
        #expect(result.entries.count == 1)
        #expect(result.failure?.isIncomplete == true)
    }

    @Test(arguments: [(UInt8(51), ResultCode.busy), (52, .unavailable), (3, .timeLimitExceeded)])
    func `a search that the server gives up is never complete`(
        row: (sent: UInt8, code: ResultCode)
    ) throws {
        let server = try FakeServer { _, _ in
            [Self.good, Wire.result(0x65, row.sent, diagnostic: "come again")]
        }
        let result = try search(server)
        #expect(result.entries.count == 1)
        #expect(result.failure?.code == row.code)
        #expect(result.failure?.diagnostic == "come again")
        #expect(result.failure?.isIncomplete == true)
    }

    @Test(arguments: [UInt8(11), 12, 53])
    func `a server that refuses pages is asked without`(code: UInt8) throws {
        let server = try FakeServer { _, before in
            before < (code == 12 ? 1 : 2)
                ? [Wire.result(0x65, code)] : [Self.good, Wire.result(0x65, 0)]
        }
        let result = try search(server)
        #expect(result.entries.count == 1)
        #expect(result.failure == nil)
    }

    private static func group(_ names: [(String, ClosedRange<Int>?)]) -> [UInt8] {
        Wire.entry(
            Array("cn=all,dc=example,dc=com".utf8),
            names.map { name, range in
                (Array(name.utf8), (range.map(Array.init) ?? []).map { Array("cn=\($0)".utf8) })
            })
    }

    /// As Active Directory does with more than 1,500 members.
    @Test func `values that come in ranges are read to their end`() throws {
        let server = try FakeServer { _, before in
            switch before {
            case 0:
                [
                    Self.group([("member", nil), ("member;range=0-2", 0...2)]), Self.good,
                    Wire.result(0x65, 0),
                ]
            case 1: [Self.group([("member;range=3-5", 3...5)]), Wire.result(0x65, 0)]
            default: [Self.group([("member;range=6-*", 6...6)]), Wire.result(0x65, 0)]
            }
        }
        let result = try search(server, readsRanges: true)
        #expect(result.failure == nil)
        #expect(result.entries.map(\.attributes.count) == [1, 1])
        #expect(
            result.entries.first?[TestConnection.name("member")].compactMap(\.text)
                == (0...6).map { "cn=\($0)" })
    }

    @Test(arguments: [
        "member;range=2-3", "member;range=4-9", "member;range=3-2", "member",
        "member;range=3-9223372036854775807",
    ])
    func `ranges that do not follow each other are an error`(second: String) throws {
        let server = try FakeServer { _, before in
            before == 0
                ? [Self.group([("member;range=0-2", 0...2)]), Wire.result(0x65, 0)]
                : [Self.group([(second, 3...3)]), Wire.result(0x65, 0)]
        }
        let result = try search(server, readsRanges: true)
        #expect(result.failure?.isIncomplete == true)
        #expect(result.entries.isEmpty)
    }

    /// 389 takes such a name from anybody who may write their own title.
    @Test func `a range that nobody asked for is an attribute like others`() throws {
        let server = try FakeServer { _, _ in
            [
                Wire.entry(
                    Array("cn=x,dc=example,dc=com".utf8),
                    [
                        (Array("uid".utf8), [Array("x".utf8)]),
                        (Array("title;range=5-6".utf8), [Array("y".utf8)]),
                    ]), Self.good, Wire.result(0x65, 0),
            ]
        }
        let result = try search(server)
        #expect(result.failure == nil)
        #expect(result.entries.count == 2)
        #expect(result.entries.first?[TestConnection.name("uid")].map(\.text) == ["x"])
    }

    @Test func `a page after which the server forgets to say whether more follow is an error`()
        throws
    {
        let server = try FakeServer { _, before in
            [Self.good, before == 0 ? Wire.endOfPage : Wire.result(0x65, 0)]
        }
        let result = try search(server)
        #expect(result.entries.count == 2)
        #expect(
            result.failure?.diagnostic
                == "the server did not say whether there are more pages")
    }
}
