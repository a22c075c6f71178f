import Fixtures
import Ground
import Identity
import Testing

/// `reasons show --user` and the words that the shells ask for.
struct CommandReasonTests {
    private let lab: CommandLab

    init() throws {
        lab = try CommandLab()
        try lab.run("sync").succeeded(at: "sync")
    }

    @Test func `the LDIF is what a lock sends, and ldapmodify takes it`() throws {
        let ldif = try lab.run("reasons", "show", "left-organization", "--user", "ada")
            .succeeded(at: "reasons show").stdout
        let lines = ldif.split(separator: "\n", omittingEmptySubsequences: false)
        let records = lines.filter { !$0.hasPrefix("pwdEndTime: ") }.joined(separator: "\n")
        #expect(
            records == """
                # lock of ada for left-organization
                dn: uid=ada,ou=people,dc=example,dc=com
                changetype: modify
                replace: pwdAccountLockedTime
                pwdAccountLockedTime: 000001010000Z
                -
                replace: pwdEndTime
                -

                dn: uid=ada,ou=people,dc=example,dc=com
                changetype: modify
                replace: employeeType
                employeeType: left
                -

                dn: cn=staff,ou=groups,dc=example,dc=com
                changetype: modify
                delete: member
                member: uid=ada,ou=people,dc=example,dc=com
                -

                dn: cn=vpn-users,ou=groups,dc=example,dc=com
                changetype: modify
                delete: member
                member: uid=ada,ou=people,dc=example,dc=com
                -
                add: member
                member: cn=nobody,dc=example,dc=com
                -

                dn: cn=project-2,ou=groups,dc=example,dc=com
                changetype: modify
                delete: member
                member: uid=ada,ou=people,dc=example,dc=com
                -


                """)
        #expect(lines.count { $0.hasPrefix("pwdEndTime: ") } == 1)
        #expect(
            try lab.run("lock", "ada", "--reason", "left-organization", "--dry-run", "--ldif")
                .stdout
                .split(separator: "\n").count == lines.count { !$0.isEmpty })
        try lab.server.modify(ldif)
        #expect(
            !lab.server.binds(
                as: SampleOrganisation.person("ada"),
                password: SampleOrganisation.password(of: "ada")))
        #expect(
            try lab.server.values("member", of: SampleOrganisation.group("vpn-users"))
                == ["cn=nobody,dc=example,dc=com"])
        #expect(try lab.json("show", "ada")["state"] == "active")
    }

    @Test(arguments: [
        ("users a", "ada\tAda Sample\n"), ("users hq:a", "hq:ada\tAda Sample\n"),
        ("users A", "ada\tAda Sample\n"), ("users x", ""), ("users other:a", ""),
        ("directories", "hq\t\n"), ("directories x", ""),
        ("reasons mi", "misuse\tThe user misused a privilege\n"), ("serials", ""),
        ("processes", ""), ("requests", ""), ("certificates 1", ""), ("plans", ""),
    ])
    func `the shells are told what begins with what was typed`(
        line: String, answer: String
    ) throws {
        let finished = try lab.run(["__complete"] + line.split(separator: " ").map(String.init))
        #expect(finished.stdout == answer)
        #expect(finished.stderr == "")
        #expect(finished.exitCode == 0)
    }

    @Test func `serials and unfinished processes are known`() throws {
        try lab.run("credential", "add", "ada", "--kind", "card", "--serial", "C-1")
            .succeeded(at: "credential add")
        #expect(try lab.run("__complete", "serials", "C").stdout == "C-1\tcard of ada, active\n")
        lab.server.kill()
        #expect(try lab.run("lock", "ada", "--reason", "misuse", "--yes").exitCode == 75)
        #expect(
            try lab.run("__complete", "processes", "1").stdout == "1\tmisuse of ada, partial\n")
        #expect(try lab.run("__complete", "processes", "2").stdout == "")
    }

    @Test func `a shell never hears a complaint`() throws {
        try lab.folder.write("no database", to: "store.db")
        let unreadable = try lab.run("__complete", "users", "a")
        try lab.configure { "x" + $0 }
        let broken = try lab.run("__complete", "reasons")
        for finished in [unreadable, broken] {
            #expect(finished.exitCode == 0)
            #expect(finished.output + finished.errors == [])
        }
    }

    @Test func `a reason is shown as it is written`() throws {
        #expect(
            try lab.run("reasons", "show", "misuse").stdout == """
                misuse  The user misused a privilege
                  for            lock
                  revocation     privilegeWithdrawn
                  writes         nothing
                  recognised by  nothing
                  enabled        yes

                """)
        try lab.expect(
            "reasons", "show", "nono", exit: 65,
            says: """
                lockstep: error: there is no reason “nono”
                Reasons: left-organization, misuse, directory-disabled.

                """)
    }
}
