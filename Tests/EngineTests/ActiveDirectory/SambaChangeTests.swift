import Fixtures
import Ground
import Testing

/// Following the changes of Active Directory, as Samba serves it: by DirSync, and by uSNChanged.
@Suite struct SambaChangeTests {
    /// Whose right to replicate decides.
    enum Account: String, CaseIterable, CustomTestStringConvertible {
        /// An administrator, who sees deleted objects, too.
        case replicating
        /// May replicate, and no more: deletions are not told.
        case following
        case reading

        var strategy: String { self == .reading ? "modifyTimestamp" : "dirsync" }
        var testDescription: String { rawValue }
    }

    static func lab(_ account: Account) throws -> SambaLab {
        let lab = try SambaLab()
        if account != .replicating {
            lab.bindDN = Samba.readerDN
            lab.password = Samba.readerPassword
        }
        if account == .following {
            // DS-Replication-Get-Changes ([MS-ADTS] 5.1.3.2.1).
            try lab.server.grant(
                "(OA;;CR;1131f6aa-9c07-11d1-f79f-00c04fc2dcd2;;ACCOUNT)",
                on: SambaOrganisation.suffix, to: "reader")
        }
        // A reader may write nothing: nothing is to be carried out.
        lab.more = "missing: {then: keep}"
        try lab.configure()
        return lab
    }

    private static func isFull(_ report: JSONValue) -> Bool { report["full"] == true }

    /// A read of everything finds nothing that the changes did not tell.
    static func requireInStep(
        _ lab: SambaLab, at location: SourceLocation = #_sourceLocation
    ) throws {
        let end = try lab.run("sync", "--full", "--check")
        #expect(end.exitCode == 0, "\(end.stdout)\(end.stderr)", sourceLocation: location)
    }

    @Test(arguments: Account.allCases)
    func `only what has changed is read`(account: Account) throws {
        let lab = try Self.lab(account)
        let first = try lab.directory()
        #expect(first["strategy"]?.string == account.strategy, "\(first.text)")
        #expect(first["full"] == true)
        #expect(first["created"] == 12)

        let quiet = try lab.directory()
        #expect((quiet["full"], quiet["read"]) == (false, 0), "\(quiet.text)")

        try lab.server.modify(Self.replace("title", "Boss", of: "ben"))
        let told = try lab.directory()
        #expect((told["full"], told["read"], told["updated"]) == (false, 1, 1), "\(told.text)")
        #expect(try lab.show("ben")["attributes"]?["title"] == ["Boss"])
        // What an attribute had is taken away: told as one without values.
        try lab.server.modify(
            "dn: \(SambaOrganisation.person("ben"))\nchangetype: modify\ndelete: title\n")
        #expect(try lab.directory()["updated"] == 1)
        #expect(try lab.show("ben")["attributes"]?["title"] == nil)
        try Self.requireInStep(lab)
    }

    @Test(arguments: Account.allCases)
    func `whoever is deleted, moved away or no longer matches is missing`(
        account: Account
    ) throws {
        let lab = try Self.lab(account)
        lab.usersFilter = "(&(objectClass=user)(!(title=Retired)))"
        try lab.configure()
        try lab.sync()
        try lab.server.delete(SambaOrganisation.person("ben"))
        try lab.server.rename(
            SambaOrganisation.person("cleo"), to: "CN=Cleo Sample",
            below: "OU=left,\(SambaOrganisation.suffix)")
        try lab.server.modify(Self.replace("title", "Retired", of: "dora"))
        let report = try lab.directory()
        #expect((report["full"], report["missing"]) == (false, 3), "\(report.text)")
        for username in ["ben", "cleo", "dora"] {
            #expect(try lab.show(username)["missingSince"]?.isNull == false)
        }
        try Self.requireInStep(lab)

        // And whoever comes back is the same as before.
        try lab.server.rename(
            "CN=Cleo Sample,OU=left,\(SambaOrganisation.suffix)", to: "CN=Cleo Sample",
            below: "OU=people,\(SambaOrganisation.suffix)")
        #expect(try lab.directory()["full"] == false)
        #expect(try lab.show("cleo")["missingSince"]?.isNull == true)
        try Self.requireInStep(lab)
    }

