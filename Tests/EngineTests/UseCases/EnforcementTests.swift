import Fixtures
import Identity
import Testing

/// What the head of a report claims: that a server refuses whom it has locked.
@Suite struct EnforcementTests {
    private static let unseen = "Locked; the directory took it, nobody has seen it refuse her  ada"
    /// Lets the service account see which policies are in effect.
    private static let access =
        "add: olcAccess\nolcAccess: {0}to * by dn.exact=\"\(Slapd.serviceDN)\" read by * none"

    private func report(_ policy: SlapdOptions.PasswordPolicy, isSeen: Bool) throws -> String {
        let lab = try LockLab { $0.policy = policy }
        if isSeen { try lab.reconfigure(Self.access, of: "olcDatabase={0}config,cn=config") }
        try lab.sync()
        return try lab.run("lock", "ada", "--reason", "misuse", "--yes").stdout
    }

    @Test func `a policy that nobody has seen in effect is no proof`() throws {
        let text = try report(.inEffect(lockout: true), isSeen: false)
        #expect(text.hasPrefix(Self.unseen), "\(text)")
        #expect(text.contains("no policy was seen that refuses such an account"))
    }

    @Test func `where none is in effect nothing is claimed`() throws {
        for policy in [SlapdOptions.PasswordPolicy.noDefault, .noOverlay] {
            let text = try report(policy, isSeen: true)
            #expect(text.hasPrefix(Self.unseen), "\(text)")
        }
    }

    @Test(arguments: [true, false])
    func `a policy that was seen in effect is enough`(lockout: Bool) throws {
        // Without pwdLockout it is pwdEndTime that stops a bind.
        let text = try report(.inEffect(lockout: lockout), isSeen: true)
        #expect(text.hasPrefix("Locked, and seen disabled  ada"), "\(text)")
        #expect(
            text.contains("and cn=default,ou=policies,dc=example,dc=com refuses such an account"))
    }

    @Test
    func `somebody's own policy is the one that counts, and one that is hidden counts for none`()
        throws
    {
        let lab = try LockLab()
        try lab.reconfigure(Self.access, of: "olcDatabase={0}config,cn=config")
        try lab.sync()
        try lab.reconfigure(
            "add: olcAccess\nolcAccess: {0}to attrs=pwdPolicySubentry by * none")
        let hidden = try lab.run("lock", "ada", "--reason", "misuse", "--yes").stdout
        #expect(hidden.hasPrefix(Self.unseen), "\(hidden)")
        try lab.reconfigure("delete: olcAccess\nolcAccess: {0}")
        try lab.change(
            LockLab.person("ben"),
            "add: pwdPolicySubentry\npwdPolicySubentry: cn=gone,ou=policies,dc=example,dc=com")
        let own = try lab.run("lock", "ben", "--reason", "misuse", "--yes").stdout
        #expect(own.hasPrefix("Locked; the directory took it"), "\(own)")
    }
}
