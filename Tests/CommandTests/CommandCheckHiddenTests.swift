import Fixtures
import Foundation
import Ground
import Testing

/// What the bind DN may not see is never called absent.
struct CommandCheckHiddenTests {
    private static let suffix = SampleOrganisation.suffix
    private static let service = "dn.exact=\"\(Slapd.serviceDN)\""
    private static let ada = SampleOrganisation.person("ada")
    private static let overlay = "olcOverlay={0}ppolicy,olcDatabase={1}mdb,cn=config"

    @Test(arguments: [
        (
            "dn.base=\"\(overlay)\"",
            "the bind DN can't see whether the database has the overlay ppolicy and a default policy, "
                + "without which no lock is enforced. A canary shows it; or let the bind DN read "
                + "cn=config."
        ),
        (
            "attrs=olcPPolicyDefault",
            "the database has the overlay ppolicy, and which policy it takes by default is hidden from "
                + "the bind DN. Let it search by olcPPolicyDefault and read it; or a canary shows "
                + "whether a lock is enforced."
        ),
    ])
    func `an overlay and its default policy`(hidden: String, message: String) throws {
        let lab = try CommandLab()
        try lab.showConfiguration(after: ["to \(hidden) by \(Self.service) none"])
        #expect(try lab.check()["policy"] == [.init(state: "notProven", message: message)])
        try lab.run("sync").succeeded(at: "sync")
        try lab.run("lock", "ada", "--reason", "misuse", "--yes").succeeded(at: "lock")
        let found = try lab.json("test", "ada")
        #expect(found["signIn"] == "unproven", "\(found.text)")
        #expect(found["policy"]?["refuses"] == "unknown")
    }

    @Test func `whether a policy locks out`() throws {
        let lab = try CommandLab { $0.access = ["to attrs=pwdLockout by \(Self.service) none"] }
        try lab.showConfiguration()
        #expect(
            try lab.check()["policy"] == [
                .init(
                    state: "notProven",
                    message:
                        "the policy by default is cn=default,ou=policies,\(Self.suffix), which "
                        + "the bind DN can't read. Let it; or a canary shows whether a lock is "
                        + "enforced.")
            ])
    }

    @Test func `a policy of somebody's own, which the headline does not pass over`() throws {
        let lab = try CommandLab {
            $0.access = [
                "to dn.base=\"\(Self.ada)\" attrs=pwdPolicySubentry by \(Self.service) none"
            ]
        }
        try lab.showConfiguration()
        try lab.server.modify(
            """
            dn: \(Self.ada)
            changetype: modify
            add: pwdPolicySubentry
            pwdPolicySubentry: cn=nolock,ou=policies,\(Self.suffix)

            """)
        #expect(
            try lab.check()["policy"] == [
                .init(
                    state: "ok",
                    message: "the policy by default is cn=default,ou=policies,\(Self.suffix), with "
                        + "pwdLockout TRUE"),
                .init(
                    state: "notProven",
                    message:
                        "which policy 1 of 12 people are held to is hidden from the bind DN. Let "
                        + "it search by pwdPolicySubentry and read it."),
            ])
        let text = try lab.run("check").stdout
        #expect(
            text.hasPrefix("hq: nobody has seen that the server refuses whoever is locked"),
            "\(text)")
    }

    @Test func `nothing is said of hidden policies where the overlay is seen to be absent`() throws
    {
        let lab = try CommandLab {
            $0.policy = .noOverlay
            $0.access = [
                "to dn.base=\"\(Self.ada)\" attrs=pwdPolicySubentry by \(Self.service) none"
            ]
        }
        try lab.showConfiguration()
        for name in ["ada", "ben"] {
            try lab.server.modify(
                """
                dn: \(SampleOrganisation.person(name))
                changetype: modify
                add: pwdPolicySubentry
                pwdPolicySubentry: cn=nolock,ou=policies,\(Self.suffix)

                """)
        }
        #expect(
            try lab.check()["policy"] == [
                .init(
                    state: "failed",
                    message: "the database has no overlay ppolicy: a lock is written and not "
                        + "enforced. Set it up with olcPPolicyDefault.")
            ])
    }

    @Test func `the other attribute that closes an account`() throws {
        let lab = try CommandLab { $0.access = ["to attrs=pwdEndTime by * =w"] }
        #expect(
            try lab.check()["lockAttribute"] == [
                .init(
                    state: "warning",
                    message: "the bind DN may not read pwdEndTime: whether it closes an account "
                        + "can't be seen, nor given back what a lock replaces. Let it read pwdEndTime."
                )
            ])
    }

    @Test func `the class and the members of a group`() throws {
        let lab = try CommandLab {
            $0.access = [
                "to dn.one=\"ou=groups,\(Self.suffix)\" attrs=objectClass,member by "
                    + "\(Self.service) none"
            ]
        }
        try lab.configure {
            $0.replacing("filter: (objectClass=groupOfNames)", with: "filter: (cn=*)")
        }
        let roles = try #require(try lab.check()["roles"].first)
        #expect(roles.state == "failed")
        #expect(
            roles.message.hasPrefix(
                "4 of 4 groups show neither objectClass nor a member, such as "),
            "\(roles.message)")
    }
}

