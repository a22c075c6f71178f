import Fixtures
import Ground
import Testing

/// `{ifClass: …}` in what a reason writes: one reason for a directory in which not all entries are alike.
struct ClassConditionTests {
    private let lab: CommandLab
    private let ada = SampleOrganisation.person("ada")
    private let ben = SampleOrganisation.person("ben")

    init() throws {
        lab = try CommandLab()
        try lab.server.modify(
            """
            dn: \(ada)
            changetype: modify
            add: objectClass
            objectClass: posixAccount
            -
            add: uidNumber
            uidNumber: 1001
            -
            add: gidNumber
            gidNumber: 1001
            -
            add: homeDirectory
            homeDirectory: /home/ada
            -
            add: loginShell
            loginShell: /bin/bash

            """)
        try configure("{ifClass: PosixAccount, value: /usr/sbin/nologin}")
        try lab.run("sync").succeeded(at: "sync")
    }

    private func configure(_ shell: String) throws {
        try lab.configure {
            $0.replacing(
                "write: {employeeType: left}",
                with: "write: {employeeType: left, loginShell: \(shell)}")
        }
    }

    private func lock(_ name: String) throws -> JSONValue {
        try lab.json("lock", name, "--reason", "left-organization", "--yes")
    }

    @Test func `an entry of the class gets it, one of another is left alone, and why is said`()
        throws
    {
        #expect(try lock("ada")["outcome"] == "completed")
        #expect(try lab.server.values("loginShell", of: ada) == ["/usr/sbin/nologin"])
        let answer = try lock("ben")
        #expect(answer["outcome"] == "completed")
        #expect(try lab.server.values("loginShell", of: ben) == [])
        #expect(try lab.server.values("employeeType", of: ben) == ["left"])
        let reasons = (answer["unchanged"]?.array ?? []).compactMap { $0["because"]?.string }
        #expect(reasons.contains("loginShell: the entry has no class PosixAccount"), "\(reasons)")
    }

    @Test func `an unlock gives it back to whom it was taken from`() throws {
        for name in ["ada", "ben"] {
            _ = try lock(name)
            try lab.run("unlock", name, "--yes").succeeded(at: "unlock")
        }
        #expect(try lab.server.values("loginShell", of: ada) == ["/bin/bash"])
        #expect(try lab.server.values("employeeType", of: ben) == [])
    }

    @Test func `without a value the attribute of that class is deleted`() throws {
        try configure("{ifClass: posixAccount}")
        _ = try lock("ada")
        #expect(try lab.server.values("loginShell", of: ada) == [])
        #expect(try lock("ben")["outcome"] == "completed")
    }

    @Test func `what is planned while the directory is down is decided when it is back`() throws {
        lab.server.kill()
        #expect(try lock("ben")["outcome"] == "partial")
        try lab.server.start()
        #expect(try lab.json("retry")[0]?["outcome"] == "completed")
        #expect(try lab.server.values("loginShell", of: ben) == [])
        #expect(try lab.server.values("employeeType", of: ben) == ["left"])
    }

    @Test func `check and the catalogue know the condition`() throws {
        #expect(try lab.check()["reasons"].map(\.state) == ["ok"])
        #expect(
            try lab.json("reasons")[0]?["ifClass"] == ["loginShell": "PosixAccount"])
        #expect(
            try lab.run("reasons").stdout.contains(
                "loginShell: /usr/sbin/nologin (if PosixAccount)"))
        try configure("{ifClass: posixAccount, valeu: /bin/false}")
        #expect(try lab.run("reasons").stderr.contains("Did you mean \"value\"?"))
    }

    /// inetOrgPerson is derived from organizationalPerson, and slapd keeps what was written.
    @Test func `a class from which the entry's own is derived counts`() throws {
        try lab.configure {
            $0.replacing(
                "write: {employeeType: left}",
                with: "write: {employeeType: left, title: "
                    + "{ifClass: organizationalPerson, value: Former}}")
        }
        #expect(try lab.check()["reasons"].map(\.state) == ["ok"])
        #expect(try lock("ada")["outcome"] == "completed")
        #expect(try lab.server.values("title", of: ada) == ["Former"])
    }

    @Test func `what is meant for a class that the schema lacks is meant for nobody`() throws {
        try configure("{ifClass: nobodysAccount, value: /usr/sbin/nologin}")
        #expect(try lock("ada")["outcome"] == "completed")
        #expect(try lab.server.values("loginShell", of: ada) == ["/bin/bash"])
    }
}

