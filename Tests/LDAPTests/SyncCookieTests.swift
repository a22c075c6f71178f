import Ground
import LDAP
import Testing

@Suite struct SyncCookieTests {
    private static let first = "20240131120000.000001Z#000000#001#000000"
    private static let second = "20240131120000.000002Z#000000#002#000000"

    private func csn(_ text: String) throws -> CSN { try #require(CSN(text)) }

    @Test func `a change sequence number says which server's it is`() throws {
        #expect(try csn(Self.first).serverID == 1)
        #expect(try csn("20240131120000.000001Z#000000#FfF#000000").serverID == 4095)
        #expect(
            try csn("20240131120000.000001z#00000A#00b#000000").text.hasSuffix(
                "Z#00000a#00b#000000"))
    }

    @Test func `a number of 389 says which replica's it is, and when it was given`() throws {
        let number = try csn("65BA3780000200010000")
        #expect(number.text == "65ba3780000200010000")
        #expect(number.serverID == 1)
        #expect(number.time?.rfc3339 == "2024-01-31T12:05:20Z")
        #expect(try number < csn("65ba3780000300010000"))
        #expect(try number < csn("65ba3781000000010000"))
        #expect(try csn(Self.first).time == nil)
    }

    @Test func `of a replica update vector the newest change of each replica counts`() throws {
        let values = [
            "{replicageneration} 65ba0000000000010000",
            "{replica 1 ldap://localhost:389} 65ba0001000000010000 65ba3780000000010000",
            "{replica 2 ldap://other:389} 65ba0001000000020000 65ba3781000000020000",
            "{replica 3 ldap://third:389}",
        ]
        let vector = ContextCSN(updateVector: values.map { AttributeValue($0) })
        #expect(vector?.description == "65ba3780000000010000;65ba3781000000020000")
        #expect(ContextCSN(vector?.description ?? "")?.numbers == vector?.numbers)
        for odd in [
            "{replica 1 ldap://localhost:389} a b", "{replicageneration} 65ba0000000000010000",
            "{replica ", "{replica }", "{replica x}", "",
        ] {
            #expect(ContextCSN(updateVector: [AttributeValue(odd)]) == nil)
        }
    }

