import Fixtures
import Ground
import Identity
import Testing

/// A newer decision wins: lock, unlock, lock, unlock, with the directory up or down at each.
@Suite struct SiblingOrderTests {
    private static let ada = LockLab.person("ada")

    @Test(arguments: 0..<8)
    func `the newest lock stands, and its unlock gives back what the first one found`(
        downs: Int
    ) throws {
        let lab = try Self.lab()
        try play(lab, ["lock", "unlock", "lock"], downs)
        #expect(try lab.isLocked(Self.ada))
        #expect(try lab.groups(of: Self.ada).isEmpty)
        #expect(try lab.values(of: Self.ada, "employeeType") == ["left"])
        #expect(try lab.show("ada")["state"] == "locked")

        let open = try lab.unlock("--restore-roles")
        #expect(open.outcome == "completed", "\(open.json.text)")
        try expectAsBefore(lab)
    }

    @Test(arguments: 0..<4)
    func `an unlock stands however the lock before it ended`(downs: Int) throws {
        let lab = try Self.lab()
        try play(lab, ["lock", "unlock"], downs)
        try expectAsBefore(lab)
    }

    /// Takes the steps with the directory down where the bit is set; then it is up, and a retry runs.
    private func play(_ lab: LockLab, _ steps: [String], _ downs: Int) throws {
        for (index, step) in steps.enumerated() {
            let isDown = downs & (1 << index) != 0
            lab.proxy.set(isDown ? .cut : .none)
            let exit: Int32 = isDown ? 75 : 0
            if step == "lock" {
                try lab.lock("ada", exit: exit)
            } else {
                _ = try lab.unlock("--restore-roles", exit: exit)
            }
        }
        lab.proxy.set(.none)
        try lab.retry()
        #expect(try lab.retry().isEmpty)
    }

    private static func lab() throws -> LockLab {
        let lab = try LockLab()
        try lab.change(ada, "add: employeeType\nemployeeType: staff")
        try lab.sync()
        return lab
    }

    private func expectAsBefore(_ lab: LockLab) throws {
        let ada = Self.ada
        #expect(lab.binds("ada"))
        #expect(try lab.values(of: ada, "employeeType") == ["staff"])
        #expect(try lab.values(of: ada, "description").isEmpty)
        #expect(try lab.values(of: ada, "pwdEndTime").isEmpty)
        #expect(try lab.groups(of: ada).count == 3)
        try lab.sync()
        let shown = try lab.show("ada")
        #expect(shown["state"] == "active")
        #expect(shown["roles"]?.array?.count == 3)
        try lab.succeed("sync", "--check")
        try lab.verifyAudit()
    }
}
