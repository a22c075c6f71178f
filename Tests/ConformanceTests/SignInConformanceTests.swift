import Fixtures
import Foundation
import Ground
import Testing

/// What `test` answers is what the server does, on each server.
@Suite struct SignInConformanceTests {
    /// The real time, by which the servers judge.
    private var now: Timestamp { Timestamp(seconds: Int64(time(nil))) }

    @Test(arguments: DirectoryKind.allCases)
    func `the answer is that of the server, before a lock, after it, and after the unlock`(
        kind: DirectoryKind
    ) throws {
        let lab = try ConformanceLab(kind)
        try lab.sync()
        let open = try lab.json("test", "ada")
        #expect(open["signIn"] == "yes", "\(open.text)")
        #expect(lab.binds("ada"))
        let groups = (open["groups"]?.array ?? []).filter { $0["role"]?.string != nil }
        #expect(groups.count == 3, "\(open.text)")
        try lab.lock("ada")
        let closed = try lab.json("test", "ada")
        #expect(closed["account"]?["state"] == "disabled")
        // The sample's service account of OpenLDAP may not see which policy is in effect.
        #expect(closed["signIn"] == (kind == .openldap ? "unproven" : "no"), "\(closed.text)")
        #expect(!lab.binds("ada"))
        #expect((closed["groups"]?.array ?? []).allSatisfy { $0["role"]?.isNull == true })
        try lab.json("unlock", "ada", "--reason", "returned", "--restore-roles", "--yes")
        #expect(try lab.json("test", "ada")["signIn"] == "yes")
        #expect(lab.binds("ada"))
    }

    @Test func `389 holds a lock-out only under a policy that locks out, and while it lasts`()
        throws
    {
        let lab = try ConformanceLab(.directoryServer389)
        try lab.sync()
        let ada = lab.directory.person("ada")
        func lockOut(in seconds: Int64) throws {
            let end = now.advanced(by: seconds).generalizedTime
            try lab.change(
                ada,
                "replace: accountUnlockTime\naccountUnlockTime: \(end)\n-\n"
                    + "replace: passwordRetryCount\npasswordRetryCount: 3\n")
        }
        try lockOut(in: 3_600)
        // Nobody lets the service account see the policy.
        let hidden = try lab.json("test", "ada")
        #expect(hidden["signIn"] == "unproven", "\(hidden.text)")
        #expect(lab.binds("ada"))
        try lab.change(
            "cn=config",
            "add: aci\naci: (targetattr=\"objectClass || passwordLockout || passwordUnlock || "
                + "passwordMaxFailure || nsslapd-pwpolicy-local\")(version 3.0; acl \"policy\"; allow (read, search, "
                + "compare) userdn=\"ldap:///\(lab.directory.serviceDN)\";)\n")
        let off = try lab.json("test", "ada")
        #expect(off["signIn"] == "yes", "\(off.text)")
        #expect(lab.binds("ada"))
        try lab.change("cn=config", "replace: passwordLockout\npasswordLockout: on\n")
        try lockOut(in: 3_600)
        let closed = try lab.json("test", "ada")
        #expect(closed["signIn"] == "no", "\(closed.text)")
        #expect(!lab.binds("ada"))
        try lockOut(in: -60)
        #expect(try lab.json("test", "ada")["signIn"] == "yes")
        #expect(lab.binds("ada"))
        try lab.change(
            ada,
            "replace: accountUnlockTime\naccountUnlockTime: 19700101000000Z\n-\n"
                + "replace: passwordRetryCount\npasswordRetryCount: 3\n")
        #expect(try lab.json("test", "ada")["signIn"] == "yes")
        #expect(lab.binds("ada"))
        try lab.change("cn=config", "replace: passwordUnlock\npasswordUnlock: off\n")
        try lab.change(
            ada,
            "replace: accountUnlockTime\naccountUnlockTime: 19700101000000Z\n-\n"
                + "replace: passwordRetryCount\npasswordRetryCount: 3\n")
        #expect(try lab.json("test", "ada")["signIn"] == "no")
        #expect(!lab.binds("ada"))
    }

