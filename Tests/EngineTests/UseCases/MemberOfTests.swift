import Fixtures
import Testing

/// `memberOf`, as slapd's overlay keeps it: others go by it, and it must follow what a lock does.
@Suite struct MemberOfTests {
    private let ada = LockLab.person("ada")
    private let deleting = [
        "to dn.subtree=\"ou=groups,dc=example,dc=com\" attrs=entry,children"
            + " by dn.exact=\"\(Slapd.serviceDN)\" write by * read"
    ]

    @Test(arguments: ["placeholder", "deleteGroup"])
    func `it is empty after a lock, and whole again after an unlock that gives the roles back`(
        _ policy: String
    ) throws {
        let lab = try LockLab {
            $0.memberOf = true
            $0.access = deleting + $0.access
        }
        lab.configuration.lastMember =
            policy == "deleteGroup"
            ? "{policy: deleteGroup}" : "{policy: placeholder, dn: \"\(LockLab.nobody)\"}"
        try lab.configure()
        try lab.server.add(
            "dn: \(LockLab.nobody)\nobjectClass: organizationalRole\ncn: nobody\n")
        try lab.sync()
        let before = Set(try lab.values(of: ada, "memberOf"))
        #expect(before.count == 3)
        let lock = try lab.lock("ada")
        #expect(lock.outcome == "completed")
        #expect(try lab.values(of: ada, "memberOf").isEmpty)
        #expect(!lock.findings("remaining").contains { $0.hasPrefix("group") })
        let again = try lab.lock("ada")
        #expect(again.outcome == "alreadyLocked")
        #expect(!again.findings("remaining").contains { $0.hasPrefix("group") })
        guard policy == "placeholder" else { return }
        #expect(
            try lab.values(of: LockLab.nobody, "memberOf") == [LockLab.group("vpn-users")])
        #expect(try lab.unlock("--restore-roles").outcome == "completed")
        #expect(Set(try lab.values(of: ada, "memberOf")) == before)
    }
}
