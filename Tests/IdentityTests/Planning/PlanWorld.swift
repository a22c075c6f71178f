import Ground
import Identity
import LDAP

extension StoredDN: ExpressibleByStringLiteral {
    package init(stringLiteral: String) { self.init(text: stringLiteral) }
}

extension UserID: ExpressibleByIntegerLiteral {
    package init(integerLiteral: Int64) { self.init(rawValue: integerLiteral) }
}

/// One person as values, in the store and in the directory, and what carrying out a plan makes of both.
///
/// A model of the engine, in memory: what it plans is the real planners', what it does with a plan is
/// what the store and a directory do when every step succeeds.
struct PlanWorld {
    static let dialect = Dialect.openldap
    static let dn = "uid=ada,ou=people,dc=example,dc=com"
    static let entryID = EntryID("ada")
    static let start = Timestamp(seconds: 1_800_000_000)
    static let lockReason = RevocationReason.affiliationChanged
    static let member = AttributeName(trusted: "member")

    var now = start
    var state = UserState.active
    var followsDirectory = false
    /// The process that put the user into this state.
    var standing: ProcessID?
    var credentials: [Credential] = []
    var certificates: [Certificate] = []
    var waiting = PlanSubject.Waiting()
    /// What the entry shows; an attribute without a value is not there.
    var attributes: [String: [String]] = [:]
    /// The groups that have the user in the directory, and the roles that the store calls held.
    var groups: Set<String> = []
    var roles: Set<String> = []
    var defaultRoles: Set<String> = []
    private(set) var processes: [IdentityProcess] = []
    private var priors: [[Int: PriorValues]] = []

    init(_ groups: Set<String> = []) {
        self.groups = groups
        roles = groups
    }

    static func group(_ name: String) -> String { "cn=\(name),ou=groups,dc=example,dc=com" }

    static func write(_ name: String, _ values: String...) -> AttributeWrite {
        AttributeWrite(
            attribute: AttributeName(trusted: name), values: values.map { AttributeValue($0) })
    }
}

