import Fixtures
import Ground
import Identity
import Store
import Testing

/// Killed at every place between the journal and the CA's answer, the CA is told all the same.
@Suite struct TellingCrashTests {
    @Test(arguments: FailPoint.allCases)
    func `a lock that was killed there tells the CA after the next run`(point: FailPoint) throws {
        let lab = try TellLab { options in
            options.data = SampleOrganisation(people: 60, groups: 4).ldif
        }
        try lab.tellByProgram()
        try lab.configure()
        try lab.sync()
        var killed = 0
        for count in 1... {
            let name = SampleOrganisation.username(count)
            let serial = try lab.issue(name)
            let arguments = ["lock", name, "--reason", "left-organization", "--yes"]
            let end = try lab.start(arguments, failAt: "\(point):\(count)").wait()
            guard end.exitCode == 137 else {
                #expect(end.exitCode == 0, "\(end.stderr)")
                break
            }
            killed += 1
            let isLocked = try lab.show(name)["lock"]?.isNull == false
            try lab.succeed(count.isMultiple(of: 2) ? "retry" : "sync")
            if !isLocked {
                #expect(try lab.requests().allSatisfy { !$0.contains(serial) })
                try lab.lock(name)
            }
            let told = try lab.requests().filter { $0.contains(serial) }
            // Twice where its end was not written down any more.
            #expect((1...2).contains(told.count), "\(point) \(count): \(told)")
            #expect(Set(told) == ["revoke \(serial) affiliationChanged"])
            let shown = try lab.show(name)
            #expect(shown["pending"]?.array?.isEmpty == true)
            #expect(shown["certificates"]?[0]?["authority"]?["told"]?.string != nil)
        }
        #expect(killed > 0)
        #expect(try lab.retry().isEmpty)
        try lab.verifyAudit()
    }

    @Test(arguments: FailPoint.allCases.filter { $0 != .readBack })
    func `the lock of a card that was killed there tells the CA after the next run`(
        point: FailPoint
    ) throws {
        let lab = try TellLab { options in
            options.data = SampleOrganisation(people: 40, groups: 4).ldif
        }
        try lab.tellByProgram()
        try lab.configure()
        try lab.sync()
        for count in 1... {
            let name = SampleOrganisation.username(count)
            let serial = try lab.issue(name)
            let lock = ["credential", "lock", "card-\(name)", "--reason", "misuse", "--yes"]
            let end = try lab.start(lock, failAt: "\(point):\(count)").wait()
            guard end.exitCode == 137 else {
                #expect(end.exitCode == 0, "\(end.stderr)")
                break
            }
            try lab.succeed(count.isMultiple(of: 2) ? "retry" : "sync")
            if try lab.show(name)["certificates"]?[0]?["state"] == "valid" {
                #expect(try lab.requests().allSatisfy { !$0.contains(serial) })
                _ = try lab.start(lock).wait()
            }
            let told = try lab.requests().filter { $0.contains(serial) }
            #expect((1...2).contains(told.count), "\(point) \(count): \(told)")
            #expect(Set(told) == ["revoke \(serial) privilegeWithdrawn"])
        }
        try lab.verifyAudit()
    }
}
