import Engine
import Fixtures
import Identity
import LDAP
import Store
import Testing

@Suite struct UserSyncTests {
    @Test func `a first sync takes everybody in`() throws {
        let lab = try SyncLab()
        let report = try lab.sync()
        let hq = try #require(report.directories.first)
        #expect(report.outcome == .completed)
        #expect(report.exitCode == 0)
        #expect((hq.read, hq.created, hq.full) == (12, 12, true))
        #expect(hq.error == nil)
        let ada = try lab.user("ada")
        #expect(ada.record.displayName == "Ada Sample")
        #expect(ada.record.mail == "ada@example.com")
        #expect(ada.record.employeeNumber == "10000")
        #expect(ada.record.dn.text == SampleOrganisation.person("ada"))
        #expect(ada.record.attributes.map(\.name) == ["departmentNumber", "title"])
        #expect(ada.record.disabled == false)
        #expect(ada.state == .active)
        #expect(try lab.roles(of: "ada") == ["project-2", "staff", "vpn-users"])
        #expect(try lab.count("SELECT count(*) FROM audit") == 1)
    }

    @Test func `a second sync finds nothing and writes nothing but its run`() throws {
        let lab = try SyncLab()
        try lab.sync()
        let before = try lab.count("SELECT total_changes()")
        let hq = try lab.hq()
        #expect((hq.read, hq.unchanged, hq.created, hq.updated) == (12, 12, 0, 0))
        #expect(!hq.changedAnything)
        #expect(lab.changes.isEmpty && lab.roleChanges.isEmpty)
        #expect(try lab.count("SELECT count(*) FROM audit") == 1)
        // The run itself: one row in, one row finished, one of its directory; and when that was read.
        #expect(try lab.count("SELECT total_changes()") == before + 4)
    }

