import Fixtures
import Ground
import Identity
import Testing

/// A lock and its siblings in Active Directory, as Samba serves it.
@Suite struct SambaLockTests {
    private let ada = SambaOrganisation.person("ada")
    private static let staff = SambaOrganisation.group("staff")
    private static let vpn = SambaOrganisation.group("vpn-users")
    private static let project = SambaOrganisation.group("project-2")

    @Test func `a lock disables the account, strips its groups and refuses the bind`() throws {
        let lab = try SambaLab()
        try lab.sync()
        #expect(lab.binds("ada"))

        let answer = try lab.lock("ada")
        #expect((answer.outcome, answer.enforced) == ("completed", "written"))
        #expect(
            answer.states(.removeFromGroup) == [
                Self.staff: "done", Self.vpn: "done", Self.project: "done",
            ])
        #expect(try lab.control("ada") == "514")
        #expect(try lab.groups(of: "ada").isEmpty)
        #expect(try lab.server.values("employeeType", of: ada) == ["left"])
        #expect(lab.server.bindResult(as: ada, password: "Password-of-ada-1") == 49)
        #expect(lab.binds("ben"))
        // The server refuses a disabled account whatever its policy.
        #expect(try lab.run("report", "1").stdout.contains("\nLocked, and seen disabled\n"))

