import Fixtures
import Ground
import Identity
import Testing

/// Deactivate and reactivate, and where the siblings are refused.
@Suite struct SiblingTests {
    private let ada = LockLab.person("ada")

    @Test func `a deactivation and its reactivation give exactly what was there before`() throws {
        let lab = try LockLab()
        try lab.change(
            ada, "add: description\ndescription: first\ndescription:: w6TDtsO8IA==")
        try lab.sync()
        try lab.succeed("credential", "add", "ada", "--kind", "card", "--serial", "C1")
        try lab.succeed(
            "credential", "add", "ada", "--kind", "softToken", "--serial", "S1", "--state",
            "inactive")
        let files = try Certificates.shared.get()
        try lab.succeed("certificate", "import", files.certificate("good"), "--credential", "C1")
        try lab.succeed(
            "certificate", "import", files.certificate("client"), "--credential", "C1", "--state",
            "onHold", "--at", "2026-01-02T03:04:05Z")
        let picture = try lab.picture(of: "ada")
        let objects = try lab.objects(of: "ada")
        let roles = try lab.show("ada")["roles"]

        let done = try lab.deactivate()
        #expect((done.outcome, done.enforced) == ("completed", "written"))
        #expect(done.states(.deactivateUser) == ["ada": "done"])
        #expect(done.states(.deactivateCredential) == ["C1": "done"])
        #expect(done.states(.holdCertificate).count == 1)
        #expect(try lab.show("ada")["state"] == "inactive")
        #expect(try lab.groups(of: ada).isEmpty)
        #expect(!lab.binds("ada"))
        #expect(try lab.objects(of: "ada") != objects)

        let back = try lab.reactivate("--restore-roles")
        #expect(back.outcome == "completed", "\(back.json.text)")
        #expect(try lab.show("ada")["state"] == "active")
        #expect(try lab.picture(of: "ada") == picture.map(Self.withoutPlaceholder))
        #expect(try lab.objects(of: "ada") == objects)
        #expect(lab.binds("ada"))
        #expect(try lab.show("ada")["roles"] == roles)
        try lab.sync()
        #expect(try lab.show("ada")["roles"] == roles)
        #expect(try lab.show("ada")["state"] == "active")
        try lab.succeed("sync", "--check")
        try lab.verifyAudit()
    }

    /// The placeholder stays where it took the place of the last member.
    private static func withoutPlaceholder(_ line: String) -> String {
        line.hasPrefix("cn=vpn-users")
            ? line.replacing("[\"uid=ada", with: "[\"\(LockLab.nobody)\", \"uid=ada") : line
    }

    @Test func `a reactivation gives the default roles alone`() throws {
        let lab = try LockLab()
        lab.configuration.top = "defaultRoles: [staff]"
        try lab.configure()
        try lab.sync()
        _ = try lab.deactivate()
        let back = try lab.reactivate()
        #expect(back.outcome == "completed")
        #expect(back.states(.addToGroup) == [LockLab.group("staff"): "done"])
        #expect(
            back.findings("unchanged").contains(
                "role | vpn-users | stays withdrawn; --restore-roles gives it back"))
        #expect(try lab.groups(of: ada) == [LockLab.group("staff")])
        try lab.sync()
        #expect(try lab.show("ada")["roles"]?.array?.count == 1)
        try lab.succeed("sync", "--check")
    }

    @Test func `what is so already is unchanged, and a locked user is refused`() throws {
        let lab = try LockLab()
        try lab.sync()
        #expect(try lab.reactivate().outcome == "unchanged")
        _ = try lab.unlock(exit: 65)
        _ = try lab.deactivate()
        let again = try lab.deactivate()
        #expect((again.outcome, again.process, again.steps) == ("unchanged", nil, []))
        _ = try lab.unlock(exit: 65)
        try lab.lock("ada")
        let events = try lab.audit().count
        _ = try lab.deactivate(exit: 65)
        _ = try lab.reactivate(exit: 65)
        #expect(try lab.audit().count == events)
        #expect(try lab.show("ada")["state"] == "locked")
    }

    @Test func `an unlock gives back what stood before the deactivation that came first`() throws {
        let lab = try LockLab()
        try lab.sync()
        _ = try lab.deactivate()
        let lock = try lab.lock("ada")
        #expect(lock.outcome == "completed")
        let open = try lab.unlock("--restore-roles")
        #expect(open.outcome == "completed", "\(open.json.text)")
        #expect(try lab.show("ada")["state"] == "active")
        #expect(lab.binds("ada"))
        #expect(try lab.values(of: ada, "description").isEmpty)
    }
}

extension LockLab {
    func values(of dn: String, _ attribute: String) throws -> [String] {
        try server.values(attribute, of: dn)
    }
}
