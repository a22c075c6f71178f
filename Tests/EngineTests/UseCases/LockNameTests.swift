import Fixtures
import Ground
import Identity
import Testing

/// Whoever has an entry can be locked, and nobody is locked for somebody else of the same name.
@Suite struct LockNameTests {
    private static let twins = """
        dn: uid=anna,ou=people,dc=example,dc=com
        objectClass: inetOrgPerson
        uid: anna
        cn: anna
        sn: Example

        dn: cn=other anna,ou=people,dc=example,dc=com
        objectClass: inetOrgPerson
        uid: anna
        cn: other anna
        sn: Example

        """
    private let anna = "uid=anna,ou=people,dc=example,dc=com"
    private let other = "cn=other anna,ou=people,dc=example,dc=com"

    @Test(arguments: [
        ["lock", "anna", "--reason", "left-organization", "--yes"],
        ["lock", "anna", "--reason", "left-organization", "--dry-run"],
        ["deactivate", "ANNA", "--reason", "holiday", "--yes"], ["show", "anna"],
        ["show", "hq:anna"], ["credentials", "anna"], ["certificates", "anna"],
        ["credential", "add", "anna", "--kind", "card", "--serial", "1"],
        ["audit", "--user", "anna"],
        ["reasons", "show", "left-organization", "--user", "anna"],
    ])
    func `a username that two entries carry is refused with both`(_ command: [String]) throws {
        let lab = try LockLab()
        try lab.server.add(Self.twins)
        try lab.sync()
        let end = try lab.start(["--json"] + command).wait()
        #expect(end.exitCode == 65, "\(end.stdout)\(end.stderr)")
        let error = JSONValue(parsing: end.stdout)?["error"]
        #expect(error?["hint"] == "Say which, by id:N or by DN.")
        #expect(
            error?["candidates"]?.array?.map { $0["dn"]?.string } == [other, anna], "\(end.stdout)")
        #expect(error?["candidates"]?.array?.map { $0["id"]?.int == nil } == [false, true])
        #expect(try !lab.isLocked(anna) && !lab.isLocked(other))
    }

    @Test func `the list of candidates shows id, name and what tells them apart`() throws {
        let lab = try LockLab()
        try lab.server.add(Self.twins)
        try lab.sync()
        let id = try lab.show(other)["id"]?.int ?? 0
        let end = try lab.run("show", "anna")
        #expect(
            end.stderr == """
                lockstep: error: “anna” names 2 entries
                  id     username  name        state    dn
                  id:\(id)  hq:anna   other anna  active   cn=other anna
                         hq:anna               no user  \(anna)
                Say which, by id:N or by DN.

                """)
        #expect(end.exitCode == 65)
    }

    @Test(arguments: ["desk@example.com", "Desk@Example.com", "hq:desk@example.com", "90210"])
    func `a mail address or number that an entry without a user has, too, is refused with both`(
        _ name: String
    ) throws {
        let lab = try LockLab()
        let contacts = "mail: desk@example.com\nemployeeNumber: 90210\n"
        let twin = "dn: \(other)\nobjectClass: inetOrgPerson\ncn: other anna\nsn: Example\n"
        let nameless = "cn=nameless,ou=people,dc=example,dc=com"
        try lab.server.add(twin + "uid: anna\n" + contacts)
        try lab.server.add(twin.replacing(other, with: anna) + "uid: anna\n" + contacts)
        try lab.server.add(
            "dn: \(nameless)\nobjectClass: inetOrgPerson\ncn: nameless\nsn: Example\n" + contacts)
        for _ in 0..<2 {
            try lab.sync()
            let end = try lab.start(
                ["--json", "lock", name, "--reason", "left-organization", "--yes"]
            ).wait()
            #expect(end.exitCode == 65, "\(end.stdout)\(end.stderr)")
            let found = JSONValue(parsing: end.stdout)?["error"]?["candidates"]?.array ?? []
            #expect(found.map { $0["dn"]?.string } == [other, nameless, anna], "\(end.stdout)")
            #expect(found.map { $0["username"]?.string } == ["anna", nil, nil])
            // The first run takes them in as one load, the second looks at each.
            for dn in [anna, nameless] { try lab.change(dn, "replace: title\ntitle: Clerk") }
        }
        #expect(try !lab.isLocked(anna) && !lab.isLocked(other) && !lab.isLocked(nameless))
    }

    @Test func `one who is rejected is locked by DN, and stays locked`() throws {
        let lab = try LockLab()
        try lab.server.add(Self.twins)
        try lab.sync()
        let plan = LockAnswer(
            json: try lab.json("lock", anna, "--reason", "left-organization", "--dry-run"))
        #expect(plan.json["user"] == ["id": .null, "username": .string(anna), "dn": .string(anna)])
        let lock = try lab.lock(anna)
        #expect(lock.outcome == "completed")
        #expect(plan.steps.map { $0.replacing(" planned", with: " done") } == lock.steps)
        #expect(try lab.isLocked(anna) && !lab.isLocked(other))
        for _ in 0..<2 {
            let hq = try lab.json("sync", "--full")["directories"]?.array?.first
            #expect((hq?["locked"], hq?["drift"], hq?["missing"]) == (0, 0, 0))
            #expect(try lab.show(anna)["state"] == "locked")
            try lab.json("show", "anna", exit: 65)
        }
        // When the name is free, it is hers.
        try lab.server.delete(other)
        try lab.sync()
        #expect(try lab.show("anna")["dn"]?.string == anna)
        #expect(try lab.show("anna")["username"] == "anna")
        try lab.verifyAudit()
    }

    @Test func `one without a username is locked by DN`() throws {
        let lab = try LockLab()
        let dn = "cn=nameless,ou=people,dc=example,dc=com"
        try lab.server.add("dn: \(dn)\nobjectClass: inetOrgPerson\ncn: nameless\nsn: Example\n")
        try lab.addGroup("crew", "groupOfNames", "member: \(dn)\nmember: \(LockLab.person("ada"))")
        try lab.sync()
        try lab.json("show", dn, exit: 67)
        let lock = try lab.lock(dn)
        #expect(lock.outcome == "completed")
        #expect(try lab.isLocked(dn))
        #expect(try lab.members(of: "crew") == [LockLab.person("ada")])
        try lab.change(dn, "replace: pwdAccountLockedTime\n-\nreplace: pwdEndTime")
        let hq = try lab.json("sync")["directories"]?.array?.first
        #expect((hq?["drift"], hq?["missing"]) == (1, 0))
        #expect(try lab.isLocked(dn))
    }

    @Test(arguments: [
        "displayName: \(String(repeating: "x", count: 5000))", "displayName:: YQBi",
        "employeeNumber: \(String(repeating: "9", count: 300))",
        "mail: \(String(repeating: "m", count: 400))@example.com",
        "givenName: \(String(repeating: "x", count: 5000))",
    ])
    func `a property that can't be kept is in no lock's way`(_ line: String) throws {
        let lab = try LockLab()
        try lab.sync()
        try lab.addPerson("anna", line)
        #expect(try lab.lock("anna").outcome == "completed")
        #expect(try lab.isLocked(anna))
        #expect(try lab.run("show", "anna").stdout.contains("\n  left out         "))
    }

    @Test func `a bare number is never the store's own`() throws {
        let lab = try LockLab()
        for number in ["2", "3", "007"] { try lab.addPerson(number) }
        try lab.sync()
        for number in ["2", "3", "hq:3", "007"] {
            let name = number.replacing("hq:", with: "")
            #expect(try lab.show(number)["username"]?.string == name)
        }
        let id = try lab.show("007")["id"]?.int ?? 0
        #expect(try lab.show("id:\(id)")["username"] == "007")
        for nobody in ["7", String(id), "id:0\(id)", "id:99999", "+3", "hq:\(id)"] {
            try lab.json("show", nobody, exit: 67)
        }
        let lock = try lab.json("lock", "id:99999", "--reason", "misuse", "--yes", exit: 67)
        #expect(lock["error"]?["message"] == "there is no user “id:99999”")
        #expect(try lab.lock("id:\(id)").outcome == "completed")
        #expect(try lab.isLocked(LockLab.person("007")))
    }

    @Test func `a preview of a newcomer is the plan of the lock, and stores nothing`() throws {
        let lab = try LockLab()
        try lab.sync()
        try lab.addPerson("newbie", "mail: new@example.com\nmail: new@example.org")
        let newbie = LockLab.person("newbie")
        try lab.addGroup(
            "crew", "groupOfNames", "member: \(newbie)\nmember: \(LockLab.person("ada"))")
        let audit = try lab.audit()
        for name in ["newbie", "hq:newbie", "NEW@example.org", newbie] {
            let plan = LockAnswer(
                json: try lab.json("lock", name, "--reason", "left-organization", "--dry-run"))
            #expect(plan.outcome == "planned")
            #expect(plan.json["user"]?["id"] == .null)
            #expect(plan.states(.removeFromGroup) == [LockLab.group("crew"): "planned"])
        }
        try lab.json("show", "newbie", exit: 67)
        #expect(try lab.audit() == audit)
        let plan = LockAnswer(
            json: try lab.json("lock", "newbie", "--reason", "left-organization", "--dry-run"))
        let lock = try lab.lock("new@example.org")
        #expect(plan.steps.map { $0.replacing(" planned", with: " done") } == lock.steps)
        #expect(plan.findings("remaining") == lock.findings("remaining"))
    }

    @Test func `two newcomers of one name are refused, and neither is stored`() throws {
        let lab = try LockLab()
        try lab.sync()
        try lab.server.add(Self.twins)
        for flag in ["--yes", "--dry-run"] {
            let error = try lab.json("lock", "anna", "--reason", "misuse", flag, exit: 65)["error"]
            #expect(error?["message"] == "“anna” names 2 entries")
            #expect(error?["candidates"]?.array?.count == 2)
        }
        #expect(try lab.json("find", "anna").array?.isEmpty == true)
    }

    @Test(arguments: [
        "foo=bar,dc=example,dc=com", "uid=a\\zz,ou=people,dc=example,dc=com", "uid=,dc=example",
        "1.2.3=x,dc=example,dc=com", "uid=ada,ou=people,dc=elsewhere,dc=org",
        "uid=nobody,ou=people,dc=example,dc=com", "cn=x,cn=schema,cn=config", "a=b,c=d",
    ])
    func `a name that the server can't take is nobody's`(_ name: String) throws {
        let lab = try LockLab()
        try lab.sync()
        for command in [
            ["lock", name, "--reason", "misuse", "--yes"],
            ["lock", name, "--reason", "misuse", "--dry-run"], ["show", name],
        ] {
            let end = try lab.start(["--json"] + command).wait()
            #expect(end.exitCode == 67, "\(command) \(end.stdout)\(end.stderr)")
        }
    }

    @Test func `a name that belongs to another entry by now is refused with both`() throws {
        let lab = try LockLab()
        try lab.sync()
        try lab.rename(LockLab.person("ada"), to: "uid=countess")
        try lab.change(
            "uid=countess,ou=people,dc=example,dc=com", "delete: uid\nuid: ada")
        try lab.addPerson("ada")
        for flag in ["--yes", "--dry-run"] {
            let error = try lab.json(
                "lock", "ada", "--reason", "misuse", flag, exit: 65)["error"]
            #expect(error?["message"] == "“ada” is the name of another entry by now")
            #expect(error?["candidates"]?.array?.count == 2)
        }
        #expect(try !lab.isLocked(LockLab.person("ada")))
    }

    @Test func `a lock and a vanished entry are stripped of every value of uid`() throws {
        let lab = try LockLab()
        try lab.addPerson("dorit", "uid: d2")
        try lab.addPerson("anna", "uid: anna.old")
        try lab.addGroup(
            "shell", "posixGroup",
            "gidNumber: 7\nmemberUid: D2\nmemberUid: dorit\nmemberUid: anna.old\nmemberUid: ben")
        lab.configuration.more +=
            "\n    missing: {then: lock, reason: left-organization, after: 0s}"
        lab.configuration.more += "\n    limits: {missing: 50%}"
        try lab.configure()
        try lab.sync()
        #expect(try lab.show("anna")["roles"]?.array?.map { $0["name"]?.string } == ["shell"])
        try lab.lock("anna")
        #expect(try lab.members(of: "shell", "memberUid").sorted() == ["D2", "ben", "dorit"])
        try lab.change(LockLab.group("shell"), "add: memberUid\nmemberUid: Anna.Old")
        let hq = try lab.json("sync", "--full")["directories"]?.array?.first
        #expect(hq?["drift"] == 1)
        #expect(try lab.members(of: "shell", "memberUid").sorted() == ["D2", "ben", "dorit"])
        try lab.server.delete(LockLab.person("dorit"))
        let gone = try lab.json("sync")["directories"]?.array?.first
        #expect((gone?["missing"], gone?["locked"]) == (1, 1))
        #expect(try lab.members(of: "shell", "memberUid") == ["ben"])
    }

    @Test func `a lock of a name with a dotted capital I completes`() throws {
        let lab = try LockLab()
        try lab.server.add(
            """
            dn:: dWlkPcSwcGVrLG91PXBlb3BsZSxkYz1leGFtcGxlLGRjPWNvbQ==
            objectClass: inetOrgPerson
            uid:: xLBwZWs=
            cn: One
            sn: Example

            """)
        let ipek = "uid=ipek,ou=people,dc=example,dc=com"
        try lab.addGroup("lonely", "groupOfNames", "member: \(ipek)")
        try lab.addGroup("unique", "groupOfUniqueNames", "uniqueMember: \(ipek)")
        try lab.sync()
        #expect(try lab.lock("İpek").outcome == "completed")
        #expect(try lab.members(of: "lonely") == [LockLab.nobody])
        #expect(try lab.members(of: "unique", "uniqueMember") == [LockLab.nobody])
    }
}