    @Test func `a replica that was taken out holds nobody up once its changes are old`() throws {
        let seen = ContextCSN(
            try ["65ba3780000000010000", "65ba3780000000020000", Self.first].map(csn))
        let own = ContextCSN([try csn("65ba3790000000010000")])
        let written = try #require(try csn("65ba3780000000020000").time)
        #expect(
            !own.isNotOlder(than: seen.without(unknownTo: own, writtenBefore: written)))
        #expect(
            own.isNotOlder(
                than: seen.without(unknownTo: own, writtenBefore: written.advanced(by: 1))))
        // What one product has seen says nothing of another.
        let other = ContextCSN([try csn("20240131120000.000009Z#000000#001#000000")])
        #expect(other.isNotOlder(than: seen.without(unknownTo: other, writtenBefore: written)))
    }

    @Test(arguments: [
        (["{replica 2 ldap://other:389}"], true),
        (["{replica 2}"], true),
        // Its data was made anew after the change.
        (["{replicageneration} 65ba3781000000010000", "{replica 2 ldap://other:389}"], false),
        (["{replicageneration} 65ba3780000000010000", "{replica 2 ldap://other:389}"], true),
        (["{replica 1 ldap://here:389} 65ba0001000000010000 65ba3790000000010000"], false),
        (["{replica 22 ldap://other:389}"], false),
    ])
    func `a replica that is named without changes was not taken out: who has none of it lags`(
        row: (vector: [String], lags: Bool)
    ) throws {
        let seen = ContextCSN([try csn("65ba3780000000020000")])
        let own = try #require(ContextCSN(updateVector: row.vector.map { AttributeValue($0) }))
        let written = try #require(seen.numbers.first?.time).advanced(by: 1)
        #expect(
            own.isNotOlder(than: seen.without(unknownTo: own, writtenBefore: written)) != row.lags)
        // Nothing that OpenLDAP has shown is asked of it.
        let other = ContextCSN([try csn(Self.first)])
        #expect(own.isNotOlder(than: other.without(unknownTo: own, writtenBefore: written)))
    }

    @Test(arguments: [
        #"cn=replica,cn=dc\3Dexample\2Cdc\3Dcom,cn=mapping tree,cn=config"#,
        #"cn=replica,cn="dc=example,dc=com",cn=mapping tree,cn=config"#,
        #"cn=replica, cn="DC=Example, dc=com", cn=Mapping Tree, cn=config"#,
        #"CN=Replica,cn=domainComponent\=EXAMPLE\,\20dc\=com,cn=mapping tree,cn=config"#,
    ])
    func `the suffix of a replica is known however it is spelt`(text: String) throws {
        #expect(DN(text)?.replicatedSuffix == DN("dc=example,dc=com"))
    }

    @Test(arguments: [
        "cn=other,cn=replica,cn=dc\\3Dexample,cn=mapping tree,cn=config",
        "cn=replica,cn=dc\\3Dexample,cn=tree,cn=config",
        "cn=replica,cn=example,cn=mapping tree,cn=config",
        "cn=dc\\3Dexample,cn=mapping tree,cn=config",
    ])
    func `an entry beside a replica is none`(text: String) throws {
        #expect(try #require(DN(text)).replicatedSuffix == nil)
    }

    @Test(arguments: [
        "", "20240131120000Z#000000#00#000000", "20240131120000.000001Z#000000#001#00000",
        "20240131120000.000001Z#000000#001#0000000", "20240131120000.000001Z#000000#00g#000000",
        "2024013112000x.000001Z#000000#001#000000", "20240131120000.000001Z#000000#001#00000\u{e9}",
    ])
    func `anything else is none`(text: String) {
        #expect(CSN(text) == nil)
        #expect(ContextCSN(text) == nil)
        #expect(ContextCSN([AttributeValue(text)]) == nil)
    }

    @Test(arguments: [
        ("20240131120000.000001Z#000000#001#000000", "20240131120000.000002Z#000000#001#000000"),
        ("20240131120000.999999Z#000000#001#000000", "20240131120001.000000Z#000000#001#000000"),
        ("20240131120000.000001Z#000000#001#000000", "20240131120000.000001Z#00000a#001#000000"),
        ("20240131120000.000001Z#000009#001#000000", "20240131120000.000001Z#00000A#001#000000"),
    ])
    func `a later change is the greater one`(row: (earlier: String, later: String)) throws {
        #expect(try csn(row.earlier) < csn(row.later))
        #expect(try !(csn(row.later) < csn(row.earlier)))
    }

    @Test func `a cookie names the replica, the server and its changes`() throws {
        let cookie = try #require(
            SyncCookie(Array("rid=007,sid=00a,csn=\(Self.second);\(Self.first)".utf8)))
        #expect(cookie.replicaID == 7)
        #expect(cookie.serverID == 10)
        #expect(cookie.contextCSN[serverID: 1]?.text == Self.first)
        #expect(cookie.contextCSN.description == "\(Self.first);\(Self.second)")
    }

    @Test func `a cookie may leave out what does not matter`() throws {
        let cookie = try #require(SyncCookie(Array("csn=\(Self.first),delcsn=\(Self.first)".utf8)))
        #expect(cookie.replicaID == nil)
        #expect(cookie.serverID == nil)
        #expect(try #require(SyncCookie(Array("rid=000".utf8))).contextCSN.numbers.isEmpty)
    }

    @Test(arguments: [
        "", ",", "=", "garbage", "rid=", "rid=1000,csn=", "rid=+1", "rid=0x1", "sid=001",
        "rid=000,csn=nothing", "rid=000,csn=\(first);", "rid=000,rid=001", "rid=000,,csn=\(first)",
        "server.example.com:389#cn=lockstep:dc=example,dc=com:(objectClass=*)#42",
    ])
    func `what OpenLDAP would not write is no cookie`(text: String) {
        #expect(SyncCookie(Array(text.utf8)) == nil)
    }

    @Test func `octets that are no text are no cookie`() {
        #expect(SyncCookie([0x72, 0x69, 0x64, 0x3d, 0xff]) == nil)
    }

    @Test(arguments: [
        ([first], [first], true), ([first], [], true), ([], [first], false), ([], [], true),
        ([first, second], [first], true), ([first], [first, second], false),
        ([first], ["20240131120000.000000Z#000000#001#000000"], true),
        ([first], ["20240131120000.000000Z#00000f#001#000000"], true),
        ([first], ["20240131120000.000002Z#000000#001#000000"], false),
        // The time of one server says nothing about what was received of another.
        ([second], [first], false),
        (["20240131120009.000000Z#000000#001#000000", second], [first, second], true),
        (
            ["20240131120009.000000Z#000000#001#000000", second],
            [first, "20240131120000.000003Z#000000#002#000000"], false
        ),
    ])
    func `a server is not older when it has every other's changes`(
        row: (own: [String], seen: [String], isNotOlder: Bool)
    ) throws {
        let own = ContextCSN(try row.own.map(csn))
        #expect(own.isNotOlder(than: ContextCSN(try row.seen.map(csn))) == row.isNotOlder)
    }

    @Test func `of two changes of one server the newer counts`() throws {
        let newer = "20240131120009.000000Z#000000#001#000000"
        #expect(ContextCSN([try csn(newer), try csn(Self.first)]).description == newer)
    }

    @Test func `what was written down is read back`() throws {
        let context = ContextCSN([try csn(Self.second), try csn(Self.first)])
        #expect(ContextCSN(context.description) == context)
    }
}
