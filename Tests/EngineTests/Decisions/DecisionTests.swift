import Fixtures
import Ground
import LDAP
import Testing

@Suite struct DecisionTests {
    @Test func `whose attribute says left is locked for that reason, once`() throws {
        let lab = try DecideLab()
        try lab.sync()
        try lab.type("ada", "LEFT")
        let run = try lab.sync()
        #expect(run.outcome == "completed")
        #expect(run.changes == ["locked": 1])
        #expect(try lab.reason("ada") == "left-organization")
        #expect(try lab.lab.isLocked(LockLab.person("ada")))
        #expect(try lab.lab.groups(of: LockLab.person("ada")).isEmpty)
        #expect(try lab.lab.show("ada")["lock"]?["by"] == "sync")
        #expect(try lab.sync("--check").changes == [:])
        #expect(try lab.sync().changes == [:])
        try lab.lab.verifyAudit()
    }

    @Test func `a born leaver is locked in the first run`() throws {
        let lab = try DecideLab()
        try lab.type("ben", "left")
        #expect(try lab.sync().changes == ["locked": 1])
        #expect(try lab.state("ben") == "locked")
    }

    @Test func `a disabled entry makes its user inactive and writes nothing there`() throws {
        let lab = try DecideLab("limits: {disabled: 3}")
        try lab.sync()
        try lab.lab.succeed("credential", "add", "ada", "--kind", "card", "--serial", "C1")
        let before = try lab.lab.groups(of: LockLab.person("ada"))
        try lab.disable("ada")
        let run = try lab.sync()
        #expect((run["disabled"], run.changes) == (1, ["deactivated": 1]))
        #expect(try lab.state("ada") == "inactive")
        #expect(try lab.lab.groups(of: LockLab.person("ada")) == before)
        #expect(try lab.lab.show("ada")["credentials"]?.array?.first?["state"] == "inactive")
        #expect(try lab.sync().changes == [:])
    }

    @Test func `enabling the entry again gives back what was there`() throws {
        let lab = try DecideLab("limits: {disabled: 3, reenabled: 3}")
        try lab.sync()
        try lab.lab.succeed("credential", "add", "ada", "--kind", "card", "--serial", "C1")
        try lab.disable("ada")
        try lab.sync()
        try lab.enable("ada")
        let run = try lab.sync()
        #expect((run["reenabled"], run.changes) == (1, ["reactivated": 1]))
        #expect(try lab.state("ada") == "active")
        #expect(try lab.lab.show("ada")["credentials"]?.array?.first?["state"] == "active")
        #expect(try lab.sync("--check").changes == [:])
    }

    @Test func `who was born disabled is active once the entry is enabled`() throws {
        let lab = try DecideLab("limits: {reenabled: 3}")
        try lab.disable("ben")
        #expect(try lab.sync().changes == [:])
        #expect(try lab.state("ben") == "inactive")
        try lab.enable("ben")
        #expect(try lab.sync().changes == ["reactivated": 1])
    }

    @Test
    func `an operator's deactivation of whom the directory had disabled survives the enabling`()
        throws
    {
        let lab = try DecideLab("limits: {disabled: 3, reenabled: 3}")
        try lab.sync()
        try lab.lab.succeed("credential", "add", "ada", "--kind", "card", "--serial", "C1")
        try lab.disable("ada")
        #expect(try lab.sync().changes == ["deactivated": 1])
        let answer = try lab.lab.deactivate()
        #expect(answer.outcome == "completed", "\(answer.json.text)")
        #expect(try lab.lab.groups(of: LockLab.person("ada")).isEmpty)
        #expect(try lab.sync().changes == [:])
        #expect(try lab.lab.deactivate().outcome == "unchanged")
        try lab.enable("ada")
        // That it was enabled there is drift by now.
        #expect(try lab.sync().changes["reactivated"] == nil)
        #expect(try lab.state("ada") == "inactive")
        #expect(!lab.lab.binds("ada"))
        try lab.enable("ada")
        #expect(try lab.lab.reactivate().outcome == "completed")
        #expect(try lab.lab.objects(of: "ada") == ["card C1 active"])
        #expect(try lab.sync("--check").changes == [:])
    }

    @Test func `an end date passes without anything that tells of it, and disables all the same`()
        throws
    {
        let lab = try DecideLab("limits: {disabled: 3, reenabled: 3}")
        let end = LockLab.now(plus: 5)
        try lab.lab.change(
            LockLab.person("ada"), "replace: pwdEndTime\npwdEndTime: \(end.generalizedTime)")
        #expect(try lab.sync().changes == [:])
        #expect(try lab.state("ada") == "active")
        LockLab.wait(until: end.advanced(by: 1))
        #expect(try lab.sync().changes == ["deactivated": 1])
        #expect(try lab.sync().changes == [:])
        try lab.enable("ada")
        #expect(try lab.sync().changes == ["reactivated": 1])
    }

