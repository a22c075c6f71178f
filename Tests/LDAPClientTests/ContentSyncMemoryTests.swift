import Fixtures
import Foundation
import LDAP
import LDAPClient
import Testing

/// In a process of its own, whose memory nobody else uses.
@Suite struct ContentSyncMemoryTests {
    @Test func `the ids of two hundred thousand entries are not kept`() async {
        await #expect(processExitsWith: .success) {
            let part = ContentSyncMemoryTests.idSet(of: 250)
            let done = Wire.controls([("1.3.6.1.4.1.4203.1.9.1.3", [0x30, 0x00])])
            let server = try FakeServer { _, _ in
                Array(repeating: part, count: 800) + [Wire.result(0x65, 0) + done]
            }
            defer { withExtendedLifetime(server) {} }
            let connection = try Connection(
                try TestConnection.options(server.url, operationTimeout: 60))
            var sync = try connection.contentSync(
                base: .root, scope: .subtree, filter: TestConnection.people, attributes: [],
                cookie: nil)
            var (count, first, last) = (0, 0, 0)
            while let event = try sync.next() {
                guard case .idSet(let ids, false, nil) = event else { continue }
                count += ids.count
                if count == 20_000 { first = try ContentSyncMemoryTests.kibibytes() }
                if count == 200_000 { last = try ContentSyncMemoryTests.kibibytes() }
            }
            // As arrays they would take more than 9,000.
            guard count == 200_000, last - first < 2_000 else {
                throw FixtureError("\(count) ids, from \(first) to \(last) KiB")
            }
        }
    }

    private static func idSet(of count: Int) -> [UInt8] {
        let ids = (0..<count).flatMap { index in
            Wire.element(0x04, Array(repeating: UInt8(truncatingIfNeeded: index), count: 16))
        }
        return Wire.intermediate(
            "1.3.6.1.4.1.4203.1.9.1.4", Wire.element(0xa3, Wire.element(0x31, ids)))
    }

    /// Of this process, in memory now.
    private static func kibibytes() throws -> Int {
        let text = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
        let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) }
        return try #require(pages) * 4
    }
}
