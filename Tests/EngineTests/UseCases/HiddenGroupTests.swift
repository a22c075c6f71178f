import Fixtures
import Foundation
import Ground
import Identity
import Testing

/// Role groups that can't be seen, that nobody can be taken out of, or that two have one name.
@Suite struct HiddenGroupTests {
    private let ada = LockLab.person("ada")
    private let staff = LockLab.group("staff")
    private let hiding =
        "olcAccess: {0}to dn.exact=\"cn=staff,ou=groups,dc=example,dc=com\""
        + " by dn.exact=\"\(Slapd.serviceDN)\" none by * read"

    @Test(arguments: [true, false])
    func `a group that memberOf names and an access rule hides is hidden, and the lock is not done`(
        isKnown: Bool
    ) throws {
        let lab = try LockLab { $0.memberOf = true }
        if isKnown { try lab.sync() }
        try lab.reconfigure("add: olcAccess\n\(hiding)")
        if !isKnown { try lab.sync() }
        let lock = try lab.lock("ada", exit: 75)
        #expect(lock.outcome == "partial", "\(lock.json.text)")
        #expect(
            lock.findings("remaining").contains(
                "group | \(staff) | hidden from the bind DN: the membership may still stand. "
                    + "Let it read the group"), "\(lock.json.text)")
        #expect(!lock.findings("remaining").contains { $0.contains("outside the configured") })
        #expect(try lab.members(of: "staff").contains(ada))
        try lab.reconfigure("delete: olcAccess\nolcAccess: {0}")
        #expect(try lab.retry().first?.outcome == "completed")
        #expect(try lab.groups(of: ada).isEmpty)
    }

    @Test func `a group that only the store knows is looked for, and named`() throws {
        let lab = try LockLab()
        try lab.sync()
        try lab.reconfigure("add: olcAccess\n\(hiding)")
        let lock = try lab.lock("ada")
        #expect(lock.states(.removeFromGroup).keys.contains(staff))
        #expect(
            lock.findings("remaining").contains(
                "group | \(staff) | deleted, or hidden from the bind DN: then the membership still stands"
            ), "\(lock.json.text)")
    }

    @Test func `a report names an entry and a group as they are called where it was carried out`()
        throws
    {
        let lab = try LockLab()
        try lab.sync()
        lab.proxy.set(.cut)
        try lab.lock("ada", exit: 75)
        let moved = "uid=ada,ou=left,dc=example,dc=com"
        try lab.rename(ada, to: "uid=ada", below: "ou=left,dc=example,dc=com")
        try lab.rename(staff, to: "cn=colleagues")
        lab.proxy.set(.none)
        let retried = try #require(try lab.retry().first)
        #expect(retried.outcome == "completed", "\(retried.json.text)")
        #expect(retried.states(.disableEntry) == [moved: "done"])
        #expect(retried.states(.verify) == [moved: "done"])
        let colleagues = "cn=colleagues,ou=groups,dc=example,dc=com"
        #expect(retried.states(.removeFromGroup)[colleagues] == "done", "\(retried.json.text)")
    }

    @Test func `whom autogroup puts in nobody takes out: told as remaining, and the lock is done`()
        throws
    {
        let schema = try String(contentsOfFile: "/etc/ldap/schema/dyngroup.ldif", encoding: .utf8)
        let lab = try LockLab { $0.extraConfig = [schema, Self.autogroup] }
        lab.configuration.rolesFilter = "(|(objectClass=groupOfNames)(objectClass=groupOfURLs))"
        try lab.configure()
        // Its class has to allow the members that are stored.
        try lab.addGroup(
            "testers", "groupOfURLs",
            "objectClass: extensibleObject\n"
                + "memberURL: ldap:///ou=people,dc=example,dc=com??sub?(title=Diver)")
        let testers = LockLab.group("testers")
        for name in ["vera", "wilma"] {
            try lab.addPerson(name, "title: Diver")
            #expect(try lab.server.values("member", of: testers).contains(LockLab.person(name)))
        }
        try lab.sync()
        let lock = try lab.lock("vera")
        #expect(lock.outcome == "completed", "\(lock.json.text)")
        let told = "group | \(testers) | a dynamic group"
        #expect(
            lock.findings("remaining").contains { $0.hasPrefix(told) }, "\(lock.json.text)")
        // The plan is made of the store, which has every stored member.
        lab.proxy.set(.cut)
        try lab.lock("wilma", exit: 75)
        lab.proxy.set(.none)
        let retried = try #require(try lab.retry().first)
        #expect(retried.outcome == "completed", "\(retried.json.text)")
        #expect(
            retried.findings("remaining").contains { $0.hasPrefix(told) }, "\(retried.json.text)")
    }

    private static let autogroup = """
        dn: cn=module{1},cn=config
        objectClass: olcModuleList
        cn: module{1}
        olcModulePath: /usr/lib/ldap
        olcModuleLoad: autogroup

        dn: olcOverlay=autogroup,olcDatabase={1}mdb,cn=config
        objectClass: olcOverlayConfig
        objectClass: olcAutomaticGroups
        olcOverlay: autogroup
        olcAGattrSet: groupOfURLs memberURL member

        """

    @Test func `a name in the tree where a uid is due is named`() throws {
        let lab = try LockLab()
        try lab.addGroup("odd", "posixGroup", "gidNumber: 7\nmemberUid: \(ada)")
        let sync = try lab.run("sync")
        #expect(
            sync.stderr.contains(
                "group \(LockLab.group("odd")) has \(ada) in memberUid, which takes a uid"),
            "\(sync.stderr)")
    }

    private func makeTwins() throws -> (LockLab, [String]) {
        let lab = try LockLab()
        let units = ["north", "south"].map { "ou=\($0),ou=groups,dc=example,dc=com" }
        for unit in units {
            try lab.server.add("dn: \(unit)\nobjectClass: organizationalUnit\n")
            try lab.server.add(
                "dn: cn=crew,\(unit)\nobjectClass: groupOfNames\ncn: crew\nmember: \(ada)\n"
                    + "member: \(LockLab.person("ben"))\n")
        }
        lab.configuration.top = "defaultRoles: [crew]"
        try lab.configure()
        try lab.sync()
        return (lab, units.map { "cn=crew,\($0)" })
    }

    @Test func `two groups of one name: a default role of that name is refused, and check says so`()
        throws
    {
        let (lab, groups) = try makeTwins()
        let named =
            "defaultRoles names crew, which 2 groups are called: \(groups[0]) and \(groups[1])"
        let check = try lab.json("check", exit: 69).array ?? []
        #expect(
            check.contains {
                $0["check"] == "roles" && $0["state"] == "failed"
                    && $0["message"]?.string == "\(named). Name the group by its DN."
            }, "\(check)")
        let lock = try lab.lock("ada")
        let roles = lock.states(.withdrawRole)
        for group in groups { #expect(roles["crew (\(group))"] == "done", "\(roles)") }
        let refused = try lab.json("unlock", "ada", "--reason", "cleared", "--yes", exit: 65)
        #expect(refused["error"]?["message"]?.string == named)
        #expect(try lab.show("ada")["state"] == "locked")
        #expect(try lab.groups(of: ada).isEmpty)

        lab.configuration.top =
            "defaultRoles: [\"\(groups[1].replacing("cn=crew", with: "CN=Crew"))\"]"
        try lab.configure()
        #expect(try lab.unlock().outcome == "completed")
        #expect(try lab.groups(of: ada) == [groups[1]])
    }
}
