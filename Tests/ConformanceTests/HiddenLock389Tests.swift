import Fixtures
import Ground
import Testing

/// Whether 389 has nobody's lock to show, or hides it, is told by what a negated filter finds.
@Suite struct HiddenLock389Tests {
    @Test func `a lock that is hidden enables nobody, one that is gone does`() throws {
        let lab = try ConformanceLab(.directoryServer389)
        try lab.sync()
        let ben = lab.directory.person("ben")
        try lab.change(ben, "replace: nsAccountLock\nnsAccountLock: true\n")
        #expect(try lab.sync()["deactivated"] == 1)
        let people = "ou=people,\(SampleOrganisation.suffix)"
        let hiding =
            "(targetattr=\"nsAccountLock\")(version 3.0; acl \"hidden\"; "
            + "deny (read, search, compare) userdn=\"ldap:///\(lab.directory.serviceDN)\";)"
        try lab.change(people, "add: aci\naci: \(hiding)\n")
        for _ in 0..<2 { #expect(try full(lab)["reactivated"] == 0) }
        try lab.change(people, "delete: aci\naci: \(hiding)\n")
        #expect(try full(lab)["reactivated"] == 0)
        try lab.change(ben, "delete: nsAccountLock\n")
        #expect(try full(lab)["reactivated"] == 1)
        #expect(try lab.json("show", "ben")["state"] == "active")
    }

    @Test func `an account that 389 shows locked is refused, whatever the policy`() throws {
        let lab = try ConformanceLab(.directoryServer389)
        try lab.sync()
        let end = try lab.start(["lock", "ben", "--reason", "left-organization", "--yes"]).wait()
        #expect(end.stdout.hasPrefix("Locked, and seen disabled  ben"), "\(end.stdout)")
        #expect(!lab.binds("ben"))
    }

    private func full(_ lab: ConformanceLab) throws -> JSONValue {
        try #require(lab.json("sync", "--full")["directories"]?[0])
    }
}
