import Identity
import LDAP
import Testing

/// What a lock plans for roles and groups, and what it says that it does not end.
@Suite struct WithdrawalRoleTests {
    private typealias Lock = PlannedWithdrawal

    private let dn = PlanWorld.dn

    @Test func `each role is withdrawn, or kept and said why`() {
        var lock = Lock()
        lock.roles = [
            Lock.role("boats"), Lock.role("everyone"), Lock.role("lamps", direct: false),
            Lock.role("staff", direct: false),
        ]
        lock.groups = [
            Lock.group("everyone", isKept: true), Lock.group("boats"), Lock.group("cellar"),
        ]
        lock.throughKept = [PlanWorld.row(of: "staff")]
        let plan = lock.plan
        #expect(
            plan.steps.filter { $0.kind == .withdrawRole }.map { "\($0.target): \($0.detail)" }
                == [
                    "boats: \(PlanWorld.group("boats"))",
                    "lamps: \(PlanWorld.group("lamps")), through a nested group",
                    "cellar: \(PlanWorld.group("cellar"))",
                ])
        #expect(
            plan.unchanged.map { "\($0.target): \($0.because)" } == [
                "everyone: its group is kept by the configuration",
                "staff: held through a group that the configuration keeps",
            ])
        #expect(
            plan.remaining.filter { $0.kind == .group }.map { "\($0.target): \($0.because)" }
                == [
                    "\(PlanWorld.group("everyone")): kept by the configuration: no lock strips it",
                    "\(PlanWorld.group("staff")): held through a group that the configuration "
                        + "keeps: no lock strips that one",
                ])
    }

    @Test func `two roles of one name are told apart by their groups`() {
        var lock = Lock()
        lock.roles = [Lock.role("boats"), Lock.role("lamps")]
        lock.groups = [Lock.group("boats"), Lock.group("lamps"), Lock.group("pier", role: "boats")]
        #expect(
            lock.plan.steps.filter { $0.kind == .withdrawRole }.map(\.target) == [
                "boats (\(PlanWorld.group("boats")))", "lamps",
                "boats (\(PlanWorld.group("pier")))",
            ])
    }

    @Test func `a group's step says what is deleted there, and what takes the last one's place`() {
        let both = ["member", "uniqueMember"].map {
            Membership(attribute: AttributeName(trusted: $0), value: "uid=ada")
        }
        let found = Lock.details(.removeFromGroup) {
            $0.groups = [
                Lock.group("boats", memberships: both), Lock.group("lamps", isLastMember: true),
                Lock.group("pier", isUnseen: true), Lock.group("empty", memberships: []),
            ]
            $0.placeholder = DN("cn=nobody")
        }
        #expect(
            found == [
                "member: uid=ada, uniqueMember: uid=ada",
                "member: \(dn); the last member, cn=nobody takes the place",
                "member: \(dn); the group can't be seen",
            ])
    }

    // MARK: What remains

    @Test(arguments: [
        "cn=quay,ou=groups,dc=example,dc=com", "CN=Quay, OU=Groups, DC=example, DC=com",
    ])
    func `a group that was found hidden is not told of again, however it is spelt`(found: String) {
        var lock = Lock()
        lock.groups = [
            RoleGroupView(
                entryID: EntryID("quay"), row: nil,
                dn: DN("cn=quay,ou=groups,dc=example,dc=com") ?? .root, role: "quay",
                memberships: [], isKept: false, isLastMember: false, isUnseen: true)
        ]
        lock.found = [Finding(kind: .group, target: found, because: "found hidden")]
        #expect(lock.plan.remaining.filter { $0.kind == .group }.map(\.target) == [found])
    }

    @Test func `what a lock does not end is said, each once`() throws {
        var lock = Lock()
        lock.dialect = .openldap
        lock.groups = [Lock.group("pier", isUnseen: true), Lock.group("quay", isUnseen: true)]
        lock.found = [
            Finding(kind: .group, target: PlanWorld.group("quay"), because: "found hidden")
        ]
        lock.origin = .lastSync(why: "down")
        lock.hasRoleGroups = false
        lock.outside = [try #require(DN("cn=club"))]
        lock.computed = [try #require(DN("cn=by rule"))]
        lock.others = [Finding(kind: .account, target: "branch:ada", because: "the same person")]
        #expect(
            lock.plan.remaining.map { "\($0.kind) \($0.target): \($0.because)" } == [
                "group \(PlanWorld.group("pier")): deleted, or hidden from the bind DN: then the "
                    + "membership still stands",
                "group \(PlanWorld.group("quay")): found hidden",
                "group \(dn): no role groups are configured: none is read, none is stripped",
                "group \(dn): groups that are no role groups were not looked for, because the "
                    + "directory could not be read",
                "group cn=club: outside the configured role groups: no lock strips it",
                "role cn=by rule: given by a rule of the server's (filtered or nested): no lock "
                    + "strips it",
                "account branch:ada: the same person",
                "session \(dn): LDAP connections that are already bound, Kerberos tickets and SSH "
                    + "keys go on until they end",
                "session \(dn): SASL binds by certificate are not stopped by the password policy",
            ])
    }

    @Test(arguments: Dialect.all)
    func `only OpenLDAP's password policy leaves binds by certificate alone`(dialect: Dialect) {
        var lock = Lock()
        lock.dialect = dialect
        let sessions = lock.plan.remaining.filter { $0.kind == .session }
        #expect(sessions.count == (dialect.name == .openldap ? 2 : 1))
    }
}
