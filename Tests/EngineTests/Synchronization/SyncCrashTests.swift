import Fixtures
import Foundation
import Glibc
import Ground
import Identity
import Store
import Testing

/// Whatever moment a sync is killed at, the next one leads to the same end.
@Suite struct SyncCrashTests {
    private static func lab() throws -> DecideLab {
        let lab = try DecideLab(
            "limits: {missing: 1000, disabled: 1000, reenabled: 1000, locks: 1000, drift: 1000}"
        ) { $0.syncProvider = .sessionLog(1_000) }
        for name in ["new0", "new1"] { try add(name, lab) }
        try lab.sync()
        return lab
    }

    private static func add(_ name: String, _ lab: DecideLab) throws {
        try lab.lab.server.add(
            "dn: \(LockLab.person(name))\nobjectClass: inetOrgPerson\nuid: \(name)\ncn: \(name)\n"
                + "sn: \(name)\n")
    }

    /// Somebody comes and gets a role, somebody changes, somebody leaves, somebody is deleted.
    private static func edit(_ lab: DecideLab, _ round: Int) throws {
        try add("new\(round)", lab)
        try lab.join("new\(round)", "staff")
        try lab.lab.change(LockLab.person("ben"), "replace: title\ntitle: Head \(round)")
        try lab.type("new\(round - 1)", "left")
        try lab.lab.server.delete(LockLab.person("new\(round - 2)"))
    }

    /// What reading everything finds is what is stored, and the leaver was locked once.
    private static func expectInStep(
        _ lab: DecideLab, _ round: Int, at location: SourceLocation = #_sourceLocation
    ) throws {
        let run = try lab.sync(at: location)
        #expect(run.json["directories"]?[0]?["full"] == false, sourceLocation: location)
        try lab.sync("--full", "--check", at: location)
        let leaver = "new\(round - 1)"
        #expect(try lab.state(leaver) == "locked", sourceLocation: location)
        #expect(try lab.lab.isLocked(LockLab.person(leaver)), sourceLocation: location)
        #expect(try lab.state("new\(round)") == "active", sourceLocation: location)
        let show = try lab.lab.show("new\(round - 2)")
        #expect(show["missingSince"] != .null, sourceLocation: location)
        let locks = try lab.lab.audit().count {
            $0["event"] == "lock" && $0["user"]?["username"]?.string == leaver
        }
        #expect(locks == 1, sourceLocation: location)
    }

    @Test(arguments: FailPoint.allCases)
    func `killed at a named place, the next sync ends it`(_ point: FailPoint) throws {
        let lab = try Self.lab()
        var round = 2
        var count = 1
        while true {
            try Self.edit(lab, round)
            let end = try lab.lab.start(["sync"], failAt: "\(point):\(count)").wait()
            try Self.expectInStep(lab, round)
            guard end.exitCode == 137 else {
                #expect(end.exitCode == 0, "\(end.stderr)")
                break
            }
            round += 1
            // Every place is a place; of the statements one in four is looked at.
            count += point == .statement ? 4 : 1
        }
        #expect(count > 1, "\(point)")
        try lab.lab.verifyAudit()
    }

    @Test func `killed at any moment, the next sync ends it`() throws {
        let lab = try Self.lab()
        var random = SystemRandomNumberGenerator()
        for round in 2..<14 {
            try Self.edit(lab, round)
            let child = try lab.lab.start(["sync"])
            usleep(UInt32.random(in: 5_000...150_000, using: &random))
            child.end()
            try Self.expectInStep(lab, round)
        }
        try lab.lab.verifyAudit()
    }

    @Test func `a first sync that is killed at any moment is ended by the next`() throws {
        let lab = try DecideLab { $0.syncProvider = .sessionLog(1_000) }
        var random = SystemRandomNumberGenerator()
        for _ in 0..<8 {
            for suffix in ["", "-wal", "-shm", ".head", ".lock"] {
                try? FileManager.default.removeItem(
                    atPath: lab.lab.folder.file("store.db" + suffix))
            }
            let child = try lab.lab.start(["sync"])
            usleep(UInt32.random(in: 10_000...120_000, using: &random))
            child.end()
            try lab.sync()
            #expect(try lab.lab.json("find", "a", "--limit", "100").array?.isEmpty == false)
            try lab.sync("--full", "--check")
            try lab.lab.succeed("store", "check")
        }
    }
}
