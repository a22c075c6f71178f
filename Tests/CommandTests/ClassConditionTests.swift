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
}
