import Fixtures
import Ground
import Identity
import Testing

/// Reading Active Directory, as Samba serves it.
@Suite struct SambaSyncTests {
    @Test func `the domain's root is a base like any other`() throws {
        let lab = try SambaLab()
        lab.usersBase = SambaOrganisation.suffix
        lab.usersFilter = "(&(objectCategory=person)(objectClass=user)(employeeNumber=*))"
        lab.rolesBase = SambaOrganisation.suffix
        try lab.configure()
        // Its subtree is referred to the configuration's naming context, which holds nobody.
        let first = try lab.directory()
        #expect(first["created"] == 12, "\(first.text)")
        #expect(first["error"]?.isNull == true)
        try lab.server.delete(SambaOrganisation.person("ben"))
        #expect(try lab.directory()["missing"] == 1)
    }

    @Test func `nested groups are what memberOf of all levels says`() throws {
        let outer = SambaOrganisation.group("outer")
        let lab = try SambaLab {
            $0.data = SambaOrganisation.ldif(
                group: "outer", members: [SambaOrganisation.group("vpn-users")])
        }
        try lab.sync()
        let inChain = "(memberOf:1.2.840.113556.1.4.1941:=\(outer))"
        #expect(
            try Set(lab.server.search(inChain))
                == [SambaOrganisation.group("vpn-users"), SambaOrganisation.person("ada")])
        for (username, isHolder) in [("ada", true), ("ben", false)] {
            let roles = try lab.show(username)["roles"]?.array ?? []
            #expect(roles.contains { $0["name"] == "outer" } == isHolder)
        }
        let roles = try lab.show("ada")["roles"]?.array ?? []
        #expect(roles.first { $0["name"] == "outer" }?["direct"] == false)
        // And those of one level are what memberOf says.
        let direct = roles.filter { $0["direct"] == true }.compactMap { $0["group"]?.string }
        #expect(try direct.sorted() == lab.groups(of: "ada"))
    }

    @Test func `a bind in plain text is refused with what to do about it`() throws {
        let lab = try SambaLab { $0.strongAuth = true }
        let refused = try lab.run("sync")
        #expect(refused.exitCode == 69)
        #expect(
            refused.stderr.contains("Strong(er) authentication required (8)"), "\(refused.stderr)")
        #expect(
            refused.stderr.contains("The server wants TLS: use ldaps:// or tls.starttls."),
            "\(refused.stderr)")

        let ca = try Certificates.shared.get().ca
        for (url, starttls) in [(lab.server.tlsURL, "false"), (lab.server.url, "true")] {
            lab.url = url
            lab.tls = "tls: {ca: \(ca), starttls: \(starttls)}"
            try lab.configure()
            try lab.sync()
        }
        #expect(try lab.show("ada")["state"] == "active")
    }

    @Test func `a certificate of another host is called one`() throws {
        let lab = try SambaLab { $0.certificate = .wrongHost }
        lab.url = lab.server.tlsURL
        lab.tls = "tls: {ca: \(try Certificates.shared.get().ca)}"
        try lab.configure()
        let refused = try lab.run("sync")
        #expect(refused.exitCode == 69)
        #expect(refused.stderr.contains("ldap.example.test"), "\(refused.stderr)")
    }
}
