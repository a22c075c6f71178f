import Fixtures
import Foundation
import Ground
import Testing

/// All that the store knows, as of whenever.
func stored(_ lab: some DrivenProgram) throws -> String {
    var members = try lab.json("store", "export").object ?? [:]
    members["at"] = nil
    return JSONValue.object(members).text
}

/// `test USER`: whether somebody may still sign in, as it is seen at this moment.
@Suite struct SignInTests {
    /// Lets the service account see which policies are in effect.
    private static let access =
        "add: olcAccess\nolcAccess: {0}to * by dn.exact=\"\(Slapd.serviceDN)\" read by * none"

    private func lab(_ change: (inout SlapdOptions) -> Void = { _ in }) throws -> LockLab {
        let lab = try LockLab(change)
        try lab.reconfigure(Self.access, of: "olcDatabase={0}config,cn=config")
        try lab.sync()
        return lab
    }

    private func head(_ lab: some DrivenProgram, _ user: String) throws -> String {
        let end = try lab.run("test", user)
        #expect(end.exitCode == 0, "\(end.stderr)")
        return end.stdout.split(separator: "\n").first.map(String.init) ?? ""
    }

    /// What is on the disk of store and directory.
    private func everything(_ lab: LockLab) throws -> [String] {
        let store = try stored(lab)
        let tree = try lab.server.tool(
            "ldapsearch", ["-LLL", "-b", SampleOrganisation.suffix, "*", "+"])
        return [store, tree.stdout]
    }

    @Test func `who is active can, who is locked under a policy can't, and the server agrees`()
        throws
    {
        let lab = try lab()
        let before = try everything(lab)
        let open = try lab.json("test", "ada")
        #expect(open["signIn"] == "yes")
        #expect(open["account"]?["state"] == "open")
        #expect(open["because"] == ["the account is open in hq"])
        #expect(open["groups"]?.array?.contains { $0["role"]?.string != nil } == true)
        #expect(try head(lab, "ada").hasSuffix("(ada) can sign in"))
        #expect(try everything(lab) == before)
        #expect(lab.binds("ada"))
        try lab.lock("ada")
        let locked = try everything(lab)
        let closed = try lab.json("test", "ada")
        #expect(closed["signIn"] == "no", "\(closed.text)")
        #expect(closed["account"]?["state"] == "disabled")
        #expect(closed["policy"]?["refuses"] == "seen")
        #expect(closed["lock"]?["reason"] == "left-organization")
        #expect(closed["groups"] == [])
        #expect(try head(lab, "ada").hasSuffix("(ada) can't sign in"))
        #expect(!lab.binds("ada"))
        #expect(try everything(lab) == locked)
    }

    @Test func `a lock that nothing enforces lets them in, and it is said`() throws {
        for policy in [SlapdOptions.PasswordPolicy.noDefault, .noOverlay] {
            let lab = try lab { $0.policy = policy }
            try lab.lock("ada")
            let found = try lab.json("test", "ada")
            #expect(found["signIn"] == "yes", "\(found.text)")
            #expect(found["policy"]?["refuses"] == "none")
            #expect(lab.binds("ada"))
            #expect(try head(lab, "ada").hasSuffix("(ada) can sign in"))
        }
    }

    @Test func `where the schema has no lock value nothing closes an account`() throws {
        let lab = try lab {
            $0.policy = .notLoaded
            // The usual rules name the attribute.
            $0.access = [
                "to attrs=userPassword by anonymous auth by * none", "to * by * read",
            ]
        }
        let found = try lab.json("test", "ada")
        #expect(found["signIn"] == "yes", "\(found.text)")
        #expect(lab.binds("ada"))
    }

    @Test func `where the policy is hidden nobody has proven it`() throws {
        let lab = try LockLab()
        try lab.sync()
        try lab.lock("ada")
        let found = try lab.json("test", "ada")
        #expect(found["signIn"] == "unproven")
        #expect(found["policy"]?["refuses"] == "unknown")
        #expect(try head(lab, "ada").hasPrefix("Nobody has proven whether "))
    }

    @Test func `a lock value that the bind DN may not see is never called absent`() throws {
        let lab = try lab()
        try lab.reconfigure(
            "add: olcAccess\nolcAccess: {0}to attrs=pwdAccountLockedTime,pwdEndTime by "
                + "dn.exact=\"\(Slapd.serviceDN)\" =w by * read")
        let found = try lab.json("test", "ada")
        #expect(found["signIn"] == "unproven", "\(found.text)")
        #expect(found["account"]?["state"] == "unreadable")
    }

    @Test func `somebody enabled by hand can, whatever the store says`() throws {
        let lab = try lab()
        try lab.lock("ada")
        try lab.change(
            LockLab.person("ada"),
            "delete: pwdAccountLockedTime\n-\ndelete: pwdEndTime")
        let found = try lab.json("test", "ada")
        #expect(found["signIn"] == "yes")
        #expect(found["state"] == "locked")
        #expect(lab.binds("ada"))
    }

    @Test func `an entry that is gone is deleted or hidden`() throws {
        let lab = try lab()
        try lab.server.delete(LockLab.person("ada"))
        let found = try lab.json("test", "ada")
        #expect(found["signIn"] == "unproven")
        #expect(found["account"]?["state"] == "unseen")
    }

    @Test func `with the directory down it is 69, and what the store knows is said`() throws {
        let lab = try lab()
        try lab.lock("ada")
        lab.proxy.set(.cut)
        let end = try lab.run("test", "ada")
        #expect(end.exitCode == 69)
        #expect(end.stdout == "")
        #expect(end.stderr.contains("Nobody knows whether "), "\(end.stderr)")
        #expect(end.stderr.contains(" is locked for left-organization since "), "\(end.stderr)")
        let error = try lab.json("test", "ada", exit: 69)["error"]
        #expect(error?["exit"] == 69)
        #expect(error?["hint"]?.string?.contains("the account was disabled") == true)
    }

    @Test func `whom only the directory knows is tested, and taken into no store`() throws {
        let lab = try lab()
        let before = try stored(lab)
        try lab.server.add(
            """
            dn: uid=new,ou=people,\(SampleOrganisation.suffix)
            objectClass: inetOrgPerson
            uid: new
            cn: New
            sn: New

            """)
        #expect(try lab.json("test", "new")["signIn"] == "yes")
        #expect(try lab.run("test", "nobody").exitCode == 67)
        #expect(try stored(lab) == before)
    }
}
