import Fixtures
import Foundation
import Ground
import Identity
import Testing

/// The canary: an account of no person shows whether a lock is enforced, and is given back.
struct CommandCheckCanaryTests {
    /// Without pwdLockout it is pwdEndTime that stops a bind, and pwdAccountLockedTime does not.
    @Test func `a proof is not carried to an account that has less than the canary had`() throws {
        let lab = try Canary.lab { $0.policy = .inEffect(lockout: false) }
        try lab.run("sync").succeeded(at: "sync")
        #expect(try lab.check()["canary"].first?.state == "ok")
        let ada = SampleOrganisation.person("ada")
        try lab.server.modify(
            "dn: \(ada)\nchangetype: modify\nreplace: pwdAccountLockedTime\n"
                + "pwdAccountLockedTime: 000001010000Z\n")
        #expect(lab.server.binds(as: ada, password: SampleOrganisation.password(of: "ada")))
        #expect(try lab.json("test", "ada")["signIn"] == "unproven")
        try lab.run("lock", "ada", "--reason", "misuse", "--yes").succeeded(at: "lock")
        #expect(!lab.server.binds(as: ada, password: SampleOrganisation.password(of: "ada")))
        let locked = try lab.json("test", "ada")
        #expect(locked["signIn"] == "no", "\(locked.text)")
        #expect(locked["policy"]?["refuses"] == "proven")
    }

    @Test func `enforcement is proven, and later locks say so`() throws {
        let lab = try Canary.lab()
        try lab.run("sync").succeeded(at: "sync")
        #expect(
            try lab.json("lock", "ben", "--reason", "misuse", "--yes")["enforced"] == "written")
        let check = try lab.check()
        #expect(check.exitCode == 0)
        #expect(
            check["canary"] == [
                .init(
                    state: "ok",
                    message:
                        "proven: \(Canary.dn) binds, is refused while it is locked, and binds "
                        + "again")
            ])
        #expect(try Canary.isOpen(lab))
        let lock = try lab.run("lock", "ada", "--reason", "misuse", "--yes").stdout
        #expect(lock.hasPrefix("Locked, and seen disabled  ada"))
        #expect(!lock.contains("Not proven"))
        #expect(try lab.json("report", "2")["enforced"] == "proven")
        let unproven = try lab.run("report", "1").stdout
        let sentence = "\n  enforced         not proven; the lock value was read back\n"
        #expect(unproven.contains(sentence), "\(unproven)")
    }

    @Test func `a proof does not hold under another policy`() throws {
        let lab = try Canary.lab()
        try lab.run("sync").succeeded(at: "sync")
        try lab.server.modify(
            """
            dn: \(SampleOrganisation.person("ada"))
            changetype: modify
            add: pwdPolicySubentry
            pwdPolicySubentry: cn=nolock,ou=policies,\(SampleOrganisation.suffix)

            """)
        #expect(try lab.check()["canary"].map(\.state) == ["ok"])
        #expect(try lab.json("lock", "ada", "--reason", "misuse", "--yes")["enforced"] == "written")
    }

    @Test func `a proof is carried to nobody whose own policy may be hidden`() throws {
        let ada = SampleOrganisation.person("ada")
        let lab = try Canary.lab {
            $0.access = [
                "to dn.base=\"\(ada)\" attrs=pwdPolicySubentry by dn.exact=\"\(Slapd.serviceDN)\" "
                    + "none by * read"
            ]
        }
        try lab.run("sync").succeeded(at: "sync")
        #expect(try lab.check()["canary"].map(\.state) == ["ok"])
        try lab.server.modify(
            """
            dn: \(ada)
            changetype: modify
            add: pwdPolicySubentry
            pwdPolicySubentry: cn=nolock,ou=policies,\(SampleOrganisation.suffix)

            """)
        #expect(try lab.json("lock", "ben", "--reason", "misuse", "--yes")["enforced"] == "proven")
        #expect(try lab.json("lock", "ada", "--reason", "misuse", "--yes")["enforced"] == "written")
        try lab.server.modify("dn: \(ada)\nchangetype: modify\ndelete: pwdEndTime\n")
        #expect(lab.server.binds(as: ada, password: SampleOrganisation.password(of: "ada")))
        let found = try lab.json("test", "ada")
        #expect(found["signIn"] == "unproven", "\(found.text)")
    }

    @Test func `a canary whose own policy may be hidden proves nothing of others`() throws {
        let lab = try Canary.lab {
            $0.access = [
                "to dn.base=\"\(Canary.dn)\" attrs=pwdPolicySubentry by "
                    + "dn.exact=\"\(Slapd.serviceDN)\" none by * read"
            ]
        }
        try lab.run("sync").succeeded(at: "sync")
        let check = try lab.check()
        #expect(
            check["canary"] == [
                .init(
                    state: "notProven",
                    message:
                        "\(Canary.dn) binds, is refused while it is locked, and binds again. That "
                        + "shows nothing of others: which policy it is held to is hidden from the "
                        + "bind DN. Let it search by pwdPolicySubentry and read it.")
            ])
        #expect(check["policy"].map(\.state) == ["notProven"])
        #expect(try Canary.isOpen(lab))
        #expect(try lab.json("lock", "ada", "--reason", "misuse", "--yes")["enforced"] == "written")
    }

    @Test func `a lock that nothing enforces`() throws {
        let lab = try Canary.lab { $0.policy = .noOverlay }
        let check = try lab.check()
        #expect(check.exitCode == 69)
        #expect(
            check["canary"] == [
                .init(
                    state: "failed",
                    message: "\(Canary.dn) binds while it is locked: a lock is written and not "
                        + "enforced. Put a password policy with pwdLockout TRUE in effect.")
            ])
        #expect(try Canary.isOpen(lab))
    }

    @Test func `a wrong password proves nothing`() throws {
        let lab = try Canary.lab()
        try lab.folder.write("wrong", to: "canary")
        let check = try lab.check()
        #expect(check.exitCode == 69)
        #expect(
            check["canary"].first?.message
                == "\(Canary.dn) can't bind though it is open. Check canary.passwordFile.")
    }
}
