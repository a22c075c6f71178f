import Fixtures
import Foundation
import Ground
import Identity
import Testing

/// Access that a lock does not end: told, and never called stripped.
@Suite struct RemainingAccessTests {
    private let ada = LockLab.person("ada")

    @Test func `a dynamic group that hides its search is told, one that has none is not`() throws {
        let schema = try String(contentsOfFile: "/etc/ldap/schema/dyngroup.ldif", encoding: .utf8)
        let lab = try LockLab { $0.extraConfig.append(schema) }
        let url = "memberURL: ldap:///ou=people,dc=example,dc=com??sub?(title=Tester)"
        try lab.addGroup("testers", "groupOfURLs", url)
        try lab.addGroup("idle", "groupOfURLs", "")
        try lab.reconfigure(
            "add: olcAccess\nolcAccess: {0}to dn.base=\"\(LockLab.group("testers"))\" "
                + "attrs=memberURL by dn.exact=\"\(Slapd.serviceDN)\" none by * read")
        try lab.sync()
        #expect(
            try lab.lock("ada").findings("remaining").filter { $0.hasPrefix("group | ") } == [
                "group | \(LockLab.group("testers")) | a dynamic group whose memberURL is hidden "
                    + "from the bind DN: whether it finds the user can't be seen, and no lock "
                    + "strips it"
            ])
    }

    @Test func `a dynamic group whose search finds her is told, others are not`() throws {
        let schema = try String(contentsOfFile: "/etc/ldap/schema/dyngroup.ldif", encoding: .utf8)
        let lab = try LockLab { $0.extraConfig.append(schema) }
        for (name, url) in [
            ("testers", "ldap:///ou=people,dc=example,dc=com??sub?(title=Tester)"),
            ("encoded", "ldap:///ou=people,dc=example,dc=com??one?(cn=Ada%20Sample)"),
            ("others", "ldap:///ou=people,dc=example,dc=com??sub?(title=Keeper)"),
            ("elsewhere", "ldap:///ou=left,dc=example,dc=com??sub?(title=Tester)"),
        ] {
            try lab.addGroup(name, "groupOfURLs", "memberURL: \(url)")
        }
        try lab.sync()
        let lock = try lab.lock("ada")
        #expect(lock.outcome == "completed", "\(lock.json.text)")
        let told = lock.findings("remaining").filter { $0.contains("dynamic") }
        #expect(
            Set(told)
                == Set(
                    ["testers", "encoded"].map {
                        "group | \(LockLab.group($0)) | a dynamic group, whose memberURL finds the user: "
                            + "no lock strips it"
                    }), "\(told)")
    }

    @Test func `members that a search finds are no role, and no lock tries to take them out`()
        throws
    {
        let schema = try String(contentsOfFile: "/etc/ldap/schema/dyngroup.ldif", encoding: .utf8)
        let lab = try LockLab {
            $0.extraConfig = [schema, Self.dynlist]
        }
        lab.configuration.rolesFilter = "(|(objectClass=groupOfNames)(objectClass=groupOfURLs))"
        try lab.configure()
        try lab.addGroup(
            "testers", "groupOfURLs",
            "memberURL: ldap:///ou=people,dc=example,dc=com??sub?(title=Tester)")
        #expect(try lab.server.values("member", of: LockLab.group("testers")).count == 12)
        let sync = try lab.run("sync")
        #expect(
            sync.stderr.contains(
                "hq: group \(LockLab.group("testers")) is dynamic: whom its memberURL finds, "
                    + "no lock takes out of it"))
        let roles = (try lab.show("ada")["roles"]?.array ?? []).compactMap { $0["name"]?.string }
        #expect(!roles.contains("testers"))
        let lock = try lab.lock("ada")
        #expect(lock.outcome == "completed", "\(lock.json.text)")
        #expect(lock.states(.removeFromGroup)[LockLab.group("testers")] == nil)
        #expect(lock.findings("remaining").contains { $0.contains("a dynamic group") })
    }

    private static let dynlist = """
        dn: cn=module{1},cn=config
        objectClass: olcModuleList
        cn: module{1}
        olcModulePath: /usr/lib/ldap
        olcModuleLoad: dynlist

        dn: olcOverlay=dynlist,olcDatabase={1}mdb,cn=config
        objectClass: olcOverlayConfig
        objectClass: olcDynListConfig
        olcOverlay: dynlist
        olcDynListAttrSet: groupOfURLs memberURL member

        """

    @Test func `groups elsewhere that hold the user are named, whatever holds them`() throws {
        let lab = try LockLab()
        let groups = [
            ("crew", "groupOfNames", "member: \(ada)"),
            ("board", "groupOfUniqueNames", "uniqueMember: \(ada)"),
            ("shell", "posixGroup", "gidNumber: 4711\nmemberUid: ADA"),
            ("other", "groupOfNames", "member: \(LockLab.person("ben"))"),
        ]
        for (name, objectClass, lines) in groups {
            try lab.server.add(
                "dn: cn=\(name),ou=services,dc=example,dc=com\nobjectClass: \(objectClass)\n"
                    + "cn: \(name)\n\(lines)\n")
        }
        try lab.sync()
        let lock = try lab.lock("ada")
        #expect(lock.outcome == "completed", "\(lock.json.text)")
        let told = lock.findings("remaining").filter { $0.hasPrefix("group") }
        #expect(
            Set(told)
                == Set(
                    ["crew", "board", "shell"].map {
                        "group | cn=\($0),ou=services,dc=example,dc=com | outside the configured "
                            + "role groups: no lock strips it"
                    }))
    }

    @Test func `with the directory down the lock says that other groups were not looked for`()
        throws
    {
        let lab = try LockLab()
        try lab.server.add(
            "dn: cn=crew,ou=services,dc=example,dc=com\nobjectClass: groupOfNames\ncn: crew\n"
                + "member: \(ada)\n")
        try lab.sync()
        lab.proxy.set(.cut)
        let told =
            "group | \(ada) | groups that are no role groups were not looked for, because the "
            + "directory could not be read"
        #expect(try lab.lock("ada", exit: 75).findings("remaining").contains(told))
        lab.proxy.set(.none)
        #expect(try lab.retry().first?.findings("remaining").contains(told) == true)
    }

    @Test func `without role groups that is said, and nothing of them is called read back`() throws
    {
        let lab = try LockLab()
        lab.configuration.hasRoles = false
        try lab.configure()
        try lab.sync()
        let preview = try lab.run("lock", "ada", "--reason", "misuse", "--dry-run").stdout
        #expect(preview.contains("no role groups are configured"))
        #expect(preview.contains("the entry is read back"))
        #expect(!preview.contains("the groups are read back"))
        let lock = try lab.lock("ada", reason: "misuse")
        #expect(lock.outcome == "completed", "\(lock.json.text)")
        let told = lock.findings("remaining")
        #expect(
            told.contains(
                "group | \(ada) | no role groups are configured: none is read, none is stripped"))
        for group in try lab.groups(of: ada) {
            #expect(told.contains { $0.hasPrefix("group | \(group) | ") }, "\(group)")
        }
        let report = try lab.run("report", "1").stdout
        #expect(report.contains("the entry, on the connection that wrote: all as wanted"))
        #expect(!report.contains("its groups"))
    }

    @Test func `what she holds through a kept group stays, and is told`() throws {
        let lab = try LockLab()
        lab.configuration.keep = "[\"\(LockLab.group("staff"))\"]"
        try lab.configure()
        try lab.addGroup("building", "groupOfNames", "member: \(LockLab.group("staff"))")
        try lab.addGroup("tower", "groupOfNames", "member: \(LockLab.group("vpn-users"))")
        try lab.sync()
        let lock = try lab.lock("ada")
        #expect(lock.outcome == "completed")
        let building = LockLab.group("building")
        let because = "held through a group that the configuration keeps"
        #expect(lock.findings("unchanged").contains("role | building | \(because)"))
        #expect(
            lock.findings("remaining").contains(
                "group | \(building) | \(because): no lock strips that one"))
        #expect(lock.states(.withdrawRole)["building"] == nil)
        #expect(lock.states(.withdrawRole)["tower"] == "done")
        let roles = (try lab.show("ada")["roles"]?.array ?? []).compactMap { $0["name"]?.string }
        #expect(roles == ["building", "staff"])
        try lab.succeed("sync", "--check")
    }
}
