import Fixtures
import Ground
import Identity
import Testing

/// What `check` finds out of 389, and that it leaves nothing there.
@Suite struct Directory389CheckTests {
    private static let suffix = SampleOrganisation.suffix

    private static func everything(_ lab: ConformanceLab) throws -> String {
        try lab.server.tool("ldapsearch", ["-LLL", "-b", Self.suffix, "*", "+"]).stdout
    }

    @Test func `the server is told by what it says of itself`() throws {
        let lab = try ConformanceLab(.directoryServer389)
        try lab.configure(uri: lab.proxy.url) { $0.replacing("    dialect: 389ds\n", with: "") }
        let dialect = try #require(try lab.check("dialect").first)
        #expect(
            dialect.hasPrefix(
                "ok: 389ds, found by what the server says: 389 Project 389-Directory/"))
        #expect(
            dialect.hasSuffix(
                "; paged results, content sync, post-read, effective rights, password policy"),
            "\(dialect)")
    }

    @Test func `a server that hides its vendor is told by its schema`() throws {
        let lab = try ConformanceLab(.directoryServer389)
        try lab.configure(uri: lab.proxy.url) { $0.replacing("    dialect: 389ds\n", with: "") }
        try lab.server.modify(
            """
            dn:
            changetype: modify
            replace: aci
            aci: (targetattr != "aci || vendorName || vendorVersion")(version 3.0; acl "root DSE"; \
            allow (read, search, compare) userdn = "ldap:///anyone";)

            """)
        let dialect = try #require(try lab.check("dialect").first)
        #expect(
            dialect.hasPrefix(
                "ok: 389ds, found by its schema; the server says: no vendor is named; paged"),
            "\(dialect)")
    }

    @Test func `what may be written is told by the server, and nothing is left behind`() throws {
        let lab = try ConformanceLab(.directoryServer389)
        let before = try Self.everything(lab)
        #expect(
            try lab.check("rights") == [
                "ok: the bind DN may write employeeType, nsAccountLock of people (1 looked at, by "
                    + "the effective rights that the server tells)",
                "ok: the bind DN may write member of groups (4 looked at, by the effective rights "
                    + "that the server tells)",
            ])
        #expect(
            try lab.check("policy") == [
                "ok: the server refuses an account with nsAccountLock under every policy"
            ])
        #expect(
            try lab.check("lockAttribute") == [
                "notProven: nobody has nsAccountLock now; it can be searched, and whether it can "
                    + "be read shows with the first lock, or with a canary"
            ])
        #expect(
            try lab.check("canary") == [
                "notProven: whether a locked account is refused was not tried. Configure a "
                    + "canary, an account of no person."
            ])
        #expect(try Self.everything(lab) == before)
    }

    @Test func `what may not be written is named`() throws {
        let lab = try ConformanceLab(.directoryServer389)
        let vpn = lab.directory.group("vpn-users")
        for (dn, name) in [
            ("ou=people,\(Self.suffix)", "nsAccountLock"), (vpn, "member"),
        ] {
            try lab.change(
                dn,
                """
                add: aci
                aci: (targetattr="\(name)")(version 3.0; acl "not \(name)"; deny (write)
                  userdn="ldap:///\(Slapd.serviceDN)";)

                """)
        }
        let before = try Self.everything(lab)
        let rights = try lab.check("rights", exit: 69)
        #expect(
            rights == [
                "failed: the bind DN may not write nsAccountLock of 1 of 1 people, such as "
                    + "\(lab.directory.person("ada")): effective rights: rsc. Grant write to "
                    + "nsAccountLock with an aci.",
                "failed: the bind DN may not write member of 1 of 4 groups, such as \(vpn): "
                    + "effective rights: rscWO. Grant write to member with an aci.",
            ])
        #expect(try Self.everything(lab) == before)
    }

    @Test func `managed roles are looked at where somebody has one, dynamic groups never`()
        throws
    {
        let lab = try ConformanceLab(.directoryServer389)
        try lab.configure(uri: lab.proxy.url) {
            $0.replacing(
                "(|(objectClass=groupOfNames)(objectClass=groupOfUniqueNames))",
                with: "(cn=*)")
        }
        let base = "ou=groups,\(Self.suffix)"
        try lab.server.add(
            """
            dn: cn=found,\(base)
            objectClass: groupOfURLs
            cn: found
            memberURL: ldap:///ou=people,\(Self.suffix)??sub?(uid=ada)

            dn: cn=both,\(base)
            objectClass: groupOfNames
            objectClass: posixGroup
            cn: both
            gidNumber: 4711

            """)
        try lab.change(
            lab.directory.person("kira"), "add: nsRoleDN\nnsRoleDN: cn=Payroll,\(Self.suffix)\n")
        let rights = try lab.check("rights")
        #expect(
            rights == [
                "ok: the bind DN may write employeeType, nsAccountLock, nsRoleDN of people (2 "
                    + "looked at, by the effective rights that the server tells)",
                "ok: the bind DN may write member, memberUid of groups (5 looked at, by the "
                    + "effective rights that the server tells)",
            ])
    }

    @Test func `a canary proves that a lock is enforced, and is as it was afterwards`() throws {
        let lab = try ConformanceLab(.directoryServer389)
        let canary = "uid=canary,ou=services,\(Self.suffix)"
        try lab.server.add(
            """
            dn: \(canary)
            objectClass: inetOrgPerson
            uid: canary
            cn: Canary
            sn: Canary
            userPassword: canary-secret

            """)
        try lab.folder.write("canary-secret", to: "canary.password")
        try lab.configure(uri: lab.proxy.url) {
            $0.replacing(
                "    users:\n",
                with: "    canary: {dn: \"\(canary)\", passwordFile: canary.password}\n    users:\n"
            )
        }
        #expect(
            try lab.check("canary") == [
                "ok: proven: \(canary) binds, is refused while it is locked, and binds again"
            ])
        #expect(
            try lab.check("lockAttribute") == [
                "ok: nsAccountLock was read of the canary while it was locked"
            ])
        #expect(try lab.server.values("nsAccountLock", of: canary) == [])
        #expect(lab.server.binds(as: canary, password: "canary-secret"))
        try lab.sync()
        #expect(try lab.lock("ada")["enforced"] == "proven")
    }

    @Test func `with the server down a plan is still made for its kind`() throws {
        let lab = try ConformanceLab(.directoryServer389)
        try lab.configure(uri: lab.proxy.url) { $0.replacing("    dialect: 389ds\n", with: "") }
        try lab.sync()
        lab.proxy.set(.cut)
        let plan = try lab.start([
            "lock", "ada", "--reason", "left-organization", "--dry-run", "--ldif",
        ]).wait()
        #expect(plan.stdout.contains("replace: nsAccountLock\nnsAccountLock: true\n"))
        #expect(!plan.stdout.contains("pwd"), "\(plan.stdout)")
    }
}