    @Test(arguments: Account.allCases)
    func `a rename keeps the roles, and a new entry of the same name is someone else`(
        account: Account
    ) throws {
        let lab = try Self.lab(account)
        try lab.sync()
        let before = try lab.show("ada")
        try lab.server.rename(SambaOrganisation.person("ada"), to: "CN=Ada Married")
        let renamed = try lab.directory()
        #expect((renamed["full"], renamed["renamed"]) == (false, 1), "\(renamed.text)")
        let after = try lab.show("ada")
        #expect(after["dn"] == "CN=Ada Married,OU=people,DC=example,DC=com")
        #expect(after["roles"] == before["roles"])
        try Self.requireInStep(lab)

        try lab.server.delete("CN=Ada Married,OU=people,\(SambaOrganisation.suffix)")
        try lab.server.add(SambaOrganisation.ldif(person: "ada"))
        let again = try lab.directory()
        #expect((again["created"], again["missing"]) == (1, 1), "\(again.text)")
        #expect(try lab.show("ada")["roles"] == [])
        try Self.requireInStep(lab)
    }

    @Test(arguments: Account.allCases)
    func `a name above the entries that changes is noticed`(account: Account) throws {
        let lab = try Self.lab(account)
        lab.usersBase = SambaOrganisation.suffix
        lab.usersFilter = "(&(objectCategory=person)(objectClass=user)(employeeNumber=*))"
        try lab.configure()
        try lab.sync()
        try lab.server.rename("OU=people,\(SambaOrganisation.suffix)", to: "OU=staff")
        #expect(try lab.directory()["renamed"] == 12)
        #expect(try lab.show("ada")["dn"] == "CN=Ada Sample,OU=staff,DC=example,DC=com")
        try Self.requireInStep(lab)
    }

    @Test(arguments: Account.allCases)
    func `groups are followed by themselves`(account: Account) throws {
        let lab = try Self.lab(account)
        let vpn = SambaOrganisation.group("vpn-users")
        try lab.server.add(SambaOrganisation.ldif(group: "outer", members: [vpn]))
        try lab.sync()
        let kira = SambaOrganisation.person("kira")
        try lab.server.modify("dn: \(vpn)\nchangetype: modify\nadd: member\nmember: \(kira)\n")
        let told = try lab.directory()
        // Directly, and through the group that the group is in.
        #expect((told["full"], told["roles"]?["granted"]) == (false, 2), "\(told.text)")

        try lab.server.rename(vpn, to: "CN=tunnel")
        #expect(try lab.directory()["full"] == false)
        let roles = try lab.show("kira")["roles"]?.array ?? []
        #expect(roles.contains { $0["name"] == "tunnel" })
        #expect(roles.contains { $0["name"] == "outer" })
        try Self.requireInStep(lab)

        try lab.server.delete("CN=tunnel,OU=groups,\(SambaOrganisation.suffix)")
        #expect(try lab.directory()["roles"]?["withdrawn"] == 4)
        try Self.requireInStep(lab)
    }

