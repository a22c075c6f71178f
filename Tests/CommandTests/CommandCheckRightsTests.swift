import Fixtures
import Identity
import Testing

/// Whether `check` sees what the bind DN may write, and what makes the server refuse a locked account.
struct CommandCheckRightsTests {
    private let suffix = SampleOrganisation.suffix

    @Test func `every attribute and group that a lock writes`() throws {
        let lab = try CommandLab()
        let before = try everything(in: lab.server)
        let check = try lab.check()
        #expect(check.exitCode == 0)
        #expect(
            check["rights"] == [
                .init(
                    state: "ok",
                    message:
                        "the bind DN may write employeeType, pwdAccountLockedTime, pwdEndTime of "
                        + "people (1 looked at, each tried with a modify that can't succeed)"),
                .init(
                    state: "ok",
                    message:
                        "the bind DN may write member of groups (4 looked at, each tried with a "
                        + "modify that can't succeed)"),
            ])
        #expect(try everything(in: lab.server) == before)
    }

    @Test func `an attribute that the bind DN may not write`() throws {
        let lab = try CommandLab { $0.access = ["to attrs=employeeType by users read"] }
        let check = try lab.check()
        #expect(check.exitCode == 69)
        #expect(
            check["rights"].first
                == .init(
                    state: "failed",
                    message: "the bind DN may not write employeeType of 1 of 1 people, such as "
                        + "\(SampleOrganisation.person("ada")): Insufficient access (50). Grant write "
                        + "to attrs=employeeType with olcAccess, at {0} and ending in `by * break`: the "
                        + "first rule that fits is the one that answers."))
    }

    @Test func `a group that the bind DN may not write`() throws {
        let group = SampleOrganisation.group("staff")
        let lab = try CommandLab {
            $0.access = ["to dn.exact=\"\(group)\" attrs=member by users read"]
        }
        let check = try lab.check()
        #expect(check.exitCode == 69)
        #expect(
            check["rights"].last
                == .init(
                    state: "failed",
                    message: "the bind DN may not write member of 1 of 4 groups, such as \(group): "
                        + "Insufficient access (50). Grant write to attrs=member with "
                        + "olcAccess, at {0} and ending in `by * break`: the first rule that fits is "
                        + "the one that answers."))
    }

    @Test func `a value that the server would refuse`() throws {
        let lab = try CommandLab()
        try lab.configure {
            $0.replacing("write: {employeeType: left}", with: "write: {seeAlso: left}")
        }
        let check = try lab.check()
        #expect(check.exitCode == 69)
        let line = try #require(check["rights"].first)
        #expect(line.state == "failed")
        #expect(
            line.message.hasPrefix(
                "the server refuses such a value of seeAlso for 1 of 1 people, such as "
                    + "\(SampleOrganisation.person("ada")): Invalid syntax (21)"), "\(line.message)"
        )
    }

    @Test func `a lock that could not be read back`() throws {
        let lab = try CommandLab { $0.access = ["to attrs=pwdAccountLockedTime by * =w"] }
        let check = try lab.check()
        #expect(check.exitCode == 69)
        #expect(
            check["lockAttribute"] == [
                .init(
                    state: "failed",
                    message:
                        "the bind DN may not read pwdAccountLockedTime: a lock could not be seen, "
                        + "and nobody would be called disabled. Let it read pwdAccountLockedTime.")
            ])
    }

    @Test func `a policy that can't be seen is not proven`() throws {
        let check = try CommandLab().check()
        #expect(check.exitCode == 0)
        #expect(check["policy"].map(\.state) == ["notProven"])
    }

    @Test(arguments: [
        (
            SlapdOptions.PasswordPolicy.inEffect(lockout: true), "ok",
            "the policy by default is cn=default,ou=policies,dc=example,dc=com, with pwdLockout TRUE"
        ),
        (
            .inEffect(lockout: false), "warning",
            "the policy by default is cn=default,ou=policies,dc=example,dc=com, without pwdLockout: "
                + "pwdEndTime alone stops a locked account. Set pwdLockout TRUE."
        ),
        (
            .noDefault, "failed",
            "no policy is in effect for 12 of 12 people: a lock is written and not enforced. Set "
                + "olcPPolicyDefault."
        ),
        (
            .noOverlay, "failed",
            "the database has no overlay ppolicy: a lock is written and not enforced. Set it up with "
                + "olcPPolicyDefault."
        ),
        (
            .notLoaded, "failed",
            "the schema has no pwdAccountLockedTime: no account can be locked. Load the module "
                + "ppolicy and set its overlay and a default policy up."
        ),
    ])
    func `a policy that can be seen`(
        policy: SlapdOptions.PasswordPolicy, state: String, message: String
    ) throws {
        let lab = try CommandLab { $0.policy = policy }
        try showConfiguration(of: lab.server)
        let check = try lab.check()
        #expect(check.exitCode == (state == "failed" ? 69 : 0))
        #expect(check["policy"] == [.init(state: state, message: message)])
    }

    @Test func `people with a policy of their own`() throws {
        let lab = try CommandLab()
        try lab.server.modify(
            """
            dn: \(SampleOrganisation.person("ada"))
            changetype: modify
            add: pwdPolicySubentry
            pwdPolicySubentry: cn=nolock,ou=policies,\(suffix)

            """)
        try showConfiguration(of: lab.server)
        let check = try lab.check()
        #expect(
            check["policy"] == [
                .init(
                    state: "warning",
                    message:
                        "the policy of 1 of 12 people is cn=nolock,ou=policies,\(suffix), without "
                        + "pwdLockout: pwdEndTime alone stops a locked account. Set pwdLockout TRUE."
                ),
                .init(
                    state: "ok",
                    message: "the policy by default is cn=default,ou=policies,\(suffix), with "
                        + "pwdLockout TRUE"),
            ])
    }

    private func everything(in server: Slapd) throws -> String {
        try server.tool("ldapsearch", ["-LLL", "-b", suffix, "*", "+"])
            .succeeded(at: "ldapsearch").stdout
    }

    private func showConfiguration(of server: Slapd) throws {
        let change = """
            dn: olcDatabase={0}config,cn=config
            changetype: modify
            add: olcAccess
            olcAccess: {0}to * by dn.exact="\(Slapd.serviceDN)" read by * none

            """
        try ChildProcess.run(
            "/usr/bin/ldapmodify",
            ["-x", "-H", server.url, "-D", "cn=config", "-w", "config"],
            input: Array(change.utf8)
        ).succeeded(at: "ldapmodify of cn=config")
    }
}
