import Fixtures
import LDAP
import LDAPClient
import Testing

/// A refresh whose server or connection is lost before its end.
@Suite struct ContentSyncLossTests {
    /// An answer of a present phase, cut after any number of octets up to its last.
    @Test(arguments: [ContentSyncTests.Log.none, .session])
    func `a connection that is cut in the middle never looks done`(log: ContentSyncTests.Log) throws
    {
        let slapd = try ContentSyncTests.slapd(log)
        let cookie = try ContentSyncTests.refresh(try TestConnection.bound(slapd)).done?.cookie
        try slapd.delete(SampleOrganisation.person("ben"))
        try slapd.modify(ContentSyncTests.modify("ada", "mail", "ada@example.org"))
        let proxy = try TCPProxy(to: slapd.port)
        let whole = try Self.size(proxy, slapd, cookie)
        for bytes in Array(stride(from: 1, to: whole, by: 7)) + [whole - 2, whole - 1] {
            proxy.set(.none)
            let connection = try TestConnection.bound(slapd, via: proxy.url)
            proxy.set(.cut, afterBytes: bytes)
            let result = try ContentSyncTests.refresh(connection, cookie: cookie)
            #expect(result.done == nil, "\(bytes) of \(whole) octets")
            #expect(result.failure?.code == .serverDown, "\(bytes) of \(whole) octets")
            #expect(result.failure?.isIncomplete == true, "\(bytes) of \(whole) octets")
        }
    }

    /// How many octets the server sends for a refresh that comes through.
    private static func size(_ proxy: TCPProxy, _ slapd: Slapd, _ cookie: [UInt8]?) throws -> Int {
        let connection = try TestConnection.bound(slapd, via: proxy.url)
        let before = settled(proxy)
        let result = try ContentSyncTests.refresh(connection, cookie: cookie)
        #expect(result.done != nil)
        return settled(proxy) - before
    }

    /// The proxy counts what it has relayed a moment after the client has it.
    private static func settled(_ proxy: TCPProxy) -> Int {
        var count = -1
        while count != proxy.bytesFromServer {
            count = proxy.bytesFromServer
            for _ in 0..<10 { usleepBriefly() }
        }
        return count
    }

    @Test func `a server that stalls ends the refresh with an error`() throws {
        let slapd = try ContentSyncTests.slapd(.none)
        let proxy = try TCPProxy(to: slapd.port)
        let connection = try TestConnection.bound(slapd, via: proxy.url, operationTimeout: 1)
        proxy.set(.stall, afterBytes: 300)
        let result = try ContentSyncTests.refresh(connection)
        #expect(result.done == nil)
        #expect(result.failure?.code == .timeout)
        #expect(result.failure?.isIncomplete == true)
    }

    @Test func `a server that is killed in the middle ends the refresh with an error`() throws {
        let slapd = try ContentSyncTests.slapd(.none) {
            $0.data = SampleOrganisation(people: 5_000, groups: 0).ldif
        }
        let connection = try TestConnection.bound(slapd)
        var sync = try connection.contentSync(
            base: try TestConnection.dn(TestConnection.suffix), scope: .subtree,
            filter: TestConnection.people, attributes: [], cookie: nil)
        _ = try sync.next()
        slapd.kill()
        let rest = ContentSyncRefresh(sync)
        #expect(rest.done == nil)
        #expect(rest.failure?.isIncomplete == true)
    }
}
