import Engine
import Fixtures
import Identity
import LDAP
import Store
import Testing

/// What people and roles are called where an attribute has several values, and by which of them groups
/// name their members.
@Suite struct NameSyncTests {
    @Test func `the username is the RDN's value, and the others are names all the same`() throws {
        let lab = try SyncLab()
        try lab.add(
            "uid=bert", "uid: b.alias\nuid: bert\nmail: bert@example.com\nmail: b@example.org")
        try lab.add("cn=nora", "cn: nora\nuid: nora.new\nuid: nora.also\nuid: nora.lee")
        try lab.sync()
        let bert = try lab.user("bert")
        #expect(bert.record.username == "bert")
        // Without one in the RDN the first in octet order, whatever the server's.
        #expect(try lab.user("nora.new").record.username == "nora.also")
        for name in ["B.Alias", "hq:b.alias", "b@example.org", "bert@EXAMPLE.com"] {
            #expect(try lab.user(name).id == bert.id, "\(name)")
        }
        let search = try UserSearch(lab.store)
        #expect(try search.find("b.alias", state: nil, limit: 5).users.map(\.id) == [bert.id])
    }

    @Test func `every value of uid counts for memberUid, in any case`() throws {
        let lab = try SyncLab()
        try lab.add("uid=anna", "uid: anna\nuid: anna.old")
        try lab.server.add(posixGroup("shell", "memberUid: ANNA.old\nmemberUid: Ada"))
        let hq = try lab.hq()
        #expect(hq.roles.withdrawn == 0)
        #expect(try lab.roles(of: "anna") == ["shell"])
        #expect(try lab.roles(of: "ada").contains("shell"))
        let roles = try lab.count("SELECT count(*) FROM readable_roles WHERE role = 'shell'")
        #expect(roles == 2)
        #expect(!(try lab.hq().changedAnything))
    }

    @Test func `a value of uid that comes or goes moves the role with it`() throws {
        let lab = try SyncLab()
        try lab.add("uid=anna", "uid: anna")
        try lab.server.add(posixGroup("shell", "memberUid: a2"))
        try lab.sync()
        #expect(try lab.roles(of: "anna").isEmpty)
        func change(_ verb: String) throws {
            try lab.server.modify(
                "dn: uid=anna,ou=people,dc=example,dc=com\nchangetype: modify\n\(verb): uid\nuid: a2\n"
            )
        }
        try change("add")
        try lab.sync()
        #expect(try lab.roles(of: "anna") == ["shell"])
        try change("delete")
        try lab.sync()
        #expect(try lab.roles(of: "anna").isEmpty)
        #expect(try UserLookup(lab.store).find("a2").users.isEmpty)
    }

    @Test func `a rename that keeps the old value is a rename, of a person and of a group`() throws
    {
        let lab = try SyncLab { $0.refint = true }
        try lab.sync()
        let before = try lab.user("ada")
        try lab.server.modify(
            """
            dn: \(SampleOrganisation.person("ada"))
            changetype: modrdn
            newrdn: uid=zada
            deleteoldrdn: 0
            """)
        // slapd's refint goes on in a task of its own, and loses a group that is renamed under it.
        try lab.server.modify(
            """
            dn: \(SampleOrganisation.group("vpn-users"))
            changetype: modrdn
            newrdn: cn=new-vpn
            deleteoldrdn: 0
            """)
        let hq = try lab.hq()
        #expect(hq.renamed == 1)
        let after = try lab.user("zada")
        #expect((after.id, after.record.username) == (before.id, "zada"))
        #expect(try lab.user("ada").id == before.id)
        #expect(try lab.roles(of: "zada") == ["new-vpn", "project-2", "staff"])
    }

    @Test func `what can't be kept is left out, said once, and rejects nobody`() throws {
        let lab = try SyncLab()
        lab.users = "filter: (objectClass=inetOrgPerson)"
        let long = String(repeating: "x", count: 5000)
        // Latin-1 in an octet string, a NUL, and a name that is too long.
        try lab.add("uid=anna", "uid: anna\ndisplayName: \(long)\ntitle:: YQBi\ntitle: Dean")
        let hq = try lab.hq()
        #expect((hq.rejected, hq.created) == ([], 13))
        let anna = try lab.user("anna")
        #expect(anna.record.displayName == "anna")
        #expect(anna.record.attributes.map(\.values) == [["Dean"]])
        #expect(
            anna.record.leftOut == [
                "displayName has 5000 octets, more than 4096", "title contains a NUL",
            ])
        #expect(
            hq.remarks == [
                "uid=anna,ou=people,dc=example,dc=com: left out, because displayName has 5000 octets, "
                    + "more than 4096; title contains a NUL"
            ])
        let again = try lab.hq()
        #expect((again.remarks, again.changedAnything) == ([], false))
    }

    @Test func `a name with a dotted capital I is compared as the server compares it`() throws {
        let lab = try SyncLab()
        // uid=İpek; slapd takes it for uid=ipek.
        try lab.server.add(
            """
            dn:: dWlkPcSwcGVrLG91PXBlb3BsZSxkYz1leGFtcGxlLGRjPWNvbQ==
            objectClass: inetOrgPerson
            uid:: xLBwZWs=
            cn: One
            sn: Example

            dn: \(SampleOrganisation.group("lonely"))
            objectClass: groupOfNames
            cn: lonely
            member: uid=ipek,ou=people,dc=example,dc=com

            """)
        try lab.sync()
        #expect(try lab.roles(of: "İpek") == ["lonely"])
        let ipek = try lab.user("İpek")
        #expect(try lab.user("ipek").id == ipek.id)
        #expect(try lab.user("uid=ipek,ou=people,dc=example,dc=com").id == ipek.id)
        #expect(!(try lab.hq().changedAnything))
    }

    @Test func `a group that spells a member with a dotted capital I names her`() throws {
        let lab = try SyncLab()
        try lab.add("uid=ipek", "uid: ipek")
        try lab.server.add(
            """
            dn: \(SampleOrganisation.group("lonely"))
            objectClass: groupOfNames
            cn: lonely
            member:: dWlkPcSwcGVrLG91PXBlb3BsZSxkYz1leGFtcGxlLGRjPWNvbQ==

            """)
        try lab.sync()
        #expect(try lab.roles(of: "ipek") == ["lonely"])
    }

    private func posixGroup(_ name: String, _ members: String) -> String {
        "dn: \(SampleOrganisation.group(name))\nobjectClass: posixGroup\ncn: \(name)\n"
            + "gidNumber: 7\n\(members)\n"
    }
}

extension SyncLab {
    /// Adds a person with this RDN; `attributes` are LDIF lines.
    fileprivate func add(_ rdn: String, _ attributes: String) throws {
        let name = rdn.drop { $0 != "=" }.dropFirst()
        let cn = rdn.hasPrefix("cn=") ? "" : "cn: \(name)\n"
        try server.add(
            "dn: \(rdn),ou=people,dc=example,dc=com\nobjectClass: inetOrgPerson\n\(cn)sn: Example\n"
                + attributes + "\n")
    }
}