extension PlanWorld {
    var entry: Entry {
        Entry(
            dn: DN(Self.dn) ?? .root,
            attributes: attributes.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }.map {
                Entry.Attribute(
                    name: AttributeName(trusted: $0.key),
                    values: $0.value.map { AttributeValue($0) })
            })
    }

    var subject: PlanSubject {
        PlanSubject(
            username: "ada", dn: StoredDN(text: Self.dn), entryID: Self.entryID, state: state,
            followsDirectory: followsDirectory,
            roles: roles.sorted().map {
                Role(
                    name: $0, group: Self.row(of: $0), groupDN: StoredDN(text: Self.group($0)),
                    direct: true)
            },
            credentials: credentials, certificates: certificates, waiting: waiting)
    }

    var view: DirectoryView {
        var view = DirectoryView(
            origin: .fresh(entry), dialect: Self.dialect,
            disabling: Self.dialect.disable(entry, at: now, hasEndTime: true) ?? [],
            account: Self.dialect.accountState(of: entry, at: now),
            groups: groups.sorted().map(Self.groupView), outsideGroups: [], placeholder: nil)
        view.values = Account(entry)
        return view
    }

    static func row(of group: String) -> GroupID {
        GroupID(rawValue: group.utf8.reduce(0) { $0 * 31 % 1_000_003 + Int64($1) })
    }

    static func groupView(_ name: String) -> RoleGroupView {
        RoleGroupView(
            entryID: EntryID(name), row: row(of: name), dn: DN(group(name)) ?? .root, role: name,
            memberships: [Membership(attribute: member, value: dn)], isKept: false,
            isLastMember: false)
    }

    private var history: WithdrawalHistory {
        var history = WithdrawalHistory()
        for (process, prior) in zip(processes, priors) { history.follow(process, priors: prior) }
        return history
    }

    var withdrawn: Withdrawn {
        history.withdrawn { (name: $0.text, row: Self.row(of: $0.text)) }
    }

    var withheld: [WithheldRoles] {
        history.withheld { (name: $0.text, row: Self.row(of: $0.text)) }
    }

    func plan(
        _ useCase: UseCase, writing writes: [AttributeWrite] = [], restoresRoles: Bool = false
    ) -> Plan {
        switch useCase {
        case .lock, .deactivate:
            WithdrawalPlanner(
                useCase: useCase, subject: subject, revocation: Self.lockReason, writes: writes,
                withoutValue: [], owed: state == .active ? withdrawn.attributes : [], view: view,
                others: [], clock: now
            ).plan()
        case .reactivate, .unlock:
            RestorationPlanner(
                useCase: useCase, subject: subject, withdrawn: withdrawn,
                restoresRoles: restoresRoles,
                defaultGroups: defaultRoles.sorted().map(Self.groupView), writes: writes,
                withoutValue: [], view: view, clock: now
            ).plan()
        case .restoreRoles:
            RoleReturnPlanner(
                subject: subject,
                withheld: withheld.first ?? WithheldRoles(process: 0, groups: []), gone: [],
                view: view, clock: now
            ).plan()
        }
    }

    /// What a sync plans of a change that the directory has made.
    func following(_ useCase: UseCase) -> Plan {
        FollowingPlanner(
            useCase: useCase, subject: subject, ended: useCase == .reactivate ? standing : nil,
            clock: now
        ).plan()
    }

    /// `leaving`: kinds of steps that the directory does not take yet.
    mutating func carryOut(_ plan: Plan, _ useCase: UseCase, leaving: Set<StepKind> = []) {
        supersede()
        let id = ProcessID(rawValue: Int64(processes.count + 1))
        var steps: [Step] = []
        var taken: [Int: PriorValues] = [:]
        for (ordinal, planned) in plan.steps.enumerated() {
            var isLeft = false
            let work: Step.Work
            switch planned.work {
            case .local(let change):
                work = .local(change.kind)
                make(change, by: id)
            case .remote(let step):
                work = .remote(step)
                isLeft = leaving.contains(step.kind)
                if !isLeft { taken[ordinal] = take(step) }
            }
            steps.append(
                Step(
                    process: id, ordinal: ordinal, target: planned.target, work: work,
                    state: isLeft ? .pending : .done))
        }
        let isWritten = steps.contains { $0.kind.isInDirectory }
        if steps.contains(where: { $0.kind == .deactivateUser }) { followsDirectory = !isWritten }
        append(id, useCase, steps, taken)
        now = now.advanced(by: 60)
    }

    mutating func carryOut(
        _ useCase: UseCase, writing writes: [AttributeWrite] = [], restoresRoles: Bool = false,
        leaving: Set<StepKind> = []
    ) {
        carryOut(
            plan(useCase, writing: writes, restoresRoles: restoresRoles), useCase,
            leaving: leaving)
    }

    private mutating func append(
        _ id: ProcessID, _ useCase: UseCase, _ steps: [Step], _ taken: [Int: PriorValues]
    ) {
        processes.append(
            IdentityProcess(
                id: id, useCase: useCase, user: 1, reason: "example", reasonText: "An example",
                revocation: Self.lockReason, note: nil, at: now,
                by: Operator(login: "alice", host: "admin.example", terminal: nil),
                forced: false, state: .completed, enforced: nil, policy: nil, unchanged: [],
                remaining: [], steps: steps))
        priors.append(taken)
    }

    /// What earlier processes have left to do is never done.
    private mutating func supersede() {
        processes = processes.map { process in
            IdentityProcess(
                id: process.id, useCase: process.useCase, user: process.user,
                reason: process.reason, reasonText: process.reasonText,
                revocation: process.revocation, note: nil, at: process.at, by: process.by,
                forced: false, state: process.state, enforced: nil, policy: nil, unchanged: [],
                remaining: [],
                steps: process.steps.map {
                    Step(
                        process: $0.process, ordinal: $0.ordinal, target: $0.target,
                        work: $0.work, state: $0.isUnfinished ? .superseded : $0.state)
                })
        }
    }
}