    @Test func `without the right to replicate, deletions are still found`() throws {
        let lab = try Self.lab(.reading)
        lab.strategy = "dirsync"
        try lab.configure()
        let first = try lab.run("sync", "--verbose")
        #expect(
            first.stderr.contains(
                "sync.strategy dirsync can't be used: the bind DN has no right to replicate "
                    + "changes of DC=example,DC=com; modifyTimestamp is in use"), "\(first.stderr)")
        try lab.server.delete(SambaOrganisation.person("ben"))
        #expect(try lab.directory()["missing"] == 1)
    }

    @Test func `a right that is taken away is no absence`() throws {
        let lab = try Self.lab(.replicating)
        try lab.sync()
        try lab.server.modify(
            """
            dn: CN=Domain Admins,CN=Users,\(SambaOrganisation.suffix)
            changetype: modify
            delete: member
            member: \(Samba.serviceDN)

            """)
        let report = try lab.directory()
        #expect(
            (report["full"], report["missing"], report["strategy"])
                == (true, 0, "modifyTimestamp"), "\(report.text)")
    }

    @Test func `a cookie that the server does not take becomes a full read`() throws {
        let lab = try Self.lab(.replicating)
        try lab.sync()
        for (cookie, note) in [
            ("CAST('garbage' AS BLOB)", "the stored cookie can't be read"),
            (
                "CAST(substr(CAST(cookie AS TEXT), 1, instr(CAST(cookie AS TEXT), char(10))) "
                    + "|| 'told' || char(10) || 'garbage' AS BLOB)",
                "the server no longer takes the cookie (12)"
            ),
        ] {
            try lab.damageCookies(cookie)
            try lab.server.modify(Self.replace("title", note, of: "ben"))
            let end = try lab.run("sync", "--verbose")
            #expect(end.exitCode == 0)
            #expect(
                (end.stdout + end.stderr).contains("\(note): everything was read"),
                "\(end.stdout)\(end.stderr)")
            #expect(try lab.directory()["full"] == false)
        }
    }

    @Test func `numbers of another domain controller count for nothing`() throws {
        let lab = try Self.lab(.reading)
        try lab.sync()
        try lab.damageCookies("CAST('00000000-0000-0000-0000-000000000000;1' AS BLOB)")
        let end = try lab.run("sync", "--verbose")
        #expect(
            (end.stdout + end.stderr).contains(
                "it is another domain controller, or a restored one: everything was read"),
            "\(end.stdout)\(end.stderr)")
    }

    @Test(arguments: Account.allCases)
    func `the changes of before a restart are told after it`(account: Account) throws {
        let lab = try Self.lab(account)
        try lab.sync()
        try lab.server.modify(Self.replace("title", "Boss", of: "ben"))
        try lab.server.delete(SambaOrganisation.person("cleo"))
        lab.server.kill()
        try lab.server.start()
        let told = try lab.directory()
        #expect(
            (told["full"], told["updated"], told["missing"]) == (false, 1, 1), "\(told.text)")
        try Self.requireInStep(lab)
    }

    @Test(arguments: Account.allCases, [400, 1_500, 3_000, 5_000])
    func `a connection that is cut on the way loses nothing`(account: Account, bytes: Int) throws {
        let lab = try Self.lab(account)
        try lab.sync()
        try lab.server.delete(SambaOrganisation.person("cleo"))
        try lab.server.modify(Self.replace("title", "Boss", of: "ben"))
        lab.server.proxy.set(.cut, afterBytes: bytes)
        _ = try lab.run("sync")
        lab.server.proxy.set(.none)
        try lab.sync()
        #expect(try lab.show("ben")["attributes"]?["title"] == ["Boss"])
        #expect(try lab.show("cleo")["missingSince"]?.isNull == false)
        #expect(try lab.show("ada")["missingSince"]?.isNull == true)
        try Self.requireInStep(lab)
    }

    static func replace(_ attribute: String, _ value: String, of username: String) -> String {
        "dn: \(SambaOrganisation.person(username))\nchangetype: modify\n"
            + "replace: \(attribute)\n\(attribute): \(value)\n\n"
    }
}

extension SambaLab {
    /// Puts something else in the place of what the store has of the server's state.
    fileprivate func damageCookies(_ cookie: String) throws {
        try ChildProcess.run(
            "sqlite3", [folder.file("store.db"), "UPDATE streams SET cookie = \(cookie)"]
        ).succeeded(at: "sqlite3")
    }
}
