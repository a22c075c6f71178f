import Fixtures
import Ground
import Identity
import Store
import Testing

/// A sync killed at every place that a debug build names, one after the other on one store.
@Suite struct SyncFailPointTests {
    private static let recognise = "recognise: {employeeType: left}"

    private func lab() throws -> LockLab {
        let lab = try LockLab()
        lab.configuration.recognise = Self.recognise
        lab.configuration.more += "\n    limits: {locks: 50, missing: 50, disabled: 50}"
        try lab.configure()
        return lab
    }

    /// One leaves, one is disabled, one joins a group, one is new.
    private func change(_ lab: LockLab) throws {
        try lab.change(LockLab.person("ada"), "add: employeeType\nemployeeType: left")
        try lab.change(
            LockLab.person("ben"), "add: pwdAccountLockedTime\npwdAccountLockedTime: 000001010000Z")
        try lab.change(
            LockLab.group("vpn-users"), "add: member\nmember: \(LockLab.person("cleo"))")
        try lab.addPerson("zoe")
        try lab.server.delete(LockLab.person("dora"))
    }

    @Test(arguments: FailPoint.allCases, [true, false])
    func `whatever was killed, the next sync ends it, and once`(
        _ point: FailPoint, isFirst: Bool
    ) throws {
        let lab = try lab()
        if !isFirst { try lab.sync() }
        try change(lab)
        var killed = 0
        for count in 1... {
            let end = try lab.start(["sync"], failAt: "\(point):\(count)").wait()
            guard end.exitCode == 137 else {
                #expect(end.exitCode == 0, "\(end.stderr)")
                break
            }
            killed += 1
        }
        #expect(killed > 0)
        print("crash matrix | \(isFirst ? "first sync" : "sync") | \(point) 1–\(killed) | whole")
        _ = try lab.retry()
        try lab.sync()
        try lab.succeed("sync", "--check")
        try lab.verifyAudit()
        let states = try ["ada", "ben", "cleo", "zoe"].map { try lab.show($0)["state"]?.string }
        #expect(states == ["locked", "inactive", "active", "active"])
        if !isFirst { #expect(try lab.show("dora")["missingSince"]?.isNull == false) }
        #expect(try lab.isLocked(LockLab.person("ada")))
        #expect(try lab.groups(of: LockLab.person("ada")).isEmpty)
        #expect(lab.binds("cleo"))
        let locks = try lab.audit().filter {
            $0["event"] == "lock" && $0["user"]?["username"] == "ada"
        }
        #expect(locks.count == 1)
    }
}
