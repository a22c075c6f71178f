import Engine
import Fixtures
import Store
import Testing

@Suite struct RoleSyncTests {
    @Test func `a first sync grants what the groups say`() throws {
        let lab = try SyncLab()
        let hq = try lab.hq()
        // staff 12, vpn-users 1, and every third person in each of the two projects.
        #expect(hq.roles == .init(granted: 21, withdrawn: 0))
        #expect(hq.groups == 4)
        #expect(try lab.hq().roles == .init(granted: 0, withdrawn: 0))
    }

    @Test func `members who come and go are granted and withdrawn`() throws {
        let lab = try SyncLab()
        try lab.sync()
        try lab.server.modify(
            """
            dn: \(SampleOrganisation.group("vpn-users"))
            changetype: modify
            delete: member
            member: \(SampleOrganisation.person("ada"))
            -
            add: member
            member: \(SampleOrganisation.person("ben"))
            member: \(SampleOrganisation.person("cleo"))
            """)
        let hq = try lab.hq()
        #expect(hq.roles == .init(granted: 2, withdrawn: 1))
        #expect((hq.unchanged, hq.changedGroups) == (12, 1))
        #expect(
            Set(lab.roleChanges.map { "\($0.isGranted ? "+" : "-")\($0.username) \($0.role)" })
                == ["+ben vpn-users", "+cleo vpn-users", "-ada vpn-users"])
        #expect(try lab.roles(of: "ben").contains("vpn-users"))
        #expect(try !lab.roles(of: "ada").contains("vpn-users"))
    }

    @Test func `nested groups of any depth, and cycles, give their roles`() throws {
        let lab = try SyncLab()
        try lab.sync()
        try add(group: "outer", ["middle"], lab)
        try add(group: "middle", ["inner"], lab)
        try add(group: "inner", ["outer"], people: ["ada", "ben"], lab)
        let first = try lab.hq()
        // Everybody of the ring holds all three.
        #expect(first.roles == .init(granted: 6, withdrawn: 0))
        #expect(
            try lab.roles(of: "ben")
                == ["inner", "middle (nested)", "outer (nested)", "staff"])
        #expect(try lab.hq().roles == .init(granted: 0, withdrawn: 0))
        try lab.server.modify(
            """
            dn: \(SampleOrganisation.group("inner"))
            changetype: modify
            delete: member
            member: \(SampleOrganisation.person("ben"))
            """)
        #expect(try lab.hq().roles == .init(granted: 0, withdrawn: 3))
        try lab.server.modify(
            """
            dn: \(SampleOrganisation.group("middle"))
            changetype: modify
            replace: member
            member: \(SampleOrganisation.person("cleo"))
            """)
        // ada keeps inner alone; cleo has middle and outer, and inner has outer's as before.
        #expect(try lab.hq().roles == .init(granted: 3, withdrawn: 2))
        #expect(
            try lab.roles(of: "cleo").filter { $0.contains("nested") }
                == ["inner (nested)", "outer (nested)"])
    }

    /// Each is counted by the shorter way, up from the members or down from the groups.
    @Test(arguments: [["ada"], ["ada", "ben", "cleo", "dora"]])
    func `one membership below many groups grants all of them`(people: [String]) throws {
        for depth in [3, 40] {
            let lab = try SyncLab {
                $0.data = SampleOrganisation(groups: 0).ldif + chain(depth, people: ["emil"])
            }
            #expect(try lab.hq().roles == .init(granted: Int64(depth), withdrawn: 0))
            let inner = SampleOrganisation.group("chain-0")
            let values = people.map { "member: \(SampleOrganisation.person($0))\n" }.joined()
            try lab.server.modify(
                "dn: \(inner)\nchangetype: modify\nadd: member\n\(values)")
            let count = Int64(depth * people.count)
            #expect(try lab.hq().roles == .init(granted: count, withdrawn: 0))
            // The chain is cut in its middle, and then nobody of it is a member any more.
            let cut = depth / 2
            try lab.server.modify(
                """
                dn: \(SampleOrganisation.group("chain-\(cut)"))
                changetype: modify
                replace: member
                member: \(SampleOrganisation.person("finn"))
                """)
            #expect(
                try lab.hq().roles
                    == .init(
                        granted: Int64(depth - cut),
                        withdrawn: Int64((depth - cut) * (people.count + 1))))
            try lab.server.modify(
                "dn: \(inner)\nchangetype: modify\ndelete: member\n\(values)")
            #expect(
                try lab.hq().roles
                    == .init(granted: 0, withdrawn: Int64(cut * people.count)))
        }
    }

    @Test func `a chain of two thousand groups is as much work as it is long`() throws {
        let depth = 2_000
        let lab = try SyncLab {
            $0.data = SampleOrganisation(groups: 0).ldif + chain(depth, people: ["emil"])
        }
        #expect(try lab.hq().roles == .init(granted: Int64(depth), withdrawn: 0))
        try lab.server.modify(
            """
            dn: \(SampleOrganisation.group("chain-0"))
            changetype: modify
            add: member
            member: \(SampleOrganisation.person("ada"))
            """)
        #expect(try lab.hq().roles == .init(granted: Int64(depth), withdrawn: 0))
    }

    /// Groups of which each has the one before it as a member; LDIF.
    private func chain(_ depth: Int, people: [String]) -> String {
        (0..<depth).map { place in
            let members =
                place == 0
                ? people.map(SampleOrganisation.person)
                : [SampleOrganisation.group("chain-\(place - 1)")]
            return """
                dn: \(SampleOrganisation.group("chain-\(place)"))
                objectClass: groupOfNames
                cn: chain-\(place)

                """ + members.map { "member: \($0)\n" }.joined() + "\n"
        }.joined()
    }

    @Test func `a first sync counts nested roles once`() throws {
        let lab = try SyncLab { $0.data = SampleOrganisation(groups: 0).ldif }
        try add(group: "outer", ["inner"], people: ["ada", "ben"], lab)
        try add(group: "inner", [], people: ["ada", "cleo"], lab)
        #expect(try lab.hq().roles == .init(granted: 5, withdrawn: 0))
    }

    @Test func `posixGroup names people by uid, groupOfUniqueNames with a suffix`() throws {
        let lab = try SyncLab()
        try lab.server.add(
            """
            dn: cn=unix,ou=groups,dc=example,dc=com
            objectClass: posixGroup
            cn: unix
            gidNumber: 500
            memberUid: ada
            memberUid: BEN
            memberUid: nobody

            dn: cn=unique,ou=groups,dc=example,dc=com
            objectClass: groupOfUniqueNames
            cn: unique
            uniqueMember: uid=cleo,ou=people,dc=example,dc=com#'0101'B
            uniqueMember: UID=Dora , OU=people,dc=example,dc=com
            """)
        #expect(try lab.hq().roles == .init(granted: 25, withdrawn: 0))
        #expect(try lab.roles(of: "ada").contains("unix"))
        // A lock takes him out of it, so it is a role of his.
        #expect(try lab.roles(of: "ben").contains("unix"))
        #expect(try lab.roles(of: "cleo").contains("unique"))
        #expect(try lab.roles(of: "dora").contains("unique"))
    }

    @Test func `a placeholder and members from elsewhere are nobody's role`() throws {
        let lab = try SyncLab()
        lab.roles =
            "{base: \"ou=groups,dc=example,dc=com\", filter: (objectClass=groupOfNames), name: cn, "
            + "rename: {staff: Everybody}, "
            + "lastMember: {policy: placeholder, dn: \"cn=nobody,dc=example,dc=com\"}}"
        try lab.server.add(
            """
            dn: cn=mixed,ou=groups,dc=example,dc=com
            objectClass: groupOfNames
            cn: mixed
            member: CN=Nobody,dc=example,dc=com
            member: cn=elsewhere,o=other
            member: uid=gone,ou=people,dc=example,dc=com
            """)
        let hq = try lab.hq()
        #expect((hq.roles, hq.foreignMembers) == (.init(granted: 21, withdrawn: 0), 1))
        #expect(try lab.roles(of: "ben") == ["Everybody"])
        // Somebody comes to be whom a group has named all along.
        try lab.addPerson("gone")
        #expect(try lab.hq().roles == .init(granted: 1, withdrawn: 0))
        #expect(try lab.roles(of: "gone") == ["mixed"])
    }

    @Test func `a group that is gone, renamed or unreadable`() throws {
        let lab = try SyncLab()
        try lab.sync()
        try lab.server.delete(SampleOrganisation.group("project-1"))
        #expect(try lab.hq().roles == .init(granted: 0, withdrawn: 4))
        try lab.server.modify(
            """
            dn: \(SampleOrganisation.group("staff"))
            changetype: modrdn
            newrdn: cn=colleagues
            deleteoldrdn: 1
            """)
        #expect(try lab.hq().roles == .init(granted: 0, withdrawn: 0))
        #expect(try lab.roles(of: "ada") == ["colleagues", "project-2", "vpn-users"])
    }

    @Test func `a groupOfNames that shows no member is unreadable, not empty`() throws {
        let lab = try SyncLab {
            $0.access = ["to filter=(description=hidden) attrs=member by * none"]
        }
        try lab.sync()
        try lab.server.modify(
            """
            dn: \(SampleOrganisation.group("staff"))
            changetype: modify
            replace: description
            description: hidden
            """)
        let hq = try lab.hq()
        #expect(hq.roles == .init(granted: 0, withdrawn: 0))
        #expect(
            hq.notes == [
                "group cn=staff,ou=groups,dc=example,dc=com shows no member: "
                    + "what is stored of it stays"
            ])
        #expect(try lab.roles(of: "ben").contains("staff"))
    }

    private func add(
        group: String, _ groups: [String], people: [String] = [], _ lab: SyncLab
    ) throws {
        let members =
            groups.map(SampleOrganisation.group) + people.map(SampleOrganisation.person)
        try lab.server.add(
            """
            dn: \(SampleOrganisation.group(group))
            objectClass: groupOfNames
            cn: \(group)

            """ + members.map { "member: \($0)\n" }.joined())
    }
}