    @Test func `389 holds somebody to a policy of their own where they have one`() throws {
        let lab = try ConformanceLab(.directoryServer389)
        try lab.sync()
        let ada = lab.directory.person("ada")
        let end = now.advanced(by: 3_600).generalizedTime
        try lab.server.add(
            """
            dn: cn=lenient,\(SampleOrganisation.suffix)
            objectClass: ldapsubentry
            objectClass: passwordpolicy
            cn: lenient
            passwordLockout: off

            """)
        try lab.change(
            "cn=config",
            "replace: passwordLockout\npasswordLockout: on\n-\nreplace: nsslapd-pwpolicy-local\n"
                + "nsslapd-pwpolicy-local: on\n-\nadd: aci\naci: (targetattr=\"objectClass || "
                + "passwordLockout || passwordUnlock || passwordMaxFailure || "
                + "nsslapd-pwpolicy-local\")(version 3.0; acl \"policy\"; allow "
                + "(read, search, compare) userdn=\"ldap:///\(lab.directory.serviceDN)\";)\n")
        try lab.change(
            ada,
            "replace: accountUnlockTime\naccountUnlockTime: \(end)\n-\n"
                + "replace: passwordRetryCount\npasswordRetryCount: 3\n")
        let closed = try lab.json("test", "ada")
        #expect(closed["signIn"] == "no", "\(closed.text)")
        #expect(!lab.binds("ada"))
        try lab.change(
            ada,
            "replace: pwdpolicysubentry\n"
                + "pwdpolicysubentry: cn=lenient,\(SampleOrganisation.suffix)\n")
        let own = try lab.json("test", "ada")
        #expect(own["signIn"] != "no", "\(own.text)")
        #expect(lab.binds("ada"))
    }

    @Test func `Active Directory itself says whether a lock-out still holds`() throws {
        let lab = try ConformanceLab(.samba)
        try lab.sync()
        let ada = lab.directory.person("ada")
        func lockOut(in seconds: Int64) throws {
            let ticks = (now.seconds + seconds + 11_644_473_600) * 10_000_000
            try lab.change(ada, "replace: lockoutTime\nlockoutTime: \(ticks)\n")
        }
        try lockOut(in: -60)
        let closed = try lab.json("test", "ada")
        #expect(closed["signIn"] == "no", "\(closed.text)")
        #expect(closed["account"]?["state"] == "hindered")
        #expect(!lab.binds("ada"))
        try lockOut(in: -86_400)
        let open = try lab.json("test", "ada")
        #expect(open["signIn"] == "yes", "\(open.text)")
        #expect(lab.binds("ada"))
    }

    @Test func `389 refuses for an inactivated role only by the lock that it computes`() throws {
        let lab = try ConformanceLab(.directoryServer389)
        try lab.sync()
        let ada = lab.directory.person("ada")
        let suffix = SampleOrganisation.suffix
        let classes = "objectClass: LDAPsubentry\nobjectClass: nsRoleDefinition\n"
        // Without the class of service that `dsidm account lock` makes beside them.
        try lab.server.add(
            """
            dn: cn=nsManagedDisabledRole,\(suffix)
            \(classes)objectClass: nsSimpleRoleDefinition
            objectClass: nsManagedRoleDefinition
            cn: nsManagedDisabledRole

            dn: cn=nsDisabledRole,\(suffix)
            \(classes)objectClass: nsComplexRoleDefinition
            objectClass: nsNestedRoleDefinition
            cn: nsDisabledRole
            nsRoleDN: cn=nsManagedDisabledRole,\(suffix)

            """)
        try lab.change(ada, "add: nsRoleDN\nnsRoleDN: cn=nsManagedDisabledRole,\(suffix)\n")
        // The server computes roles on a thread of its own.
        for _ in 0..<200 where try lab.server.values("nsRole", of: ada).count < 2 {
            usleep(50_000)
        }
        #expect(try lab.server.values("nsRole", of: ada).count == 2)
        let found = try lab.json("test", "ada")
        #expect(found["signIn"] == "unproven", "\(found.text)")
        #expect(
            found["because"]?[0]?.string?.hasSuffix(
                "and the attribute by which the server refuses it is not seen") == true,
            "\(found.text)")
        #expect(lab.binds("ada"))
    }
}
