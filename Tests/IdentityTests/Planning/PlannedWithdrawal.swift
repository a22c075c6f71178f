import Identity
import LDAP

/// A lock of ada, of whom nothing else is known.
struct PlannedWithdrawal {
    var useCase = UseCase.lock
    var state = UserState.active
    var followsDirectory = false
    var roles: [Role] = []
    var writes: [AttributeWrite] = []
    var withoutValue: [String] = []
    var owed: [AttributeRestoration] = []
    var origin: DirectoryView.Origin?
    var entry: [String: String] = [:]
    var disabling = [
        Modification(
            .replace, AttributeName(trusted: "lockedTime"), [AttributeValue("000001010000Z")])
    ]
    var account: AccountState? = .enabled
    var dialect = Dialect.directoryServer389
    var groups: [RoleGroupView] = []
    var outside: [DN] = []
    var computed: [DN] = []
    var placeholder: DN?
    var found: [Finding] = []
    var throughKept: Set<GroupID> = []
    var hasRoleGroups = true
    var others: [Finding] = []

    var plan: Plan {
        var world = PlanWorld()
        world.attributes = entry.mapValues { [$0] }
        var view = DirectoryView(
            origin: origin ?? .fresh(world.entry), dialect: dialect, disabling: disabling,
            account: account, groups: groups, outsideGroups: outside, computedRoles: computed,
            placeholder: placeholder, remaining: found, heldThroughKept: throughKept)
        view.hasRoleGroups = hasRoleGroups
        return WithdrawalPlanner(
            useCase: useCase,
            subject: PlanSubject(
                username: "ada", dn: StoredDN(text: PlanWorld.dn), entryID: PlanWorld.entryID,
                state: state,
                followsDirectory: followsDirectory, roles: roles, credentials: [],
                certificates: []),
            revocation: .affiliationChanged, writes: writes, withoutValue: withoutValue,
            owed: owed, view: view, others: others, clock: PlanWorld.start
        ).plan()
    }
}

extension PlannedWithdrawal {
    /// What the steps of a kind say, of a lock that is changed so.
    static func details(_ kind: StepKind, _ change: (inout Self) -> Void = { _ in }) -> [String] {
        var lock = Self()
        change(&lock)
        return lock.plan.steps.filter { $0.kind == kind }.map(\.detail)
    }

    static func role(_ name: String, direct: Bool = true) -> Role {
        Role(
            name: name, group: PlanWorld.row(of: name),
            groupDN: StoredDN(text: PlanWorld.group(name)),
            direct: direct)
    }

    static func group(
        _ name: String, role: String? = nil, isKept: Bool = false, isLastMember: Bool = false,
        isUnseen: Bool = false, memberships: [Membership]? = nil
    ) -> RoleGroupView {
        let view = PlanWorld.groupView(name)
        return RoleGroupView(
            entryID: view.entryID, row: view.row, dn: view.dn, role: role ?? name,
            memberships: memberships ?? view.memberships, isKept: isKept,
            isLastMember: isLastMember, isUnseen: isUnseen)
    }
}
