import Fixtures
import Ground
import Identity
import Testing

@Suite struct LockGroupTests {
    private let ada = LockLab.person("ada")
    private let ben = LockLab.person("ben")

    @Test(arguments: [
        ("groupOfUniqueNames", "uniqueMember", ["uid=ada,ou=people,dc=example,dc=com#'0101'B"]),
        (
            "groupOfUniqueNames", "uniqueMember",
            ["uid=ada,ou=people,dc=example,dc=com#'0101'B", "uid=ada,ou=people,dc=example,dc=com"]
        ),
        ("groupOfNames", "member", ["UID = Ada , OU=People,dc=Example,dc=com"]),
        ("groupOfNames", "member", ["uid=\\61da,ou=people,dc=example,dc=com"]),
        ("posixGroup", "memberUid", ["ada"]),
        ("posixGroup", "memberUid", ["Ada", "ada"]),
    ])
    func `a member is taken out however the group spells her`(
        _ objectClass: String, _ attribute: String, _ values: [String]
    ) throws {
        let lab = try LockLab()
        let other = attribute == "memberUid" ? "ben" : ben
        let number = attribute == "memberUid" ? "gidNumber: 7\n" : ""
        try lab.addGroup(
            "odd", objectClass,
            number + (values + [other]).map { "\(attribute): \($0)" }.joined(separator: "\n"))
        try lab.sync()
        let lock = try lab.lock("ada")
        #expect(lock.outcome == "completed", "\(lock.json.text)")
        #expect(try lab.members(of: "odd", attribute) == [other], "\(lock.json.text)")
    }

    @Test func `memberUid in other case alone is found by the store`() throws {
        let lab = try LockLab()
        try lab.addGroup("odd", "posixGroup", "gidNumber: 7\nmemberUid: ada\nmemberUid: ben")
        try lab.sync()
        try lab.change(
            LockLab.group("odd"),
            "delete: memberUid\nmemberUid: ada\n-\nadd: memberUid\nmemberUid: ADA")
        #expect(try lab.lock("ada").outcome == "completed")
        #expect(try lab.members(of: "odd", "memberUid") == ["ben"])
    }

    @Test func `memberUid that was never in her case is taken out, too`() throws {
        let lab = try LockLab()
        try lab.addGroup("odd", "posixGroup", "gidNumber: 7\nmemberUid: ADA\nmemberUid: ben")
        try lab.sync()
        // Of which the store knows nothing yet.
        try lab.addGroup("later", "posixGroup", "gidNumber: 8\nmemberUid: Ada")
        #expect(try lab.lock("ada").outcome == "completed")
        #expect(try lab.members(of: "odd", "memberUid") == ["ben"])
        #expect(try lab.members(of: "later", "memberUid") == [])
        try lab.sync()
        try lab.succeed("sync", "--check")
    }

    @Test(arguments: [
        "Comma\\2C Ada", "Quote\\22Ada", "Plus\\2BAda", "Hash #Ada", "Ünï \\E2\\98\\83",
        "Star*(Ada)\\5C",
    ])
    func `a name with characters that must be escaped is locked`(_ name: String) throws {
        let lab = try LockLab()
        let dn = "cn=\(name),ou=people,dc=example,dc=com"
        try lab.server.add(
            "dn: \(dn)\nobjectClass: inetOrgPerson\nuid: odd\nsn: Odd\nuserPassword: secret\n")
        try lab.addGroup("odd", "groupOfNames", "member: \(dn)\nmember: \(ben)")
        try lab.sync()
        let lock = try lab.lock("odd")
        #expect(lock.outcome == "completed", "\(lock.json.text)")
        #expect(!lab.server.binds(as: dn, password: "secret"))
        #expect(try lab.members(of: "odd") == [ben])
    }

    @Test func `the last member gives way to the placeholder`() throws {
        let lab = try LockLab()
        try lab.addGroup("unique", "groupOfUniqueNames", "uniqueMember: \(ada)#'0101'B")
        try lab.sync()
        #expect(try lab.lock("ada").outcome == "completed")
        #expect(try lab.members(of: "vpn-users") == [LockLab.nobody])
        #expect(try lab.members(of: "unique", "uniqueMember") == [LockLab.nobody])
        try lab.sync()
        #expect(try lab.json("find", "nobody") == [])
    }

    @Test func `with the policy fail the last member stays and is told`() throws {
        let lab = try LockLab()
        lab.configuration.lastMember = "{policy: fail}"
        try lab.configure()
        try lab.sync()
        let lock = try lab.lock("ada", exit: 75)
        #expect(lock.states(.removeFromGroup)[LockLab.group("vpn-users")] == "failed")
        #expect(lock.states(.removeFromGroup)[LockLab.group("staff")] == "done")
        #expect(lock.errors(.removeFromGroup).first?.code == 65)
        #expect(try lab.members(of: "vpn-users") == [ada])
        try lab.change(LockLab.group("vpn-users"), "add: member\nmember: \(ben)")
        #expect(try lab.retry().first?.outcome == "completed")
        #expect(try lab.members(of: "vpn-users") == [ben])
    }

    @Test func `with the policy deleteGroup the group goes with its last member`() throws {
        let lab = try LockLab { $0.access = Self.deleting + LockLab.access }
        lab.configuration.lastMember = "{policy: deleteGroup}"
        try lab.configure()
        try lab.sync()
        let lock = try lab.lock("ada")
        #expect(lock.outcome == "completed", "\(lock.json.text)")
        #expect(try lab.server.entry(LockLab.group("vpn-users")).isEmpty)
        #expect(try !lab.server.entry(LockLab.group("staff")).isEmpty)
        try lab.sync()
    }

    private static let deleting = [
        "to dn.subtree=\"ou=groups,dc=example,dc=com\" attrs=entry,children"
            + " by dn.exact=\"\(Slapd.serviceDN)\" write by * read"
    ]

    @Test func `two locks of a group's last two members end with the placeholder`() throws {
        let lab = try LockLab()
        for _ in 0..<8 {
            try lab.addGroup(
                "pair-\(UInt32.random(in: 0...9_999_999))", "groupOfNames",
                "member: \(ada)\nmember: \(ben)")
        }
        try lab.sync()
        let children = try ["ada", "ben"].map {
            try lab.start(["--json", "lock", $0, "--reason", "left-organization", "--yes"])
        }
        for child in children {
            let end = try child.wait()
            #expect(end.exitCode == 0, "\(end.stdout)\(end.stderr)")
        }
        #expect(try lab.groups(of: ada).isEmpty)
        #expect(try lab.groups(of: ben).isEmpty)
        #expect(try lab.server.search("(&(cn=pair-*)(member=\(LockLab.nobody)))").count == 8)
    }

    @Test func `groups that the entry names in memberOf alone are stripped, too`() throws {
        let lab = try LockLab {
            $0.memberOf = true
            $0.access.insert(
                "to dn.exact=\"\(LockLab.group("vpn-users"))\" attrs=member"
                    + " by dn.exact=\"\(Slapd.serviceDN)\" =w by * none", at: 0)
        }
        try lab.addGroup("outside", "groupOfNames", "member: \(ada)")
        try lab.sync()
        let lock = try lab.lock("ada", exit: 75)
        // The write was taken; that she is out can't be seen, and is not claimed.
        #expect(lock.states(.removeFromGroup)[LockLab.group("vpn-users")] != nil)
        #expect(lock.states(.removeFromGroup)[LockLab.group("vpn-users")] != "done")
        #expect(lock.outcome == "partial")
    }
}