    @Test func `a changed attribute is an update, old and new`() throws {
        let lab = try SyncLab()
        try lab.sync()
        try lab.server.modify(
            """
            dn: \(SampleOrganisation.person("ben"))
            changetype: modify
            replace: title
            title: Head of Testing
            """)
        let hq = try lab.hq()
        #expect((hq.updated, hq.unchanged, hq.renamed) == (1, 11, 0))
        #expect(lab.changes.map(\.kind) == [.updated])
        #expect(
            lab.changes.first?.properties == [.init("title", "Tester", "Head of Testing")])
        #expect(
            try UserSearch(lab.store).find("head", state: nil, limit: 9).users.count == 1)
        #expect(
            try UserSearch(lab.store).find("tester", state: nil, limit: 99).users.count
                == 11)
        #expect(try lab.hq().unchanged == 12)
    }

    @Test func `a renamed entry is the same user, with her roles`() throws {
        let lab = try SyncLab { $0.refint = true }
        try lab.sync()
        let before = try lab.user("ada")
        try lab.server.modify(
            """
            dn: \(SampleOrganisation.person("ada"))
            changetype: modrdn
            newrdn: uid=ada.lovely
            deleteoldrdn: 1
            """)
        let hq = try lab.hq()
        #expect((hq.renamed, hq.created, hq.missing, hq.updated) == (1, 0, 0, 0))
        #expect(hq.roles == RoleChanges.Counts())
        let after = try lab.user("ada.lovely")
        #expect(after.id == before.id)
        #expect(try lab.roles(of: "ada.lovely") == ["project-2", "staff", "vpn-users"])
        #expect(try UserLookup(lab.store).find("ada").users.isEmpty)
        #expect(try lab.hq().unchanged == 12)
    }

    @Test func `a moved entry without refint loses the roles that its old name has`() throws {
        let lab = try SyncLab()
        lab.usersBase = "dc=example,dc=com"
        try lab.sync()
        try lab.server.modify(
            """
            dn: \(SampleOrganisation.person("ada"))
            changetype: modrdn
            newrdn: uid=ada
            deleteoldrdn: 0
            newsuperior: ou=left,dc=example,dc=com
            """)
        let hq = try lab.hq()
        #expect((hq.renamed, hq.roles) == (1, .init(granted: 0, withdrawn: 3)))
        #expect(try lab.roles(of: "ada").isEmpty)
    }

    @Test func `names that are only spelt otherwise are stored as they are spelt now`() throws {
        let lab = try SyncLab()
        try lab.sync()
        for unit in ["People", "Groups"] {
            try lab.server.rename("ou=\(unit.lowercased()),dc=example,dc=com", to: "ou=\(unit)")
        }
        let report = try lab.sync(SyncOptions(full: true))
        let hq = try #require(report.directories.first)
        #expect((hq.renamed, hq.updated, hq.created, hq.missing) == (0, 12, 0, 0))
        #expect(hq.roles == RoleChanges.Counts())
        #expect(try lab.user("ada").record.dn.text == "uid=ada,ou=People,dc=example,dc=com")
        #expect(
            try lab.count("SELECT count(*) FROM role_groups WHERE dn GLOB '*,ou=Groups,*'")
                == lab.count("SELECT count(*) FROM role_groups"))
        #expect(try lab.sync(SyncOptions(full: true)).directories.first?.unchanged == 12)
    }

    @Test func `two people who exchange their usernames both get what they want`() throws {
        let lab = try SyncLab()
        lab.username = "employeeNumber"
        try lab.sync()
        let (ada, ben) = (try lab.user("10000"), try lab.user("10001"))
        for (name, number) in [("ada", "10001"), ("ben", "10000")] {
            try lab.server.modify(
                """
                dn: \(SampleOrganisation.person(name))
                changetype: modify
                replace: employeeNumber
                employeeNumber: \(number)
                """)
        }
        let hq = try lab.hq()
        #expect((hq.updated, hq.rejected.count) == (2, 0))
        #expect(try lab.user("10000").id == ben.id)
        #expect(try lab.user("10001").id == ada.id)
    }

    @Test func `of two new entries with one username the first by DN gets it`() throws {
        let lab = try SyncLab()
        lab.username = "cn"
        try lab.addPerson("twin", cn: "zoe")
        try lab.addPerson("twin", cn: "ann")
        let hq = try lab.hq()
        #expect(hq.created == 13)
        #expect(try lab.user("twin").record.dn.text == SampleOrganisation.person("ann"))
        #expect(
            hq.rejected == [
                .init(
                    dn: StoredDN(text: SampleOrganisation.person("zoe")),
                    why: "username twin is already that of \(SampleOrganisation.person("ann"))")
            ])
        #expect(hq.read == hq.created + hq.rejected.count)
        let second = try lab.hq()
        #expect((second.rejected.count, second.unchanged) == (1, 13))
        #expect(!second.changedAnything)
    }

    @Test func `the known user keeps a username, and the other is well when it is free`() throws {
        let lab = try SyncLab()
        lab.username = "cn"
        try lab.addPerson("twin", cn: "zoe")
        try lab.sync()
        try lab.addPerson("twin", cn: "ann")
        #expect(try lab.hq().rejected.map(\.dn.text) == [SampleOrganisation.person("ann")])
        #expect(try lab.user("twin").record.dn.text == SampleOrganisation.person("zoe"))
        try lab.server.delete(SampleOrganisation.person("zoe"))
        let hq = try lab.hq()
        #expect((hq.missing, hq.created, hq.rejected.count) == (1, 1, 0))
        #expect(try lab.user("twin").record.dn.text == SampleOrganisation.person("ann"))
    }

    @Test func `a new entry with an old DN and username is a new user`() throws {
        let lab = try SyncLab()
        try lab.sync()
        let old = try lab.user("ben")
        try lab.server.delete(SampleOrganisation.person("ben"))
        try lab.addPerson("ben")
        let hq = try lab.hq()
        #expect((hq.missing, hq.created) == (1, 1))
        let new = try lab.user("ben")
        #expect(new.id != old.id)
        let matches = try UserLookup(lab.store).find("ben")
        #expect(matches.users.map(\.id) == [new.id])
        #expect(matches.passedOver.map(\.id) == [old.id])
    }

    @Test func `a disabled entry is born inactive, a fact of somebody known is counted`() throws {
        let lab = try SyncLab()
        func disable(_ name: String) throws {
            try lab.server.modify(
                """
                dn: \(SampleOrganisation.person(name))
                changetype: modify
                replace: pwdAccountLockedTime
                pwdAccountLockedTime: 000001010000Z
                """)
        }
        try disable("ada")
        try lab.sync()
        #expect(try lab.user("ada").state == .inactive)
        try disable("ben")
        #expect(try lab.hq().disabled == 1)
        #expect(try lab.user("ben").record.disabled == true)
        #expect(try lab.user("ben").state == .inactive)
        try lab.server.modify(
            """
            dn: \(SampleOrganisation.person("ada"))
            changetype: modify
            delete: pwdAccountLockedTime
            """)
        #expect(try lab.hq().reenabled == 1)
        #expect(try lab.user("ada").state == .active)
    }

    @Test func `a reason is recognised by the attributes that it names`() throws {
        let lab = try SyncLab()
        try lab.addPerson("gone", "employeeType: LEFT\n")
        try lab.sync()
        #expect(try lab.user("gone").record.recognised == "left-organization")
        #expect(try lab.user("ada").record.recognised == nil)
    }

    @Test func `bases that overlap show nobody twice`() throws {
        let lab = try SyncLab()
        lab.usersBase = "[\"ou=people,dc=example,dc=com\", \"dc=example,dc=com\"]"
        lab.roles =
            "{base: [\"ou=groups,dc=example,dc=com\", \"dc=example,dc=com\"], "
            + "filter: (objectClass=groupOfNames), name: cn}"
        lab.username = "sn"
        let hq = try lab.hq()
        // Twelve people with five family names: the first by DN of each gets it.
        #expect((hq.read, hq.created, hq.rejected.count) == (12, 5, 7))
        #expect(hq.error == nil)
        let again = try lab.hq()
        #expect((again.read, again.unchanged, again.rejected.count) == (12, 5, 7))
        #expect(!again.changedAnything)
    }

    @Test func `another mapping looks at every entry anew`() throws {
        let lab = try SyncLab()
        try lab.sync()
        lab.mail = "mail"
        #expect(try lab.hq().unchanged == 12)
        lab.mail = "\"{uid}@example.org\""
        #expect(try lab.hq().updated == 12)
        #expect(try lab.user("ada@example.org").record.username == "ada")
    }
}