/// Which of slapd's rules answers first: by its number, and for certain only where that can be told.
struct CommandCheckAccessTests {
    private static let service = "dn.exact=\"\(Slapd.serviceDN)\""

    /// What is said of the right to write employeeType, with these rules before the server's own.
    private func said(_ access: [String], hiding: String? = nil) throws -> String {
        let lab = try CommandLab { $0.access = access }
        try lab.showConfiguration(
            after: hiding.map {
                ["to attrs=olcAccess val.regex=\"\($0)\" by \(Self.service) none"]
            } ?? [])
        let check = try lab.check()
        #expect(check.exitCode == 69)
        let message = check["rights"].first { $0.state == "failed" }?.message ?? ""
        return message.components(separatedBy: "Insufficient access (50). ").last ?? ""
    }

    private static let end = "Put that rule at {0}, ending in `by * break`."

    private static let rows: [([String], String)] = [
        (
            [
                "to attrs=employeeType by users read",
                "to attrs=employeeType by \(service) write",
            ],
            "olcAccess {1} lets it, and {0} stands before it and answers first. "
        ),
        (
            [
                "to filter=(title=Tester) attrs=employeeType by users read",
                "to attrs=employeeType by \(service) write",
            ],
            "olcAccess {1} lets it, and {0} stands before it and may answer first. "
        ),
        (
            [
                "to dn.regex=\"^uid=[^,]+,ou=people,.+$\" attrs=employeeType by users read",
                "to attrs=title by users read", "to attrs=employeeType by users read",
                "to attrs=employeeType by \(service) write",
            ],
            "olcAccess {3} lets it, and {0} stands before it and may answer first, else {2} does. "
        ),
        (
            [
                "to attrs=employeeType by dn.regex=\"^cn=lock.+$\" read by * break",
                "to dn.subtree=\"ou=people,dc=example,dc=com\" attrs=employeeType by \(service) write",
            ],
            "olcAccess {1} lets it, and {0} stands before it and may answer first. "
        ),
        (
            [
                "to attrs=employeeType by users break",
                "to attrs=employeeType by users read",
                "to attrs=employeeType filter=(title=Tester) by \(service) write",
            ],
            "olcAccess {2} may let it, and {1} stands before it and answers first. "
        ),
    ]

    @Test(arguments: rows.indices)
    func `a rule answers first, or may`(row: Int) throws {
        let (access, message) = Self.rows[row]
        #expect(try said(access) == message + Self.end)
    }

    @Test func `a rule is called by the number that the server gives it`() throws {
        let access = [
            "to attrs=title by * read", "to attrs=employeeType by users read",
            "to attrs=employeeType by \(Self.service) write",
        ]
        #expect(
            try said(access, hiding: "^\\{0\\}.*")
                == "olcAccess {2} lets it, and {1} stands before it and answers first. " + Self.end)
    }
}

extension CommandLab {
    /// From now on the service account may read slapd's configuration, but for what rules before that hide.
    fileprivate func showConfiguration(after rules: [String] = []) throws {
        let all = rules + ["to * by dn.exact=\"\(Slapd.serviceDN)\" read"]
        let change =
            "dn: olcDatabase={0}config,cn=config\nchangetype: modify\nadd: olcAccess\n"
            + all.enumerated().map { "olcAccess: {\($0)}\($1)\n" }.joined()
        try ChildProcess.run(
            "/usr/bin/ldapmodify",
            ["-x", "-H", server.url, "-D", "cn=config", "-w", "config"],
            input: Array(change.utf8)
        ).succeeded(at: "ldapmodify of cn=config")
    }
}
