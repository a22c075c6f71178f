import Fixtures
import Glibc
import Ground
import Identity
import Testing

/// A server that hangs holds no lock up.
@Suite struct LockHangTests {
    private func awaitLock(_ lab: LockLab, at location: SourceLocation = #_sourceLocation) throws {
        for _ in 0..<600 {
            if try lab.show("ada")["state"] == "locked" { return }
            usleep(100_000)
        }
        Issue.record("ada is not locked", sourceLocation: location)
    }

    @Test func `with a server that hangs from the start the lock is a fact all the same`() throws {
        let lab = try LockLab()
        // Longer than the test waits.
        lab.configuration.more = "timeout: {connect: 2s, operation: 10m}"
        try lab.configure()
        try lab.sync()
        lab.proxy.set(.stall)
        let lock = try lab.start(["lock", "ada", "--reason", "left-organization", "--yes"])
        try awaitLock(lab)
        #expect(lab.binds("ada"))
        // Once it is a fact, it is carried out as soon as the server answers.
        lab.proxy.set(.none)
        let end = try lock.wait()
        #expect(end.exitCode == 0, "\(end.stdout)\(end.stderr)")
        #expect(!lab.binds("ada"))
        #expect(try lab.groups(of: LockLab.person("ada")).isEmpty)
    }

    @Test func `a server that hangs in the middle of the last look is not waited for`() throws {
        let lab = try LockLab()
        lab.configuration.more = "timeout: {connect: 2s, operation: 10m}"
        try lab.configure()
        try lab.sync()
        lab.proxy.set(.stall, afterBytes: 3_000)
        let lock = try lab.start(["lock", "ada", "--reason", "left-organization", "--yes"])
        try awaitLock(lab)
        lab.proxy.set(.none)
        let end = try lock.wait()
        #expect(end.exitCode == 0, "\(end.stdout)\(end.stderr)")
        #expect(!lab.binds("ada"))
    }
}
