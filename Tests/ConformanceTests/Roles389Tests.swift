import Fixtures
import Glibc
import Ground
import Identity
import Testing

/// Roles of 389: what a lock takes away, what it can't, and accounts that are inactivated by one.
@Suite struct Roles389Tests {
    private static let suffix = SampleOrganisation.suffix
    private let managed = "cn=Payroll,ou=people,\(suffix)"
    private let filtered = "cn=Everybody,ou=people,\(suffix)"

    private func makeLab() throws -> ConformanceLab {
        let lab = try ConformanceLab(.directoryServer389)
        let classes = "objectClass: LDAPsubentry\nobjectClass: nsRoleDefinition\n"
        try lab.server.add(
            """
            dn: \(managed)
            \(classes)objectClass: nsSimpleRoleDefinition
            objectClass: nsManagedRoleDefinition
            cn: Payroll

            dn: \(filtered)
            \(classes)objectClass: nsComplexRoleDefinition
            objectClass: nsFilteredRoleDefinition
            cn: Everybody
            nsRoleFilter: (objectClass=inetOrgPerson)

            """)
        let ada = lab.directory.person("ada")
        try lab.change(ada, "add: nsRoleDN\nnsRoleDN: \(managed)\n")
        try awaitValues("nsRole", of: ada, count: 2, lab)
        try lab.sync()
        return lab
    }

    /// 389 works out what roles bring about on a thread of its own, after it has answered the change
    /// (seen on 2.3.1, on a busy machine).
    private func awaitValues(
        _ attribute: String, of dn: String, count: Int, _ lab: ConformanceLab,
        at location: SourceLocation = #_sourceLocation
    ) throws {
        var values: [String] = []
        for _ in 0..<600 {
            values = try lab.server.values(attribute, of: dn)
            if values.count == count { return }
            usleep(100_000)
        }
        Issue.record("\(dn) has \(attribute): \(values)", sourceLocation: location)
    }

