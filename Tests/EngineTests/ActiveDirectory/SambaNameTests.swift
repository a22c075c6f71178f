import Fixtures
import Ground
import Identity
import Testing

/// The names that Active Directory takes at a sign-in name a user here, too.
@Suite struct SambaNameTests {
    private static let names = [
        "ada@example.com", "ADA@Example.Com", "EXAMPLE\\ada", "example\\ADA",
    ]

    @Test func `a user principal name and DOMAIN with a name name a user of the store`() throws {
        let lab = try SambaLab()
        try lab.server.modify(
            "dn: \(SambaOrganisation.person("ada"))\nchangetype: modify\nreplace: mail\n"
                + "mail: countess@example.org\n")
        try lab.sync()
        for name in Self.names + ["hq:ada@example.com"] {
            #expect(try lab.show(name)["username"] == "ada", "\(name)")
        }
        for name in ["OTHER\\ada", "EXAMPLE\\", "EXAMPLE\\nobody", "EXAMPLE:ada"] {
            try lab.json("show", name, exit: 67)
        }
        #expect(try lab.lock("EXAMPLE\\ada").outcome == "completed")
        #expect(try lab.control("ada") == "514")
    }

    @Test(arguments: ["newcomer@example.com", "EXAMPLE\\newcomer", "newcomer"])
    func `so they do one who is not in the store yet`(_ name: String) throws {
        let lab = try SambaLab()
        try lab.sync()
        try lab.server.add(
            SambaOrganisation.ldif(person: "newcomer")
                .replacing("mail: newcomer@example.com\n", with: ""))
        let plan = LockAnswer(
            json: try lab.json("lock", name, "--reason", "left-organization", "--dry-run"))
        #expect(plan.outcome == "planned")
        try lab.json("show", "newcomer", exit: 67)
        #expect(try lab.lock(name).outcome == "completed")
        #expect(try lab.control("newcomer") == "514")
    }

    @Test(arguments: ["foo=bar,dc=example,dc=com", "CN=x,OU=nowhere,DC=elsewhere", "CN=a\\zz,DC=x"])
    func `a DN that the server can't take is nobody's`(_ name: String) throws {
        let lab = try SambaLab()
        try lab.sync()
        for flag in ["--yes", "--dry-run"] {
            try lab.json("lock", name, "--reason", "left-organization", flag, exit: 67)
        }
    }
}
