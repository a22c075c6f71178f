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
    ///
    /// Seen on 3.1.2: that thread may miss a definition that was just added, until another one changes.
    private func awaitBind(_ user: String, _ lab: ConformanceLab, isTaken: Bool) throws {
        for round in 1...600 where lab.binds(user) != isTaken {
            usleep(100_000)
            guard round.isMultiple(of: 50) else { continue }
            for other in try lab.server.search("(objectClass=cosSuperDefinition)") {
                try lab.change(other, "replace: description\ndescription: \(round)\n")
            }
        }
    }

    @Test(arguments: ["nsAccountLock operational", "nsAccountLock operational-default"])
    func `a lock that ends what disabled the account has written its own value`(
        attribute: String
    ) throws {
        let lab = try makeLab(attribute)
        let ada = lab.directory.person("ada")
        try lab.change(ada, "replace: employeeType\nemployeeType: suspended\n")
        try awaitBind("ada", lab, isTaken: false)
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

    /// Everybody below `place` is disabled, whatever they have themselves.
    private func closeEverybody(below place: String, _ attribute: String, _ lab: ConformanceLab)
        throws
    {
        try lab.server.add(
            """
            dn: cn=closed,\(Self.suffix)
            objectClass: extensibleObject
            objectClass: costemplate
            objectClass: ldapsubentry
            cn: closed
            nsAccountLock: true

            dn: cn=closure,\(place)
            objectClass: LDAPsubentry
            objectClass: cosSuperDefinition
            objectClass: cosPointerDefinition
            cosTemplateDn: cn=closed,\(Self.suffix)
            cosAttribute: \(attribute)
            cn: closure

            """)
    }

    @Test(arguments: ["nsAccountLock operational", "nsAccountLock operational-default"])
    func
        `a pointer closes everybody: a lock has its own value, an unlock says that they stay closed`(
            attribute: String
        ) throws
    {
        let lab = try ConformanceLab(.directoryServer389)
        let people = "ou=people,\(Self.suffix)"
        try lab.sync()
        try closeEverybody(below: people, attribute, lab)
        try awaitBind("ada", lab, isTaken: false)
        // No change of an entry tells of it.
        let report = try lab.json("sync", "--full", exit: 11)
        #expect(report["directories"]?[0]?["disabled"] == 12, "\(report.text)")
        for name in ["ada", "ben"] {
            let lock = try lab.lock(name)
            #expect(lock["outcome"] == "completed", "\(lock.text)")
        }
        let unlock = try lab.json("unlock", "ben", "--reason", "returned", "--yes")
        #expect(unlock["outcome"] == "completed", "\(unlock.text)")
        #expect(
            (unlock["remaining"]?.array ?? []).contains {
                $0["because"]
                    == "stays disabled (nsAccountLock: true, by a class of service): not by what is undone here"
            }, "\(unlock.text)")
        #expect(!lab.binds("ben"))

        try lab.server.delete("cn=closure,\(people)")
        try awaitBind("ben", lab, isTaken: true)
        #expect(lab.binds("ben"))
        #expect(try lab.server.values("nsAccountLock", of: lab.directory.person("ben")) == [])
        #expect(try lab.server.values("nsAccountLock", of: lab.directory.person("ada")) == ["true"])
        try lab.expectLocked("ada")
    }

    @Test func `a pointer that closes the service account as well leaves a lock pending`() throws {
        let lab = try ConformanceLab(.directoryServer389)
        try lab.sync()
        try closeEverybody(below: Self.suffix, "nsAccountLock operational", lab)
        try awaitBind("ada", lab, isTaken: false)
        try lab.lock("ada", exit: 75)
        try lab.server.delete("cn=closure,\(Self.suffix)")
        try awaitBind("ben", lab, isTaken: true)
        try lab.json("retry")
        #expect(try lab.server.values("nsAccountLock", of: lab.directory.person("ada")) == ["true"])
        try lab.expectLocked("ada")
    }
}
