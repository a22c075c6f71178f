import Fixtures
import Ground
import Testing

/// `{ifClass: …}` in what a reason writes: whether an entry has the class is told by the server.
@Suite struct ClassConditionConformanceTests {
    private func configure(_ lab: ConformanceLab, ifClass name: String) throws {
        try lab.configure(uri: lab.proxy.url) {
            $0.replacing(
                "    write:\n      employeeType: left\n",
                with: "    write:\n      employeeType: {ifClass: \(name), value: left}\n"
            ).replacing("filter: (objectClass=inetOrgPerson)", with: "filter: (uid=*)")
        }
    }

    /// slapd shows the classes that were written, the others show their superiors, too.
    @Test(arguments: DirectoryKind.allCases)
    func `a class counts from which the entry's own is derived, another does not`(
        kind: DirectoryKind
    ) throws {
        let lab = try ConformanceLab(kind)
        try configure(lab, ifClass: "person")
        try lab.sync()
        try lab.lock("ada")
        #expect(
            try lab.server.values("employeeType", of: lab.directory.person("ada")) == ["left"])
        try configure(lab, ifClass: "groupOfNames")
        let answer = try lab.lock("ben")
        #expect(try lab.server.values("employeeType", of: lab.directory.person("ben")) == [])
        let reasons = (answer["unchanged"]?.array ?? []).compactMap { $0["because"]?.string }
        #expect(
            reasons.contains("employeeType: the entry has no class groupOfNames"), "\(reasons)")
    }

    @Test func `389 hides the classes, and what they decide is owed`() throws {
        let lab = try ConformanceLab(.directoryServer389)
        try configure(lab, ifClass: "person")
        try lab.sync()
        let people = "ou=people,\(SampleOrganisation.suffix)"
        let hiding =
            "(targetattr=\"objectClass\")(version 3.0; acl \"hidden\"; "
            + "deny (read, search, compare) userdn=\"ldap:///\(lab.directory.serviceDN)\";)"
        try lab.change(people, "add: aci\naci: \(hiding)\n")
        let ada = lab.directory.person("ada")
        let answer = try lab.lock("ada", exit: 75)
        #expect(try lab.server.values("employeeType", of: ada) == [])
        #expect(try lab.directory.isDisabled(ada))
        let errors = (answer["steps"]?.array ?? []).compactMap { $0["error"]?["message"]?.string }
        #expect(
            errors.contains {
                $0.contains(
                    "employeeType is not written: whether the entry has the class person is hidden "
                        + "from the bind DN")
            }, "\(answer.text)")
        try lab.change(people, "delete: aci\naci: \(hiding)\n")
        try lab.json("retry")
        #expect(try lab.server.values("employeeType", of: ada) == ["left"])
    }
}
