import Fixtures
import Ground
import Identity
import Testing

@Suite struct TwoDirectoryTests {
    @Test func `a directory over a limit changes nothing, the other goes on`() throws {
        let lab = try DecideLab("limits: {locks: 0}")
        let other = try Slapd { $0.access = DecideLab.access }
        lab.lab.configuration.directories = """
              branch:
                uri: \(other.url)
                bind: {dn: "\(Slapd.serviceDN)", passwordFile: hq.password}
                users:
                  base: ou=people,dc=example,dc=com
                  filter: (objectClass=inetOrgPerson)
                  map: {username: uid}
                reasons: {left-organization: {recognise: {employeeType: left}}}
            """
        try lab.configure()
        try lab.sync()
        try lab.type("ada", "left")
        try other.modify(
            "dn: \(LockLab.person("ben"))\nchangetype: modify\n"
                + "replace: employeeType\nemployeeType: left\n")
        let run = try lab.sync(exit: 11)
        #expect(run.changes == [:])
        #expect(run.json["directories"]?.array?.last?["locked"] == 1)
        #expect(try lab.state("branch:ben") == "locked")
        #expect(try lab.state("hq:ada") == "active")
        let plan = try #require(run.plan)
        #expect(try lab.sync("--release", plan).changes == ["locked": 1])
        #expect(try lab.state("hq:ada") == "locked")
    }
}