/// Where the classes are hidden nobody knows whether a condition holds.
struct HiddenClassTests {
    private let ada = SampleOrganisation.person("ada")

    private func lab(_ right: String, _ more: [String] = []) throws -> CommandLab {
        let lab = try CommandLab {
            $0.access =
                more + [
                    "to dn.subtree=\"ou=people,\(SampleOrganisation.suffix)\" attrs=objectClass "
                        + "by dn.exact=\"\(Slapd.serviceDN)\" \(right) by * read"
                ]
        }
        try lab.configure {
            $0.replacing(
                "write: {employeeType: left}",
                with: "write: {employeeType: left, title: {ifClass: inetOrgPerson, value: Former}}"
            ).replacing("filter: (objectClass=inetOrgPerson)", with: "filter: (uid=*)")
        }
        try lab.run("sync").succeeded(at: "sync")
        return lab
    }

    @Test func `the server is asked where the classes are not shown`() throws {
        let lab = try lab("search")
        let answer = try lab.json("lock", "ada", "--reason", "left-organization", "--yes")
        #expect(answer["outcome"] == "completed", "\(answer.text)")
        #expect(try lab.server.values("title", of: ada) == ["Former"])
    }

    @Test func `what can't be decided is said and owed, and the rest is done`() throws {
        let lab = try lab("none")
        let why =
            "title is not written: whether the entry has the class inetOrgPerson is hidden from the "
            + "bind DN"
        let ldif = try lab.run(
            "lock", "ada", "--reason", "left-organization", "--dry-run", "--ldif"
        ).stdout
        #expect(ldif.contains("# \(why)\n"), "\(ldif)")
        #expect(!ldif.contains("Former"))
        let end = try lab.run("lock", "ada", "--reason", "left-organization", "--yes")
        #expect(end.exitCode == 75, "\(end.stdout)\(end.stderr)")
        #expect(end.stdout.replacing(#/\s+/#, with: " ").contains(why), "\(end.stdout)")
        #expect(try lab.server.values("employeeType", of: ada) == ["left"])
        #expect(try lab.server.values("title", of: ada) == ["Tester"])
        let reasons = try #require(try lab.check()["reasons"].last)
        #expect(reasons.state == "notProven")
        #expect(
            reasons.message.hasPrefix(
                "12 of 12 entries hide their objectClass from the bind DN, such as "),
            "\(reasons.message)")
        let database = "olcDatabase={1}mdb,cn=config"
        try ChildProcess.run(
            "/usr/bin/ldapmodify",
            ["-x", "-H", lab.server.url, "-D", "cn=config", "-w", "config"],
            input: Array(
                "dn: \(database)\nchangetype: modify\ndelete: olcAccess\nolcAccess: {0}\n".utf8)
        ).succeeded(at: "ldapmodify of cn=config")
        #expect(try lab.json("retry")[0]?["outcome"] == "completed")
        #expect(try lab.server.values("title", of: ada) == ["Former"])
    }

    @Test func `what became of the write itself is said first`() throws {
        let lab = try lab(
            "none",
            [
                "to dn.subtree=\"ou=people,\(SampleOrganisation.suffix)\" attrs=employeeType "
                    + "by * read"
            ])
        let lock = try lab.json("lock", "ada", "--reason", "left-organization", "--yes")
        let step = lock["steps"]?.array?.first { $0["kind"] == "writeReason" }
        #expect(step?["state"] == "failed")
        #expect(step?["error"]?["code"] == 50)
        let message = step?["error"]?["message"]?.string ?? ""
        #expect(message.hasPrefix("Insufficient access"), "\(message)")
        #expect(
            message.hasSuffix(
                "; title is not written: whether the entry has the class inetOrgPerson is hidden "
                    + "from the bind DN"), "\(message)")
    }
}