    @Test func `a lock takes a managed role away, and says which other roles remain`() throws {
        let lab = try makeLab()
        let ada = lab.directory.person("ada")
        let lock = try lab.lock("ada")
        #expect(lock["outcome"] == "completed", "\(lock.text)")
        let roles = lock["remaining"]?.array?.filter { $0["kind"] == "role" } ?? []
        #expect(roles.map { $0["target"]?.string?.lowercased() } == [filtered.lowercased()])
        let steps = lock["steps"]?.array ?? []
        #expect(
            steps.contains { $0["kind"] == "removeFromGroup" && $0["target"]?.string == managed },
            "\(lock.text)")
        #expect(try lab.server.values("nsRoleDN", of: ada) == [])
        try lab.expectLocked("ada")
        #expect(try lab.lock("ada")["outcome"] == "alreadyLocked")
    }

    @Test func `an unlock gives the role back only when it is told to`() throws {
        let lab = try makeLab()
        let ada = lab.directory.person("ada")
        try lab.lock("ada")
        try lab.json("unlock", "ada", "--reason", "returned", "--yes")
        #expect(try lab.server.values("nsRoleDN", of: ada) == [])
        try lab.change(ada, "add: nsRoleDN\nnsRoleDN: \(managed)\n")
        try lab.lock("ada")
        let unlock = try lab.json(
            "unlock", "ada", "--reason", "returned", "--restore-roles", "--yes")
        #expect(unlock["outcome"] == "completed", "\(unlock.text)")
        #expect(try lab.server.values("nsRoleDN", of: ada) == [managed])
    }

    @Test func `with the server down the role is found and taken away by the retry`() throws {
        let lab = try makeLab()
        lab.proxy.set(.cut)
        try lab.lock("ada", exit: 75)
        lab.proxy.set(.none)
        #expect(try lab.json("retry")[0]?["outcome"] == "completed")
        #expect(try lab.server.values("nsRoleDN", of: lab.directory.person("ada")) == [])
    }

    @Test func `an account that is inactivated by its role counts as disabled, and stays so`()
        throws
    {
        let lab = try makeLab()
        let ben = lab.directory.person("ben")
        try inactivate(ben, lab)
        #expect(!lab.binds("ben"))
        let report = try lab.json("sync", "--full")
        #expect(report["directories"]?[0]?["disabled"] == 1, "\(report.text)")
        #expect(try lab.json("show", "ben")["state"] == "inactive")
        let lock = try lab.lock("ben")
        #expect(lock["outcome"] == "completed", "\(lock.text)")
        let unlock = try lab.json("unlock", "ben", "--reason", "returned", "--yes")
        #expect(unlock["outcome"] == "completed", "\(unlock.text)")
        #expect(!lab.binds("ben"))
        #expect(
            try lab.server.values("nsRoleDN", of: ben) == [
                "cn=nsManagedDisabledRole,\(Self.suffix)"
            ])
    }

    @Test
    func `a lock writes its own value where only a role disables, and the stripping opens nothing`()
        throws
    {
        let lab = try makeLab()
        let ada = lab.directory.person("ada")
        try inactivateRoles(lab, [managed])
        try awaitValues("nsAccountLock", of: ada, count: 1, lab)
        #expect(!lab.binds("ada"))
        let lock = try lab.lock("ada")
        #expect(lock["outcome"] == "completed", "\(lock.text)")
        #expect(try lab.server.values("nsRoleDN", of: ada) == [])
        try awaitValues("nsRole", of: ada, count: 1, lab)
        #expect(try lab.server.values("nsAccountLock", of: ada) == ["true"])
        #expect(!lab.binds("ada"))
        let unlock = try lab.json("unlock", "ada", "--reason", "returned", "--yes")
        #expect(unlock["outcome"] == "completed", "\(unlock.text)")
        #expect(try lab.server.values("nsAccountLock", of: ada) == [])
        #expect(lab.binds("ada"))
        try lab.change(ada, "add: nsRoleDN\nnsRoleDN: \(managed)\n")
        try awaitValues("nsAccountLock", of: ada, count: 1, lab)
        try lab.lock("ada")
        try awaitValues("nsRole", of: ada, count: 1, lab)
        let back = try lab.json("unlock", "ada", "--reason", "returned", "--restore-roles", "--yes")
        #expect(
            (back["remaining"]?.array ?? []).contains {
                $0["because"]?.string?.hasPrefix("is disabled again by what is given back") == true
            }, "\(back.text)")
        try awaitValues("nsAccountLock", of: ada, count: 1, lab)
        #expect(!lab.binds("ada"))
    }

    @Test func `a role that is inactivated on top of a lock is named by the unlock, which is done`()
        throws
    {
        let lab = try makeLab()
        let ben = lab.directory.person("ben")
        try lab.lock("ben")
        try inactivate(ben, lab)
        // Everybody's, the disabled ones' and the one that says so.
        try awaitValues("nsRole", of: ben, count: 3, lab)
        let unlock = try lab.json("unlock", "ben", "--reason", "returned", "--yes")
        #expect(unlock["outcome"] == "completed", "\(unlock.text)")
        let role = "cn=nsdisabledrole,\(Self.suffix)"
        let told = (unlock["remaining"]?.array ?? []).compactMap { $0["because"]?.string }
        #expect(
            told.contains(
                "stays disabled (the inactivated role \(role)): not by what is undone here"),
            "\(unlock.text)")
        #expect(!lab.binds("ben"))
        #expect(try lab.sync()["deactivated"] == 1)
        #expect(try lab.sync()["deactivated"] == 0)
        try lab.change(ben, "delete: nsRoleDN\n")
        try awaitValues("nsAccountLock", of: ben, count: 0, lab)
        #expect(lab.binds("ben"))
    }

    @Test(arguments: ["true\nnsAccountLock: false", "false\nnsAccountLock: true", "FALSE"])
    func `an unlock gives back the very values, however many there were`(_ value: String) throws {
        let lab = try makeLab()
        let ben = lab.directory.person("ben")
        try lab.change(ben, "add: nsAccountLock\nnsAccountLock: \(value)\n")
        let before = try lab.server.values("nsAccountLock", of: ben)
        let isOpen = lab.binds("ben")
        #expect(isOpen == !value.hasPrefix("true"))
        #expect(try lab.sync()["disabled"] == (isOpen ? 0 : 1))
        try lab.lock("ben")
        #expect(!lab.binds("ben"))
        let unlock = try lab.json("unlock", "ben", "--reason", "returned", "--yes")
        #expect(unlock["outcome"] == "completed", "\(unlock.text)")
        #expect(try lab.server.values("nsAccountLock", of: ben) == before)
        #expect(lab.binds("ben") == isOpen)
        #expect(
            (unlock["remaining"]?.array ?? []).contains { $0["kind"] == "entry" } == !isOpen,
            "\(unlock.text)")
    }

    @Test(arguments: [
        ("yes", true), ("1", true), ("TRUE", false), ("true", false),
        ("false\nnsAccountLock: true", true),
    ])
    func `a value locks where the server says so, and any other is replaced`(
        _ value: String, _ binds: Bool
    ) throws {
        let lab = try makeLab()
        let ben = lab.directory.person("ben")
        try lab.change(ben, "add: nsAccountLock\nnsAccountLock: \(value)\n")
        #expect(lab.binds("ben") == binds)
        #expect(try lab.sync()["disabled"] == (binds ? 0 : 1))
        #expect(try lab.lock("ben")["outcome"] == "completed")
        #expect(!lab.binds("ben"))
        #expect(try lab.server.values("nsAccountLock", of: ben).map { $0.lowercased() } == ["true"])
    }

    /// What `dsidm account lock` made in former versions, and `dsidm role lock` still does.
    private func inactivate(_ dn: String, _ lab: ConformanceLab) throws {
        try inactivateRoles(lab, ["cn=nsManagedDisabledRole,\(Self.suffix)"])
        try lab.change(
            dn, "add: nsRoleDN\nnsRoleDN: cn=nsManagedDisabledRole,\(Self.suffix)\n")
        try awaitValues("nsAccountLock", of: dn, count: 1, lab)
    }

    /// Whoever has one of the roles has `nsDisabledRole` by it, and an account that is locked.
    private func inactivateRoles(_ lab: ConformanceLab, _ roles: [String]) throws {
        let classes = "objectClass: LDAPsubentry\nobjectClass: nsRoleDefinition\n"
        try lab.server.add(
            """
            dn: cn=nsManagedDisabledRole,\(Self.suffix)
            \(classes)objectClass: nsSimpleRoleDefinition
            objectClass: nsManagedRoleDefinition
            cn: nsManagedDisabledRole

            dn: cn=nsDisabledRole,\(Self.suffix)
            \(classes)objectClass: nsComplexRoleDefinition
            objectClass: nsNestedRoleDefinition
            cn: nsDisabledRole
            \(roles.map { "nsRoleDN: \($0)" }.joined(separator: "\n"))

            dn: cn=nsAccountInactivationTmp,\(Self.suffix)
            objectClass: nsContainer
            cn: nsAccountInactivationTmp

            dn: cn="cn=nsDisabledRole,\(Self.suffix)",cn=nsAccountInactivationTmp,\(Self.suffix)
            objectClass: extensibleObject
            objectClass: costemplate
            objectClass: ldapsubentry
            cosPriority: 1
            nsAccountLock: true

            dn: cn=nsAccountInactivation_cos,\(Self.suffix)
            objectClass: LDAPsubentry
            objectClass: cosSuperDefinition
            objectClass: cosClassicDefinition
            cosTemplateDn: cn=nsAccountInactivationTmp,\(Self.suffix)
            cosSpecifier: nsRole
            cosAttribute: nsAccountLock operational
            cn: nsAccountInactivation_cos

            """)
    }
}
