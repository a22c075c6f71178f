import Fixtures
import Foundation
import Ground
import Identity
import Testing

/// The first sync after a store was put back to an older state and adopted.
@Suite struct AdoptionTests {
    /// In the store ada is locked, in the directory she was unlocked since.
    private func adopted() throws -> DecideLab {
        let lab = try DecideLab()
        try lab.sync()
        try lab.lab.lock("ada")
        try lab.sync()
        let copy = lab.lab.folder.file("copy.db")
        try lab.lab.succeed("store", "backup", copy)
        try lab.lab.succeed("unlock", "ada", "--reason", "back", "--yes", "--restore-roles")
        for suffix in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: lab.lab.folder.file("store.db" + suffix))
        }
        try FileManager.default.moveItem(atPath: copy, toPath: lab.lab.folder.file("store.db"))
        try lab.sync(exit: 74)
        try lab.lab.json("store", "adopt", "--because", "a disk failed")
        return lab
    }

    @Test func `it is stopped with a plan of the drift, and its release enforces again`() throws {
        let lab = try adopted()
        for _ in 0..<2 {
            let run = try lab.sync(exit: 11)
            #expect((run.outcome, run.changes) == ("stopped", [:]))
            #expect(
                run.error
                    == "hq: the store was put back to an older state and adopted, and 1 user has "
                    + "drifted from it: nobody's state is changed before the plan is released.")
            #expect(try !lab.lab.isLocked(LockLab.person("ada")))
        }
        let plan = try #require(try lab.sync("--dry-run", exit: 11).plan)
        #expect(try lab.sync("--release", plan).changes == ["drift": 1])
        #expect(try lab.lab.isLocked(LockLab.person("ada")))
        try lab.enable("ada")
        #expect(try lab.sync().changes == ["drift": 1])
        try lab.lab.verifyAudit()
    }

    @Test func `who is unlocked again has not drifted, and the next sync enforces`() throws {
        let lab = try adopted()
        try lab.sync(exit: 11)
        try lab.lab.succeed("unlock", "ada", "--reason", "back", "--yes", "--restore-roles")
        #expect(try lab.sync("--full").changes == [:])
        try lab.lab.lock("ben")
        try lab.enable("ben")
        #expect(try lab.sync().changes == ["drift": 1])
    }

    @Test func `everything is read anew`() throws {
        let lab = try DecideLab { $0.syncProvider = .sessionLog(1_000) }
        try lab.sync()
        let copy = lab.lab.folder.file("copy.db")
        try lab.lab.succeed("store", "backup", copy)
        try lab.lab.lock("ada")
        #expect(try lab.sync().json["directories"]?[0]?["full"] == false)
        for suffix in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: lab.lab.folder.file("store.db" + suffix))
        }
        try FileManager.default.moveItem(atPath: copy, toPath: lab.lab.folder.file("store.db"))
        try lab.lab.json("store", "adopt", "--because", "a disk failed")
        let run = try lab.sync()
        #expect(run.json["directories"]?[0]?["full"] == true)
        #expect(try lab.reason("ada") == "left-organization")
    }
}
