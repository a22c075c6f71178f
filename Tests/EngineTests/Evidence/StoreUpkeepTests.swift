import Fixtures
import Foundation
import Ground
import Testing

/// `store backup`, `store check`, `store export` and `store adopt`.
@Suite struct StoreUpkeepTests {
    private func remove(_ lab: LockLab) throws {
        for suffix in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: lab.folder.file("store.db" + suffix))
        }
    }

    /// Puts the store back to a backup that was made before `change`.
    private func rollBack(_ lab: LockLab, _ change: () throws -> Void) throws {
        let copy = lab.folder.file("copy.db")
        try lab.succeed("store", "backup", copy)
        try change()
        try remove(lab)
        try FileManager.default.moveItem(atPath: copy, toPath: lab.folder.file("store.db"))
    }

    @Test func `a backup is whole, private, and never over an existing file`() throws {
        let lab = try LockLab()
        try lab.sync()
        let copy = lab.folder.file("copy.db")
        let answer = try lab.json("store", "backup", copy)
        #expect(answer["file"]?.string == copy)
        let mode = try FileManager.default.attributesOfItem(atPath: copy)[.posixPermissions]
        #expect(mode as? Int == 0o600)
        let before = try Data(contentsOf: URL(filePath: copy))
        let refused = try lab.json("store", "backup", copy, exit: 65)
        #expect(refused["error"]?["message"]?.string == "\(copy) exists already")
        #expect(try Data(contentsOf: URL(filePath: copy)) == before)
        let here = try FileManager.default.contentsOfDirectory(atPath: lab.folder.path)
        #expect(!here.contains { $0.contains(".part") })
        try lab.json("store", "backup", lab.folder.file("nowhere/copy.db"), exit: 74)
    }

    @Test func `a check reads all of the store`() throws {
        let lab = try LockLab()
        try lab.sync()
        try lab.lock("ada")
        let lines = try lab.json("store", "check").array ?? []
        #expect(lines.map { $0["check"]?.string } == ["tables", "audit", "head", "modes"])
        #expect(lines.allSatisfy { $0["state"] == "ok" && $0["directory"] == .null })
    }

    @Test func `a check names a changed audit event and exits 74`() throws {
        let lab = try LockLab()
        try lab.sync()
        try ChildProcess.run(
            "/usr/bin/python3",
            [
                "-c",
                """
                import sqlite3
                c = sqlite3.connect("\(lab.folder.file("store.db"))")
                c.execute("DROP TRIGGER audit_no_update")
                c.execute("UPDATE audit SET at = at + 1 WHERE sequence = 1")
                c.commit()
                """,
            ]
        ).succeeded(at: "python3")
        let lines = try lab.json("store", "check", exit: 74).array ?? []
        let audit = lines.first { $0["check"] == "audit" }
        #expect(audit?["state"] == "failed")
        #expect(audit?["message"] == "event 1, or what stood before it, was changed")
    }

    @Test func `an export is one document with all that the store knows`() throws {
        let lab = try LockLab()
        try lab.sync()
        try lab.lock("ada")
        let end = try lab.run("store", "export")
        let export = try #require(JSONValue(parsing: end.stdout))
        #expect(export["users"]?.array?.count == 12)
        #expect(export["directories"] == ["hq"])
        #expect(export["processes"]?[0]?["outcome"] == "completed")
        #expect(export["processes"]?[0]?["user"]?["username"] == "ada")
        #expect(export["runs"]?.array?.count == 1)
        #expect(export["audit"]?.array?.count == (try lab.audit().count))
        #expect(export["rejected"] == [])
    }

    @Test func `a restored store is adopted with a reason, and can be written again`() throws {
        let lab = try LockLab()
        lab.configuration.top = "approval: {deactivate: true}"
        try lab.configure()
        try lab.sync()
        try lab.json("deactivate", "ben", "--reason", "holiday", "--yes", exit: 10)
        lab.proxy.set(.cut)
        try lab.lock("cleo", exit: 75)
        lab.proxy.set(.none)
        try rollBack(lab) { try lab.lock("ada") }
        let refused = try lab.json(
            "lock", "dora", "--reason", "misuse", "--yes", exit: 74)
        #expect(
            refused["error"]?["hint"]
                == "When that was meant, run `lockstep store adopt --because TEXT`.")
        try lab.json("retry", exit: 74)
        try lab.json("sync", exit: 74)
        #expect(try lab.json("store", "check", exit: 74)[2]?["state"] == "failed")
        let adopted = try lab.json("store", "adopt", "--because", "a disk failed")
        #expect(adopted["adopted"] == true)
        #expect(adopted["requests"] == 1)
        #expect((adopted["steps"]?.int ?? 0) > 0)
        #expect(try lab.json("requests") == [])
        #expect(try lab.json("retry") == [])
        let event = try #require(try lab.audit().last)
        #expect(event["event"] == "store adopted")
        #expect(event["detail"]?["because"] == "a disk failed")
        try lab.verifyAudit()
        try lab.json("store", "check")
        try lab.lock("dora")
    }

    @Test func `a store that was not rolled back is not adopted`() throws {
        let lab = try LockLab()
        try lab.sync()
        let refused = try lab.json("store", "adopt", "--because", "to be sure", exit: 65)
        #expect(
            refused["error"]?["message"]
                == "the store was not rolled back: there is nothing to adopt")
    }

    @Test func `a head file that can't be read is adopted, too`() throws {
        let lab = try LockLab()
        try lab.sync()
        try Data("what is this".utf8).write(to: URL(filePath: lab.folder.file("store.db.head")))
        try lab.json("lock", "ada", "--reason", "misuse", "--yes", exit: 74)
        #expect(try lab.show("ada")["state"] == "active")
        try lab.json("store", "adopt", "--because", "the head was overwritten")
        try lab.lock("ada")
    }

    @Test func `every process says on request how far the audit chain has come`() throws {
        let lab = try LockLab()
        try lab.sync()
        let end = try lab.run("--verbose", "lock", "ada", "--reason", "misuse", "--yes")
        let last = try #require(try lab.audit().last)
        let sequence = try #require(last["sequence"]?.int)
        let hash = try #require(last["hash"]?.string)
        let line = "lockstep: audit head \(sequence):\(hash) of \(lab.folder.file("store.db"))\n"
        #expect(end.stderr.contains(line))
        try lab.succeed("audit", "verify", "--head", "\(sequence):\(hash)")
        let quiet = try lab.run("lock", "ben", "--reason", "misuse", "--yes")
        #expect(!quiet.stderr.contains("audit head"))
    }
}
