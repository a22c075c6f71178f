import Fixtures
import Glibc
import Ground
import Identity
import Testing

/// An unlock that is refused once the directory is up again: the lock stands, and all of it.
@Suite struct UnlockRefusalTests {
    private static let ada = LockLab.person("ada")

    private static func lab() throws -> LockLab {
        let lab = try LockLab()
        lab.configuration.recognise = "recognise: {employeeType: left}"
        try lab.configure()
        try lab.change(ada, "add: employeeType\nemployeeType: staff")
        try lab.sync()
        return lab
    }

    private func expectLocked(
        _ lab: LockLab, by lock: LockAnswer, at location: SourceLocation = #_sourceLocation
    ) throws {
        let ada = Self.ada
        #expect(try lab.isLocked(ada), sourceLocation: location)
        #expect(!lab.binds("ada"), sourceLocation: location)
        #expect(try lab.groups(of: ada).isEmpty, sourceLocation: location)
        let shown = try lab.show("ada")
        #expect(shown["state"] == "locked", sourceLocation: location)
        #expect(shown["lock"]?["process"]?.int == lock.process, sourceLocation: location)
        #expect(shown["lock"]?["at"]?.string == lock.at, sourceLocation: location)
        #expect(shown["roles"]?.array?.isEmpty == true, sourceLocation: location)
        #expect(shown["pending"]?.array?.isEmpty == true, sourceLocation: location)
        #expect(try lab.retry(at: location).isEmpty, sourceLocation: location)
        try lab.verifyAudit(at: location)
    }

    @Test func `a lock that never reached the directory reaches it then`() throws {
        let lab = try Self.lab()
        lab.proxy.set(.cut)
        let lock = try lab.lock("ada", exit: 75)
        _ = try lab.unlock(exit: 75)
        try lab.change(Self.ada, "replace: employeeType\nemployeeType: left")
        lab.proxy.set(.none)
        let answers = try lab.retry(exit: 65)
        #expect(answers.map(\.outcome) == ["refused", "completed"])
        #expect(answers.last?.process == lock.process)
        try expectLocked(lab, by: lock)
    }

    @Test func `where a sync comes first, it locks her for what it recognises`() throws {
        let lab = try Self.lab()
        lab.proxy.set(.cut)
        try lab.lock("ada", exit: 75)
        _ = try lab.unlock(exit: 75)
        try lab.change(Self.ada, "replace: employeeType\nemployeeType: left")
        lab.proxy.set(.none)
        // Whether the pending steps are due by then is a matter of time.
        _ = try lab.run("sync")
        _ = try lab.run("retry")
        #expect(try lab.isLocked(Self.ada))
        #expect(try lab.groups(of: Self.ada).isEmpty)
        #expect(try lab.show("ada")["state"] == "locked")
        #expect(try lab.retry().isEmpty)
        try lab.verifyAudit()
    }

    @Test func `what the unlock had given back already is taken again`() throws {
        let lab = try Self.lab()
        let lock = try lab.lock("ada")
        let unlock = ["unlock", "ada", "--reason", "cleared", "--yes", "--restore-roles"]
        #expect(try lab.start(unlock, failAt: "answered:4").wait().exitCode == 137)
        #expect(lab.binds("ada"))
        #expect(try !lab.groups(of: Self.ada).isEmpty)
        try lab.change(Self.ada, "replace: employeeType\nemployeeType: LEFT")
        let answers = try lab.retry(exit: 65)
        #expect(answers.map(\.outcome) == ["refused", "completed"])
        try expectLocked(lab, by: lock)

        try lab.change(Self.ada, "replace: employeeType\nemployeeType: gone")
        #expect(try lab.unlock("--restore-roles").outcome == "completed")
        #expect(lab.binds("ada"))
        #expect(try lab.groups(of: Self.ada).count == 3)
    }

    /// The times that the evidence of a process has, by step.
    private func times(_ lab: LockLab, _ process: Int64?) throws -> JSONValue {
        let report = try lab.json("report", "\(process ?? 0)")
        return [
            "seconds": report["secondsToDisabled"] ?? .null,
            "finished": report["finishedAt"] ?? .null,
            "steps": .array((report["steps"]?.array ?? []).map { $0["at"] ?? .null }),
        ]
    }

    /// Every two seconds are another time.
    @Test func `when the lock was first carried out stays what it was, in every report`() throws {
        let lab = try Self.lab()
        let lock = try lab.lock("ada")
        let before = try times(lab, lock.process)
        #expect(before["seconds"]?.int.map { $0 < 60 } == true)
        sleep(2)
        lab.proxy.set(.cut)
        _ = try lab.unlock(exit: 75)
        try lab.change(Self.ada, "replace: employeeType\nemployeeType: LEFT")
        lab.proxy.set(.none)
        #expect(try lab.retry(exit: 65).map(\.outcome) == ["refused", "completed"])
        #expect(try times(lab, lock.process) == before)
        let period = try lab.json("report", "--since", "1d")
        #expect(period["timeToDisabled"]?["longest"] == before["seconds"])
        #expect(period["processes"]?[0]?["secondsToDisabled"] == before["seconds"])
        try expectLocked(lab, by: lock)
    }

    @Test func `what was done once and is to be done again is not called done`() throws {
        let lab = try Self.lab()
        let lock = try lab.lock("ada")
        let before = try times(lab, lock.process)
        let unlock = ["unlock", "ada", "--reason", "cleared", "--yes", "--restore-roles"]
        #expect(try lab.start(unlock, failAt: "answered:4").wait().exitCode == 137)
        try lab.change(Self.ada, "replace: employeeType\nemployeeType: LEFT")
        // The unlock is refused, and the lock's own steps have not begun.
        #expect(try lab.start(["retry"], failAt: "step:2").wait().exitCode == 137)
        let report = try lab.json("report", "\(lock.process ?? 0)")
        #expect(report["state"] == "partial")
        #expect(report["secondsToDisabled"] == before["seconds"])
        #expect(report["finishedAt"] == .null)
        let disabling = report["steps"]?.array?.first { $0["kind"] == "disableEntry" }
        #expect(disabling?["state"] == "pending")
        #expect(disabling?["at"] == .null)
        #expect(
            try lab.run("report", "\(lock.process ?? 0)").stdout
                .contains(" s, and to be disabled again\n"))
    }

    @Test func `a repair that was begun after the lock does not hide it`() throws {
        let lab = try Self.lab()
        let lock = try lab.lock("ada")
        try lab.change(Self.ada, "delete: pwdEndTime\n-\ndelete: pwdAccountLockedTime")
        let repair = ["lock", "ada", "--reason", "left-organization", "--yes"]
        #expect(try lab.start(repair, failAt: "step:1").wait().exitCode == 137)
        lab.proxy.set(.cut)
        _ = try lab.unlock(exit: 75)
        try lab.change(Self.ada, "replace: employeeType\nemployeeType: LEFT")
        lab.proxy.set(.none)
        #expect(try lab.retry(exit: 65).map(\.outcome) == ["refused", "completed"])
        try expectLocked(lab, by: lock)
    }
}
