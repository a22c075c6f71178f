import Fixtures
import Foundation
import Glibc
import Ground
import Identity
import Testing

/// Lockstep is killed before, during and after a receiver's call: every event is delivered at least once,
/// never two at a time, each in its order.
@Suite struct ReceiverCrashTests {
    /// Kills of one run: `LOCKSTEP_KILLS=3000 swift test --filter ReceiverCrashTests` for who has hours.
    private static let kills =
        ProcessInfo.processInfo.environment["LOCKSTEP_KILLS"].flatMap { Int($0) } ?? 40

    private let receiver: ReceiverLab
    private var lab: LockLab { receiver.lab }

    init() throws {
        receiver = try ReceiverLab()
    }

    private let lock = ["lock", "ada", "--reason", "misuse", "--yes"]

    /// How many steps of a lock of ada are in the directory, and are not reading back.
    private func directorySteps() throws -> Int {
        let plan = try lab.json("lock", "ada", "--reason", "misuse", "--dry-run")
        let kinds = (plan["steps"]?.array ?? []).compactMap { $0["kind"]?.string }
        return kinds.count {
            ["disableEntry", "writeReason", "removeFromGroup"].contains($0)
        }
    }

    @Test func `killed before the call, it is called once`() throws {
        let count = try directorySteps()
        _ = try lab.start(lock, failAt: "step:\(count + 1)").wait()
        #expect(try receiver.log().isEmpty)
        #expect(try lab.retry().map(\.outcome) == ["completed"])
        #expect(try receiver.log() == ["begin process:1", "end process:1"])
    }

    @Test func `killed after the call, it is called again with the same key`() throws {
        let count = try directorySteps()
        _ = try lab.start(lock, failAt: "answered:\(count + 1)").wait()
        #expect(try receiver.log() == ["begin process:1", "end process:1"])
        #expect(try lab.retry().map(\.outcome) == ["completed"])
        #expect(try receiver.heard() == ["process:1", "process:1"])
        #expect(try lab.retry().isEmpty)
    }

    @Test func `killed during the call, nothing of it goes on while it is called again`() throws {
        // The shell ends with Lockstep; what it has started does not.
        try receiver.behave("sleep 300 & echo $! >child; sleep 300")
        let child = try lab.start(lock)
        while try receiver.log().isEmpty
            || !FileManager.default.fileExists(
                atPath: receiver.folder.file("child"))
        {
            try #require(child.isRunning)
            usleep(10_000)
        }
        child.end()
        try receiver.behave("end 0")
        #expect(try lab.retry().map(\.outcome) == ["completed"])
        #expect(
            try receiver.log() == ["begin process:1", "begin process:1", "end process:1"])
    }

    @Test func `another program waits for the end of a call`() throws {
        try receiver.behave("sleep 1; end 0")
        let first = try lab.start(lock)
        while try receiver.log().isEmpty { try #require(first.isRunning) }
        let second = try lab.lock("ben")
        #expect(second.outcome == "completed")
        #expect(try first.wait().exitCode == 0)
        #expect(
            try receiver.log() == [
                "begin process:1", "end process:1", "begin process:2", "end process:2",
            ])
    }

    @Test func `a lock of somebody of whom a receiver is just told waits for nobody`() throws {
        try receiver.behave("sleep 3; end 0")
        try lab.succeed("deactivate", "ada", "--reason", "holiday", "--yes")
        let first = try lab.start(["reactivate", "ada", "--reason", "back", "--yes"])
        while try receiver.heard().count < 2 { try #require(first.isRunning) }
        let second = try lab.start(lock)
        while try !lab.isLocked(LockLab.person("ada")) { try #require(second.isRunning) }
        // It is still being told of the older decision.
        #expect(try receiver.log().last == "begin process:2")
        #expect(try second.wait().exitCode == 0)
        _ = try first.wait()
        #expect(
            try receiver.log().suffix(4) == [
                "begin process:2", "end process:2", "begin process:3", "end process:3",
            ])
    }

    @Test func `killed at any moment, many times`() throws {
        try receiver.behave("sleep 0.0$(($$ % 10)); end 0")
        let people = ["ada", "ben", "cleo", "dora"]
        var random = SystemRandomNumberGenerator()
        for round in 0..<Self.kills {
            let name = people[round % people.count]
            let isReturn = (round / people.count) % 2 == 1
            let child = try lab.start(
                isReturn
                    ? ["reactivate", name, "--reason", "back", "--yes"]
                    : ["deactivate", name, "--reason", "holiday", "--yes"])
            usleep(UInt32.random(in: 20_000...400_000, using: &random))
            child.end()
        }
        while try !lab.retry().isEmpty {}
        let log = try receiver.log()
        #expect(log.allSatisfy { !$0.hasPrefix("overlap") }, "\(log)")
        let processes = try lab.processes()
        // Of one and the same user, what was decided later is never told before.
        var last: [Int64: Int64] = [:]
        for event in try receiver.heard() {
            let process = try #require(
                processes.first { "process:\($0.id)" == event }, "\(event)")
            #expect(process.id >= last[process.user, default: 0], "\(event): \(log)")
            last[process.user] = process.id
        }
        let ended = Set(log.filter { $0.hasPrefix("end ") }.map { String($0.dropFirst(4)) })
        for process in processes where process.state == "completed" {
            #expect(ended.contains("process:\(process.id)"))
        }
        try lab.verifyAudit()
    }
}

extension LockLab {
    /// Every process that changed something, and how it stands.
    fileprivate func processes() throws -> [(id: Int64, user: Int64, state: String)] {
        let end = try ChildProcess.run(
            "sqlite3", [folder.file("store.db"), "SELECT id, user, state FROM processes"]
        ).succeeded(at: "sqlite3")
        return end.stdout.split(separator: "\n").compactMap { line in
            let parts = line.split(separator: "|")
            guard let id = Int64(parts[0]), let user = Int64(parts[1]) else { return nil }
            return (id, user, String(parts[2]))
        }
    }
}
