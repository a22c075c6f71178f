import Fixtures
import Ground
import Identity
import Testing

/// An unlock gives back exactly the account that stood there before the lock, and says what it means.
@Suite struct UnlockGivesBackTests {
    private let ada = LockLab.person("ada")

    private func values(_ lab: LockLab) throws -> [String] {
        try ["pwdAccountLockedTime", "pwdEndTime"].map {
            try lab.server.values($0, of: ada).joined(separator: " ")
        }
    }

    private func instant(in seconds: Int64) -> String { LockLab.now(plus: seconds).generalizedTime }

    @Test func `an end date that passes while the account is locked comes back, and is told`()
        throws
    {
        let lab = try LockLab()
        try lab.sync()
        let end = LockLab.now(plus: 4)
        try lab.change(ada, "replace: pwdEndTime\npwdEndTime: \(end.generalizedTime)")
        try lab.lock("ada")
        #expect(try values(lab)[1] != end.generalizedTime)
        LockLab.wait(until: end.advanced(by: 1))
        let open = try lab.unlock()
        #expect(open.outcome == "completed", "\(open.json.text)")
        #expect(try values(lab) == ["", end.generalizedTime])
        let told =
            "entry | \(ada) | the end date of \(end.rfc3339) has passed since: the account stays closed"
        #expect(open.findings("remaining") == [told], "\(open.json.text)")
        #expect(open.states(.enableEntry).isEmpty)
        #expect(open.states(.restoreAttributes) == [ada: "done"])
        #expect(!lab.binds("ada"))
        let shown = try lab.run("report", "\(open.process ?? 0)").stdout
        #expect(shown.contains("has passed since"), "\(shown)")
    }

    @Test func `a lock-out for wrong passwords that stood there comes back, and is told`() throws {
        let lab = try LockLab()
        try lab.sync()
        let since = instant(in: -60)
        try lab.change(ada, "replace: pwdAccountLockedTime\npwdAccountLockedTime: \(since)")
        try lab.lock("ada")
        #expect(try values(lab)[0] == "000001010000Z")
        let open = try lab.unlock()
        #expect(open.outcome == "completed", "\(open.json.text)")
        #expect(try values(lab) == [since, ""])
        #expect(
            open.findings("remaining") == [
                "entry | \(ada) | the account may be locked out for wrong passwords "
                    + "(pwdAccountLockedTime: \(since), for as long as pwdLockoutDuration of the "
                    + "password policy says, for good where that is 0): enabled, it may still let "
                    + "nobody in"
            ], "\(open.json.text)")
    }

    @Test func `of an entry that was disabled before, only what the lock added goes`() throws {
        let lab = try LockLab()
        try lab.change(ada, "add: pwdAccountLockedTime\npwdAccountLockedTime: 000001010000Z")
        try lab.sync()
        try lab.lock("ada")
        #expect(try values(lab)[1] != "")
        let open = try lab.unlock()
        #expect(open.outcome == "completed", "\(open.json.text)")
        #expect(try values(lab) == ["000001010000Z", ""])
        #expect(
            open.findings("remaining") == [
                "entry | \(ada) | was disabled before the lock and stays so "
                    + "(pwdAccountLockedTime: 000001010000Z)"
            ])
    }

    @Test func `what the text says of an entry that stays disabled is what the document says`()
        throws
    {
        let lab = try LockLab()
        try lab.change(ada, "add: pwdAccountLockedTime\npwdAccountLockedTime: 000001010000Z")
        try lab.sync()
        try lab.lock("ada")
        let end = try lab.run("unlock", "ada", "--yes")
        #expect(end.exitCode == 0)
        #expect(end.stdout.contains("Unlocked; the account still lets nobody in"), "\(end.stdout)")
        #expect(end.stdout.contains("was disabled before the lock and stays so"), "\(end.stdout)")
    }

    @Test func `who was never reached by the lock is not enabled by the unlock`() throws {
        let lab = try LockLab()
        try lab.sync()
        try lab.change(ada, "add: pwdAccountLockedTime\npwdAccountLockedTime: 000001010000Z")
        lab.proxy.set(.cut)
        try lab.lock("ada", exit: 75)
        lab.proxy.set(.none)
        let open = try lab.unlock()
        #expect(open.outcome == "completed", "\(open.json.text)")
        #expect(try values(lab) == ["000001010000Z", ""])
        #expect(
            open.findings("remaining") == [
                "entry | \(ada) | stays disabled (pwdAccountLockedTime: 000001010000Z): "
                    + "not by what is undone here"
            ], "\(open.json.text)")
    }

    @Test func `with the directory down for both, nothing is enabled that nobody has locked`()
        throws
    {
        let lab = try LockLab()
        let lone = LockLab.person("lone")
        try lab.addPerson("lone")
        try lab.sync()
        lab.proxy.set(.cut)
        try lab.lock("lone", exit: 75)
        try lab.change(lone, "add: pwdAccountLockedTime\npwdAccountLockedTime: 000001010000Z")
        try lab.sibling("unlock", "lone", reason: "cleared", exit: 75)
        lab.proxy.set(.none)
        let answers = try lab.retry()
        #expect(answers.map(\.outcome) == ["completed"])
        #expect(try lab.server.values("pwdAccountLockedTime", of: lone) == ["000001010000Z"])
        #expect(
            answers.first?.findings("remaining") == [
                "entry | \(lone) | stays disabled (pwdAccountLockedTime: 000001010000Z): "
                    + "not by what is undone here"
            ], "\(answers.map(\.json.text))")
    }

    @Test func `a lock again completes what somebody has taken of it`() throws {
        let lab = try LockLab()
        try lab.sync()
        try lab.lock("ada")
        // What a password reset by an administrator does.
        try lab.change(ada, "delete: pwdAccountLockedTime")
        #expect(try lab.lock("ada").outcome == "alreadyLocked")
        #expect(try values(lab)[0] == "000001010000Z")
        #expect(try lab.unlock().outcome == "completed")
        #expect(try values(lab) == ["", ""])
        #expect(lab.binds("ada"))
    }
}
