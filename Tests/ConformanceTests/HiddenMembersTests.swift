import Fixtures
import Ground
import Testing

/// Groups whose members the bind DN may not see, on a server where a group may be empty.
@Suite struct HiddenMembersTests {
    private func makeLab(_ memberOf: Bool, denying rights: String) throws -> ConformanceLab {
        let lab = try ConformanceLab(Directory389 { $0.memberOf = memberOf })
        try lab.sync()
        #expect(try lab.roles(of: "ada").contains("vpn-users"))
        try lab.change(
            lab.directory.group("vpn-users"),
            """
            add: aci
            aci: (targetattr="member")(version 3.0; acl "hide"; deny (\(rights))
              userdn="ldap:///\(Slapd.serviceDN)";)

            """)
        return lab
    }

    @Test func `what is hidden is not taken for gone`() throws {
        let lab = try makeLab(true, denying: "read, search, compare")
        for mode in [[], ["--full"]] {
            let report = try lab.start(["sync", "--json"] + mode).wait()
            let roles = JSONValue(parsing: report.stdout)?["directories"]?[0]?["roles"]
            #expect(roles == ["granted": 0, "withdrawn": 0], "\(report.stdout)")
        }
        #expect(try lab.roles(of: "ada").contains("vpn-users"))
        #expect(
            try lab.check("roles", exit: 69) == [
                "failed: 1 of 4 groups hides its members from the bind DN, such as "
                    + "\(lab.directory.group("vpn-users")). Let it read member."
            ])
    }

    /// Without memberOf nothing else tells that she is still in it.
    @Test func `nobody is called out of a group that hides them and takes no writes`() throws {
        let lab = try makeLab(false, denying: "read, search, compare, write")
        let vpn = lab.directory.group("vpn-users")
        let lock = try lab.lock("ada", exit: 75)
        #expect(lock["outcome"] == "partial", "\(lock.text)")
        let step = lock["steps"]?.array?.first { $0["target"]?.string == vpn }
        #expect(step?["state"] == "failed", "\(lock.text)")
        #expect(step?["error"]?["code"] == 50, "\(lock.text)")
        #expect(try lab.server.values("member", of: vpn) == [lab.directory.person("ada")])
    }
}
