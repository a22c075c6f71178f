import Fixtures
import Foundation
import Identity
import Testing

@testable import Store

/// A power cut, which `kill -9` does not show: the disk has what was synced, and some of the rest.
@Suite struct PowerCutTests {
    /// What a cut leaves of the writes that no sync followed.
    enum Rest: String, CaseIterable {
        case none
        case half
        case otherHalf
    }

    @Test(arguments: Rest.allCases)
    func `after a cut at any sync the store is whole, and no acknowledged lock is lost`(
        _ rest: Rest
    ) async throws {
        let folder = try ScratchFolder()
        let (path, log) = (folder.file("lockstep.db"), folder.file("log"))
        await #expect(processExitsWith: .success) { [path = path as String, log = log as String] in
            try PowerCutScenario.play(path: path, log: log)
        }
        let events = try RecordedDisk.events(inFile: log)
        var disk = RecordedDisk()
        var acknowledged: [String] = []
        var head: [UInt8] = []
        var generator = SeededGenerator(seed: 42)
        var cuts = 0
        for event in events {
            switch event.kind {
            case .create, .write, .truncate, .delete: break
            case .mark:
                let line = event.octets.prefix { $0 != UInt8(ascii: "\n") }
                acknowledged.append(String(decoding: line, as: UTF8.self))
                head = Array(event.octets.dropFirst(line.count + 1))
                fallthrough
            case .sync:
                let files = disk.cut { _ in
                    rest != .none && (generator.next() & 1 == 0) == (rest == .half)
                }
                try expectWhole(files, head: head, acknowledged, in: folder)
                cuts += 1
            }
            disk.apply(event)
        }
        #expect(acknowledged.count == 1 + 2 * Int(PowerCutScenario.people))
        print("power cut | unsynced kept: \(rest) | \(cuts) cuts | all whole")
    }

    private func expectWhole(
        _ files: [UInt8: [UInt8]], head: [UInt8], _ acknowledged: [String],
        in folder: ScratchFolder
    ) throws {
        let path = folder.file("cut.db")
        for (suffix, file) in [
            ("", UInt8(ascii: "d")), ("-wal", UInt8(ascii: "w")), ("-journal", UInt8(ascii: "j")),
        ] {
            try? FileManager.default.removeItem(atPath: path + suffix)
            guard let octets = files[file], !octets.isEmpty else { continue }
            try Data(octets).write(to: URL(filePath: path + suffix))
        }
        try? FileManager.default.removeItem(atPath: path + "-shm")
        try? FileManager.default.removeItem(atPath: path + ".head")
        // Before it came into being, whole.
        if !head.isEmpty { try Data(head).write(to: URL(filePath: path + ".head")) }
        let store = try Store.open(path, for: .write(create: true))
        #expect(try store.database.problems() == [])
        #expect(try store.audit.verify().firstBroken == nil)
        try expectLocks(store, acknowledged)
        // And it goes on.
        try store.appendEvents(1)
    }

    /// Each lock is there whole or not at all; what was acknowledged is there.
    private func expectLocks(_ store: Store, _ acknowledged: [String]) throws {
        let lastBegun = Int64(acknowledged.count { $0.hasPrefix("begun") })
        let lastEnded = Int64(acknowledged.count { $0.hasPrefix("ended") })
        let statement = try store.database.prepare(
            """
            SELECT u.id, u.state = 'locked' AS user_locked, c.state = 'locked' AS card_locked,
                (SELECT count(*) FROM processes WHERE user = u.id) AS processes,
                (SELECT count(*) FROM steps s JOIN processes p ON p.id = s.process
                    WHERE p.user = u.id) AS steps,
                (SELECT count(*) FROM audit WHERE user = u.id) AS events,
                (SELECT count(*) FROM processes WHERE user = u.id AND state = 'completed')
                    AS completed
            FROM users u JOIN credentials c ON c.user = u.id ORDER BY u.id
            """)
        var people: Int64 = 0
        while try statement.step() {
            let user = try statement.int("id")
            people += 1
            let isLocked = try statement.int("user_locked") == 1
            let isEnded = try statement.int("completed") == 1
            #expect(try (statement.int("card_locked") == 1) == isLocked)
            #expect(try statement.int("processes") == (isLocked ? 1 : 0))
            #expect(try statement.int("steps") == (isLocked ? 4 : 0))
            #expect(try statement.int("events") == (isLocked ? 1 : 0) + (isEnded ? 1 : 0))
            if user <= lastBegun { #expect(isLocked, "\(user) of \(lastBegun)") }
            if user <= lastEnded { #expect(isEnded, "\(user) of \(lastEnded)") }
        }
        if !acknowledged.isEmpty { #expect(people == PowerCutScenario.people) }
    }
}
