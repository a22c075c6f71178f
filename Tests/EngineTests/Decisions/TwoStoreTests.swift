import Fixtures
import Ground
import Testing

/// Two stores that follow one directory, of which the second reports drift and does not undo it.
@Suite struct TwoStoreTests {
    private struct SecondStore: DrivenProgram {
        let folder: TemporaryFolder

        /// The first one's configuration, but for drift.
        init(of lab: DecideLab) throws {
            folder = try TemporaryFolder("second")
            try folder.write(Slapd.servicePassword, to: "hq.password")
            let hq = lab.hq
            try lab.configure("drift: report")
            let text = lab.lab.configuration.text(url: lab.lab.proxy.url)
            lab.hq = hq
            try lab.configure()
            try folder.write(text, to: "lockstep.yaml")
        }

        func changes() throws -> [String: Int64] {
            SyncAnswer(json: try json("sync"), stderr: "").changes
        }

        func state(_ user: String) throws -> String? { try show(user)["state"]?.string }
    }

    private let ada = LockLab.person("ada")

    @Test func `a lock in one store reaches the other, with its reason`() throws {
        let first = try DecideLab()
        try first.sync()
        let second = try SecondStore(of: first)
        try second.sync()
        try first.lab.lock("ada")
        #expect(try second.changes() == ["locked": 1])
        #expect(try second.show("ada")["lock"]?["reason"] == "left-organization")
        // What the second store makes of it is nothing new to either.
        for _ in 0..<2 {
            #expect(try first.sync().changes == [:])
            #expect(try second.changes() == [:])
        }
        #expect(try first.lab.isLocked(ada))
        #expect(try first.lab.groups(of: ada).isEmpty)
        try second.lock("ben")
        #expect(try first.sync().changes == ["locked": 1])
        #expect(try first.reason("ben") == "left-organization")
    }

    @Test func `after an unlock in one store the other reports, and they do not fight`() throws {
        let first = try DecideLab()
        try first.sync()
        let second = try SecondStore(of: first)
        try first.lab.lock("ada")
        try second.sync()
        #expect(try second.state("ada") == "locked")
        try first.lab.json("unlock", "ada", "--reason", "cleared", "--yes")
        for _ in 0..<2 {
            #expect(try second.changes() == ["drift": 1])
            #expect(try first.sync().changes == [:])
            #expect(try !first.lab.isLocked(ada))
        }
        let messages = (try second.json("status")["attention"]?.array ?? [])
            .compactMap { $0["message"]?.string }
        #expect(messages.contains { $0.hasPrefix("hq: ada is locked, and is enabled again") })
        // The same unlock there ends it.
        try second.json("unlock", "ada", "--reason", "cleared", "--yes")
        #expect(try second.changes() == [:])
        #expect(try first.sync().changes == [:])
        #expect(try first.state("ada") == "active")
        #expect(try second.state("ada") == "active")
        #expect(try !first.lab.isLocked(ada))
    }
}