        #expect(try lab.directory()["locked"] == 0)
        #expect(try lab.lock("ada").outcome == "alreadyLocked")
        try lab.succeed("sync", "--check")
        try lab.verifyAudit()
    }

    @Test func `an unlock gives the account and its groups back`() throws {
        let lab = try SambaLab()
        try lab.sync()
        try lab.lock("ada")

        let answer = try lab.json("unlock", "ada", "--reason", "back", "--yes", "--restore-roles")
        #expect(answer["outcome"] == "completed", "\(answer.text)")
        #expect(try lab.control("ada") == "512")
        #expect(try lab.groups(of: "ada") == [Self.project, Self.staff, Self.vpn])
        #expect(try lab.server.values("employeeType", of: ada).isEmpty)
        #expect(lab.binds("ada"))
        try lab.succeed("sync", "--check")
    }

    @Test func `a deactivation and its reactivation keep all other bits of the account`() throws {
        let lab = try SambaLab {
            // NORMAL_ACCOUNT, DONT_EXPIRE_PASSWORD and NOT_DELEGATED.
            $0.changes = Self.replace("userAccountControl", "1114624", of: "ada")
        }
        try lab.sync()
        let away = try lab.json("deactivate", "ada", "--reason", "pause", "--yes")
        #expect(away["outcome"] == "completed", "\(away.text)")
        #expect(try lab.control("ada") == "1114626")
        #expect(!lab.binds("ada"))

        let back = try lab.json("reactivate", "ada", "--reason", "back", "--yes")
        #expect(back["outcome"] == "completed", "\(back.text)")
        #expect(try lab.control("ada") == "1114624")
        #expect(lab.binds("ada"))
        try lab.succeed("sync", "--check")
    }

    @Test func `a locked account that is enabled again is drift`() throws {
        let lab = try SambaLab()
        try lab.sync()
        try lab.lock("ada")
        try lab.server.modify(Self.replace("userAccountControl", "512", of: "ada"))
        try lab.server.modify(
            "dn: \(Self.staff)\nchangetype: modify\nadd: member\nmember: \(ada)\n")

        #expect(try lab.directory()["drift"] == 1)
        #expect(try lab.control("ada") == "514")
        #expect(try lab.groups(of: "ada").isEmpty)
    }

    @Test func `an account that an administrator disables is deactivated, and comes back`() throws {
        let lab = try SambaLab()
        try lab.sync()
        try lab.server.modify(Self.replace("userAccountControl", "514", of: "ben"))
        #expect(try lab.directory()["disabled"] == 1)
        #expect(try lab.show("ben")["state"] == "inactive")
        #expect(try lab.groups(of: "ben").contains(Self.staff))

        try lab.server.modify(Self.replace("userAccountControl", "512", of: "ben"))
        #expect(try lab.directory()["reenabled"] == 1)
        #expect(try lab.show("ben")["state"] == "active")
    }

    @Test func `someone renamed or moved since is found by the objectGUID`() throws {
        let lab = try SambaLab()
        try lab.sync()
        let moved = "CN=Ada Moved,OU=left,\(SambaOrganisation.suffix)"
        try lab.server.rename(
            ada, to: "CN=Ada Moved", below: "OU=left,\(SambaOrganisation.suffix)")
        // Somebody else has her name now.
        try lab.server.add(
            SambaOrganisation.ldif(person: "ada").replacing(": ada\n", with: ": adat\n")
                .replacing("ada@example", with: "adat@example"))

        let answer = try lab.lock("ada")
        #expect(answer.outcome == "completed", "\(answer.json.text)")
        #expect(try lab.server.values("userAccountControl", of: moved) == ["514"])
        #expect(try lab.server.values("memberOf", of: moved).isEmpty)
        #expect(try lab.control("ada") == "512")
    }

    @Test func `the lock of a deleted account is complete without it`() throws {
        let lab = try SambaLab()
        try lab.sync()
        try lab.server.delete(ada)
        let answer = try lab.lock("ada")
        #expect(answer.outcome == "completed", "\(answer.json.text)")
    }

    @Test func `the primary group is reported as remaining`() throws {
        let lab = try SambaLab()
        try lab.sync()
        let answer = try lab.lock("ada")
        #expect(
            answer.findings("remaining").contains {
                $0.hasPrefix("group | CN=Domain Users,CN=Users,\(SambaOrganisation.suffix) | ")
            }, "\(answer.json.text)")
    }

    @Test func `an unlock of an expired account says that it still lets nobody in`() throws {
        let lab = try SambaLab {
            // 2020-01-01.
            $0.changes = Self.replace("accountExpires", "132223104000000000", of: "ada")
        }
        #expect(try lab.directory()["disabled"] == 0)
        #expect(try lab.show("ada")["state"] == "active")
        try lab.lock("ada")
        let answer = LockAnswer(
            json: try lab.json("unlock", "ada", "--reason", "back", "--yes"))
        #expect(answer.outcome == "completed")
        #expect(
            answer.findings("unchanged").contains(
                "entry | \(ada) | the account has expired (2020-01-01T00:00:00Z): "
                    + "enabled, it still lets nobody in"), "\(answer.json.text)")
        #expect(!lab.binds("ada"))
    }

    @Test(arguments: [
        ("lock, reason: left-organization", "locked"), ("deactivate", "inactive"),
        ("keep", "active"),
    ])
    func `what becomes of an expired account is configured`(then: String, state: String) throws {
        let lab = try SambaLab()
        lab.more = "expired: {then: \(then)}"
        try lab.configure()
        try lab.sync()
        try lab.server.modify(Self.replace("accountExpires", "132223104000000000", of: "ada"))
        try lab.sync()
        let shown = try lab.show("ada")
        #expect(shown["state"]?.string == state)
        #expect(
            shown["account"]?["hindrances"]
                == (state == "locked"
                    ? shown["account"]?["hindrances"]
                    : [
                        "has expired (2020-01-01T00:00:00Z)"
                    ]))
        // The first sync after a lock reads what that has written.
        try lab.sync()
        try lab.succeed("sync", "--check")
        if state == "locked" {
            let error = try lab.json("unlock", "ada", "--reason", "back", "--yes", exit: 65)[
                "error"]
            #expect(
                error?["message"]?.string?.contains("the account has expired") == true,
                "\(error?.text ?? "")")
        }
        try lab.server.modify(Self.replace("accountExpires", "0", of: "ada"))
        try lab.sync()
        #expect(try lab.show("ada")["state"]?.string == (state == "locked" ? "locked" : "active"))
        if state == "locked" {
            try lab.json("unlock", "ada", "--reason", "back", "--yes")
            #expect(lab.binds("ada"))
            try lab.sync()
        }
        try lab.succeed("sync", "--check")
    }

    @Test func `whose account has expired is born inactive where that deactivates`() throws {
        let lab = try SambaLab {
            $0.changes = Self.replace("accountExpires", "132223104000000000", of: "ada")
        }
        lab.more = "expired: {then: deactivate}"
        try lab.configure()
        #expect(try lab.directory()["deactivated"] == 0)
        #expect(try lab.show("ada")["state"] == "inactive")
        #expect(
            try lab.json("status")["hindered"]?.array?.map { $0["because"] }
                == [["has expired (2020-01-01T00:00:00Z)"]])
    }

    @Test func `a change that was made of an old value is refused`() throws {
        let server = try Samba()
        try server.modify(Self.replace("userAccountControl", "66048", of: "ada"))
        let stale = """
            dn: \(ada)
            changetype: modify
            delete: userAccountControl
            userAccountControl: 512
            -
            add: userAccountControl
            userAccountControl: 514

            """
        #expect(try server.tool("ldapmodify", [], input: stale).exitCode == 16)
        #expect(try server.values("userAccountControl", of: ada) == ["66048"])
    }

    @Test func `a membership that is gone or there already is no failure`() throws {
        let lab = try SambaLab()
        try lab.sync()
        lab.server.proxy.set(.cut)
        try lab.lock("ada", exit: 75)
        lab.server.proxy.set(.none)
        // Answers 53 to the removal.
        try lab.server.modify(
            "dn: \(Self.vpn)\nchangetype: modify\ndelete: member\nmember: \(ada)\n")
        #expect(try lab.retry().first?.outcome == "completed")

        try lab.server.modify(
            "dn: \(Self.vpn)\nchangetype: modify\nadd: member\nmember: \(ada)\n")
        // Answers 68 to the addition.
        let back = try lab.json("unlock", "ada", "--reason", "back", "--yes", "--restore-roles")
        #expect(back["outcome"] == "completed", "\(back.text)")
        #expect(try lab.groups(of: "ada") == [Self.project, Self.staff, Self.vpn])
    }

    private static func replace(_ attribute: String, _ value: String, of username: String) -> String
    {
        "dn: \(SambaOrganisation.person(username))\nchangetype: modify\n"
            + "replace: \(attribute)\n\(attribute): \(value)\n\n"
    }
}
