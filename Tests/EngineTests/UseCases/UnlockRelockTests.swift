import Fixtures
import Ground
import Testing

/// An unlock that the next sync would undo at once is refused, and says what would undo it.
@Suite struct UnlockRelockTests {
    private let ada = LockLab.person("ada")
    private static let disabled = "disabled: {then: lock, reason: misuse}"
    private static let missing = "missing: {then: lock, reason: misuse, after: 0s}"

    private func refusal(
        _ lab: DecideLab, _ options: String..., at location: SourceLocation = #_sourceLocation
    ) throws -> String {
        let arguments = ["--json", "unlock", "ada", "--reason", "cleared"] + options
        let end = try lab.lab.start(arguments).wait()
        #expect(end.exitCode == 65, "\(end.stdout)\(end.stderr)", sourceLocation: location)
        return JSONValue(parsing: end.stdout)?["error"]?["message"]?.string ?? end.stdout
    }

    @Test(arguments: ["--yes", "--dry-run"])
    func `while the account stays disabled, where that locks`(option: String) throws {
        let lab = try DecideLab(Self.disabled, "limits: {disabled: 3}")
        try lab.sync()
        try lab.disable("ada")
        #expect(try lab.sync().changes == ["locked": 1])
        let events = try lab.lab.audit().count
        #expect(
            try refusal(lab, option)
                == "the directory would lock ada again at once: the account stays disabled "
                + "(pwdAccountLockedTime: 000001010000Z), and `disabled: {then: lock}` locks whoever is"
        )
        #expect(try lab.lab.audit().count == events)
        #expect(try lab.state("ada") == "locked")
    }

    @Test func `an account that only the lock disabled is given back`() throws {
        let lab = try DecideLab(Self.disabled)
        try lab.sync()
        try lab.lab.lock("ada")
        #expect(try lab.lab.unlock().outcome == "completed")
        #expect(try lab.sync("--check").changes == [:])
        #expect(try lab.state("ada") == "active")
    }

    @Test func `once the account is enabled there the unlock is carried out`() throws {
        let lab = try DecideLab(Self.disabled, "limits: {disabled: 3}", "drift: report")
        try lab.sync()
        try lab.disable("ada")
        try lab.sync()
        _ = try refusal(lab, "--yes")
        try lab.enable("ada")
        #expect(try lab.lab.unlock().outcome == "completed")
        #expect(try lab.sync().changes == [:])
        #expect(try lab.state("ada") == "active")
    }

    @Test(arguments: [true, false])
    func `while the entry is missing, where that locks`(isMoved: Bool) throws {
        let lab = try DecideLab(Self.missing, "limits: {missing: 3}")
        try lab.sync()
        if isMoved {
            try lab.lab.rename(ada, to: "uid=ada", below: "ou=groups,\(SampleOrganisation.suffix)")
        } else {
            try lab.lab.server.delete(ada)
        }
        // Where it was moved to, the service account may not write.
        #expect(try lab.sync(exit: isMoved ? 75 : 0).changes == ["locked": 1])
        for option in ["--yes", "--dry-run"] {
            #expect(
                try refusal(lab, option)
                    == "the directory would lock ada again at once: the entry is missing below "
                    + "users.base, and `missing: {then: lock}` locks whoever is")
        }
        #expect(try lab.state("ada") == "locked")
    }

    @Test func `a filter that leaves out whom a lock has marked is in no unlock's way`() throws {
        let lab = try DecideLab(Self.missing, "limits: {missing: 3}")
        lab.lab.configuration.usersFilter =
            "(&(objectClass=inetOrgPerson)(!(employeeType=left))(!(pwdAccountLockedTime=*)))"
        try lab.configure()
        try lab.sync()
        try lab.lab.lock("ada")
        try lab.sync()
        #expect(try lab.lab.show("ada")["missingSince"]?.isNull == false)
        #expect(try lab.lab.unlock().outcome == "completed")
        #expect(try lab.sync().changes == [:])
        #expect(try lab.state("ada") == "active")
        // Who is marked by somebody else stays out of it.
        try lab.lab.lock("ada")
        try lab.type("ada", "LEFT")
        _ = try refusal(lab, "--yes")
    }

    @Test func `who is protected is locked by no sync, and may be unlocked`() throws {
        let lab = try DecideLab(Self.disabled, "protect: [uid=ada]")
        try lab.disable("ada")
        try lab.sync()
        try lab.lab.succeed(
            "lock", "ada", "--reason", "misuse", "--force", "--note", "asked to", "--yes")
        #expect(try lab.lab.unlock().outcome == "completed")
    }

    @Test func `what is found only when the directory is up again refuses the unlock`() throws {
        let lab = try DecideLab(Self.disabled, "limits: {disabled: 3}")
        try lab.sync()
        try lab.lab.lock("ada", reason: "misuse")
        lab.lab.proxy.set(.cut)
        #expect(try lab.lab.unlock(exit: 75).outcome == "partial")
        try lab.lab.change(ada, "replace: pwdEndTime\npwdEndTime: 20200101000000Z")
        lab.lab.proxy.set(.none)
        let answers = try lab.lab.retry(exit: 65)
        #expect(answers.first?.outcome == "refused", "\(answers.map(\.json.text))")
        #expect(try lab.state("ada") == "locked")
        #expect(!lab.lab.binds("ada"))
        #expect(try lab.sync("--check").changes == [:])
        try lab.lab.verifyAudit()
    }

    @Test func `an entry that has gone by the time of the retry refuses it, too`() throws {
        let lab = try DecideLab(Self.missing, "limits: {missing: 3}")
        try lab.sync()
        try lab.lab.lock("ada", reason: "misuse")
        lab.lab.proxy.set(.cut)
        #expect(try lab.lab.unlock(exit: 75).outcome == "partial")
        try lab.lab.rename(ada, to: "uid=ada", below: "ou=groups,\(SampleOrganisation.suffix)")
        lab.lab.proxy.set(.none)
        #expect(try lab.lab.retry(exit: 65).first?.outcome == "refused")
        #expect(try lab.state("ada") == "locked")
        try lab.lab.verifyAudit()
    }
}
