import Fixtures
import Testing

@Suite struct SlapdFixtureTests {
    @Test func `a server of the test's own answers binds and searches`() throws {
        let slapd = try Slapd { $0.tls = .init() }
        #expect(
            slapd.binds(
                as: SampleOrganisation.person("ada"),
                password: SampleOrganisation.password(of: "ada")))
        #expect(slapd.bindResult(as: SampleOrganisation.person("ada"), password: "wrong") == 49)
        #expect(
            try slapd.values("mail", of: SampleOrganisation.person("ada")) == ["ada@example.com"])
        #expect(try slapd.search("(objectClass=groupOfNames)").count == 4)
    }

    @Test func `a locked account does not bind where the policy is in effect`() throws {
        let slapd = try Slapd()
        let ada = SampleOrganisation.person("ada")
        try slapd.modify(
            "dn: \(ada)\nchangetype: modify\nreplace: pwdAccountLockedTime\n"
                + "pwdAccountLockedTime: 000001010000Z\n")
        #expect(!slapd.binds(as: ada, password: SampleOrganisation.password(of: "ada")))
    }

    @Test func `data survive a kill`() throws {
        let slapd = try Slapd {
            $0.syncProvider = .accessLog
            $0.memberOf = true
            $0.refint = true
        }
        slapd.kill()
        try slapd.start()
        #expect(try slapd.values("memberOf", of: SampleOrganisation.person("ada")).count == 3)
        try slapd.restart()
        #expect(try slapd.search("(uid=ada)") == [SampleOrganisation.person("ada")])
    }
}
