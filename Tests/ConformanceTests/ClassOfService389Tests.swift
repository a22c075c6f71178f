import Fixtures
import Glibc
import Ground
import Identity
import Testing

/// Accounts of 389 that only a class of service disables: what the entry itself has is another matter.
@Suite struct ClassOfService389Tests {
    private static let suffix = SampleOrganisation.suffix
    private let definition = "cn=suspension,\(suffix)"

    /// Whoever is `suspended` by their employeeType is disabled.
    private func makeLab(_ attribute: String) throws -> ConformanceLab {
        let lab = try ConformanceLab(.directoryServer389)
        try lab.server.add(
            """
            dn: cn=states,\(Self.suffix)
            objectClass: nsContainer
            cn: states

            dn: cn=suspended,cn=states,\(Self.suffix)
            objectClass: extensibleObject
            objectClass: costemplate
            objectClass: ldapsubentry
            cn: suspended
            nsAccountLock: true

            dn: \(definition)
            objectClass: LDAPsubentry
            objectClass: cosSuperDefinition
            objectClass: cosClassicDefinition
            cosTemplateDn: cn=states,\(Self.suffix)
            cosSpecifier: employeeType
            cosAttribute: \(attribute)
            cn: suspension

            """)
        return lab
    }

    /// The server works it out on a thread of its own.
    private func awaitBind(_ user: String, _ lab: ConformanceLab, isTaken: Bool) {
        for _ in 0..<600 where lab.binds(user) != isTaken { usleep(100_000) }
    }

    @Test(arguments: ["nsAccountLock operational", "nsAccountLock operational-default"])
    func `a lock that ends what disabled the account has written its own value`(
        attribute: String
    ) throws {
        let lab = try makeLab(attribute)
        let ada = lab.directory.person("ada")
        try lab.change(ada, "replace: employeeType\nemployeeType: suspended\n")
        awaitBind("ada", lab, isTaken: false)
        #expect(!lab.binds("ada"))
        #expect(lab.binds("ben"))
        try lab.sync()
        #expect(try lab.json("show", "ada")["state"] == "inactive")
        let lock = try lab.lock("ada")
        #expect(lock["outcome"] == "completed", "\(lock.text)")
        // The reason replaces the very value by which the class of service had found her.
        #expect(try lab.server.values("employeeType", of: ada) == ["left"])
        #expect(try lab.server.values("nsAccountLock", of: ada) == ["true"])
        try lab.expectLocked("ada")
        try lab.server.delete(definition)
        usleep(500_000)
        try lab.expectLocked("ada")
    }
}