    @Test func `what is added while the user is inactive comes alive with the user`() throws {
        let lab = try DecideLab("limits: {disabled: 3, reenabled: 3}")
        try lab.disable("ada")
        try lab.sync()
        let files = try Certificates.shared.get()
        try lab.lab.succeed("credential", "add", "ada", "--kind", "card", "--serial", "C1")
        try lab.lab.succeed(
            "credential", "add", "ada", "--kind", "card", "--serial", "C2", "--state", "inactive")
        for (name, more) in [
            ("good", []), ("client", ["--state", "onHold", "--at", "2026-01-02T03:04:05Z"]),
        ] {
            let arguments = [
                "certificate", "import", files.certificate(name), "--credential", "C1",
            ]
            #expect(try lab.lab.start(arguments + more).wait().exitCode == 0)
        }
        func states(_ key: String) throws -> [String] {
            (try lab.lab.show("ada")[key]?.array ?? []).compactMap { $0["state"]?.string }
        }
        #expect(try states("credentials") == ["inactive", "inactive"])
        #expect(try states("certificates") == ["onHold", "onHold"])
        try lab.enable("ada")
        #expect(try lab.sync().changes == ["reactivated": 1])
        #expect(try states("credentials") == ["active", "inactive"])
        #expect(try states("certificates") == ["valid", "onHold"])
    }

    @Test(arguments: [
        ("disabled: {then: lock, reason: misuse}", "locked", "misuse"),
        ("disabled: {then: keep}", "active", nil),
    ])
    func `what becomes of a disabled entry is configured`(
        line: String, state: String, reason: String?
    ) throws {
        let lab = try DecideLab(line, "limits: {disabled: 3}")
        try lab.sync()
        try lab.disable("ada")
        try lab.sync()
        #expect(try lab.state("ada") == state)
        #expect(try lab.reason("ada") == reason)
        #expect(try lab.sync().changes == [:])
    }

    @Test func `a recognised lock reason goes before a disabled account`() throws {
        let lab = try DecideLab()
        try lab.sync()
        try lab.disable("ada")
        try lab.type("ada", "left")
        #expect(try lab.sync().changes == ["locked": 1])
        #expect(try lab.reason("ada") == "left-organization")
    }

    @Test func `attributes that can't be read any more enable nobody`() throws {
        let lab = try DecideLab("limits: {disabled: 5, reenabled: 5}")
        try lab.sync()
        try lab.disable("ada", "ben")
        #expect(try lab.sync().changes == ["deactivated": 2])
        try lab.enable("ada", "ben")
        let run = try lab.sync()
        #expect(run.changes == [:])
        #expect(
            run.stderr.contains(
                "ada looks enabled again, and so does everybody else who was disabled: not "
                    + "believed. Check what the bind DN may read."))
        try lab.disable("ben")
        #expect(try lab.sync().changes == ["reactivated": 1])
        #expect(try lab.state("ada") == "active")
        #expect(try lab.state("ben") == "inactive")
    }

    @Test func `an attribute that is hidden enables nobody, though nobody else ever had it`()
        throws
    {
        let lab = try DecideLab()
        try lab.sync()
        try lab.disable("ada")
        #expect(try lab.sync().changes == ["deactivated": 1])
        try lab.lab.reconfigure(
            "add: olcAccess\nolcAccess: {0}to attrs=pwdAccountLockedTime,pwdEndTime "
                + "by dn.exact=\"\(Slapd.serviceDN)\" =w by * none")
        #expect(try lab.sync("--full").changes == [:])
        #expect(try lab.sync("--full").changes == [:])
        try lab.lab.reconfigure("delete: olcAccess\nolcAccess: {0}")
        #expect(try lab.sync("--full").changes == [:])
        #expect(try lab.state("ada") == "inactive")
        try lab.enable("ada")
        #expect(try lab.sync().changes == ["reactivated": 1])
    }

    @Test func `who was enabled together with all others is believed by the second sync`() throws {
        let lab = try DecideLab()
        try lab.sync()
        for name in ["ada", "ben"] { try lab.lab.lock(name) }
        try lab.sync()
        try lab.enable("ada", "ben")
        try lab.sync()
        #expect(try !lab.lab.isLocked(LockLab.person("ada")))
        #expect(try lab.sync().changes == ["drift": 2])
        #expect(try lab.lab.isLocked(LockLab.person("ada")))
        #expect(try lab.sync().changes == [:])
    }

    @Test(arguments: [
        ("missing: {then: lock, reason: left-organization, after: 0s}", "locked"),
        ("missing: {then: deactivate, after: 0s}", "inactive"),
        ("missing: {then: keep}", "active"),
        ("missing: {then: lock, reason: left-organization, after: 24h}", "active"),
    ])
    func `what becomes of a missing entry is configured`(line: String, state: String) throws {
        let lab = try DecideLab(line, "limits: {missing: 3}")
        try lab.sync()
        try lab.lab.server.delete(LockLab.person("ben"))
        #expect(try lab.sync()["missing"] == 1)
        #expect(try lab.state("ben") == state)
        #expect(try lab.lab.groups(of: LockLab.person("ben")).isEmpty == (state == "locked"))
        #expect(try lab.sync().changes == [:])
    }

    @Test func `a protected user is reported, never locked`() throws {
        let lab = try DecideLab("protect: [uid=ada]")
        try lab.sync()
        try lab.type("ada", "left")
        let run = try lab.sync()
        #expect(run.changes == [:])
        #expect(run.stderr.contains("ada is protected: the entry says left-organization"))
        #expect(try lab.state("ada") == "active")
    }
}
