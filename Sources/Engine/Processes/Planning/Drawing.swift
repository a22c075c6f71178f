internal import Configuration
internal import Ground
internal import Identity
internal import LDAP
internal import Store

/// Everything that a plan is drawn from, and the plans that are drawn from it.
struct Drawing {
    private let useCase: UseCase
    private let context: EngineContext
    let user: User
    private let directory: DirectorySettings
    private let reason: Reason
    /// What the reason writes, and attributes whose template has no value.
    private let writes: [AttributeWrite]
    private let withoutValue: [String]
    let view: DirectoryView
    let at: Timestamp

    /// Reads the entry and its groups afresh; takes the last sync's word where the directory is down.
    ///
    /// `template`: what the reason's templates are filled with.
    init(
        _ useCase: UseCase, _ context: EngineContext, of user: User,
        in directory: DirectorySettings, for reason: Reason, template: TemplateContext,
        at: Timestamp
    ) throws {
        let (all, without): ([AttributeWrite], [String]) =
            useCase.isRestoring && reason.saysThatSheIsOut
            ? ([], []) : reason.writes(for: user, process: template)
        let view = try ViewReading(useCase, context, of: user, in: directory)
            .view(toWrite: all, at: at)
        // Where the entry can't be read, the step decides when it can.
        writes = all.filter { !view.ofOtherClasses.contains($0) }
        withoutValue = without
        self.view = view
        self.useCase = useCase
        self.context = context
        self.user = user
        self.directory = directory
        self.reason = reason
        self.at = at
    }

    private var store: Store { context.store }

    /// The plan of a lock or a deactivation.
    func withdrawal() throws -> Plan {
        WithdrawalPlanner(
            useCase: useCase, subject: try subject(),
            revocation: reason.revocation ?? .unspecified, writes: writes,
            withoutValue: withoutValue, owed: try store.owedAttributes(of: user), view: view,
            others: try store.otherAccounts(of: user, samePerson: context.settings.samePerson),
            clock: at
        ).plan().leaving(view, of: user)
    }

    /// The plan of a reactivation or an unlock, which is refused while the next sync would undo it at once.
    func restoration(restoresRoles: Bool) throws -> Plan {
        let withdrawn = try store.withdrawn(from: user)
        let planner = RestorationPlanner(
            useCase: useCase, subject: try subject(), withdrawn: withdrawn,
            restoresRoles: restoresRoles, defaultGroups: try defaultGroups(),
            writes: writes, withoutValue: withoutValue, view: view, clock: at)
        if useCase == .unlock { try requireLasting(withdrawn, planner) }
        return planner.plan().leaving(view, of: user)
    }

    /// What the store knows of the user, under the name that the entry has now.
    func subject() throws -> PlanSubject {
        try store.subject(user, dn: (view.entry?.dn).map(StoredDN.init), context.authorities)
    }

    /// Those of the groups that are in the directory no more; nil where it could not be asked.
    func gone(_ groups: [Withdrawn.Group]) throws -> Set<EntryID>? {
        guard case .fresh = view.origin else { return nil }
        do {
            let shared = try context.sessions.session(directory)
            return try Set(
                groups.filter {
                    try shared.session.find($0.entryID, near: $0.dn, attributes: []) == nil
                }.map(\.entryID))
        } catch is DirectoryFailure {
            // The steps meet the same trouble, and tell of it.
            return nil
        }
    }

    private func requireLasting(
        _ withdrawn: Withdrawn, _ planner: RestorationPlanner
    ) throws {
        guard case .fresh(let entry) = view.origin else { return }
        let relock = Relock(directory: directory)
        var cause: Relock.Cause?
        if let entry {
            cause = relock.cause(
                entry.after(withdrawn.attributes, then: writes).applying(planner.enabling),
                closure: planner.closure, dialect: view.dialect, at: at)
        }
        if cause == nil, try isMissing(withdrawn) {
            cause = relock.ofMissing(user.record.dn)
        }
        guard let cause else { return }
        throw Refusal(
            .refused,
            "the directory would lock \(user.record.username) again at once: " + cause.sentence,
            hint: cause.hint)
    }

    /// Where it can't be looked up now, the retry does before it enables anything.
    private func isMissing(_ withdrawn: Withdrawn) throws -> Bool {
        guard directory.missing.then == .lock else { return false }
        do {
            let shared = try context.sessions.session(directory)
            let restored = withdrawn.attributes.filter { attribute in
                view.entry.map(attribute.isUntouched) ?? true
            }
            return try shared.isMissing(
                user.record.entryID, in: directory,
                changing: Set(restored.map(\.attribute) + writes.map(\.attribute))
                    .union(shared.session.accountAttributes))
                ?? (user.missingSince != nil)
        } catch is DirectoryFailure {
            return false
        }
    }

    /// The groups of the default roles, as the directory has them now.
    private func defaultGroups() throws -> [RoleGroupView] {
        let roles = context.settings.defaultRoles
        guard !roles.isEmpty, directory.roles != nil, case .fresh = view.origin else { return [] }
        let shared = try context.sessions.session(directory)
        return try DirectoryReader(directory: directory, shared: shared, store: store)
            .groups(ofRoles: roles, for: user, entry: view.entry)
    }
}

extension Plan {
    /// The same, and what is not written because the entry lacks a class, each with its why.
    fileprivate func leaving(_ view: DirectoryView, of user: User) -> Plan {
        let because =
            view.ofOtherClasses.map {
                "\($0.attribute): the entry has no class \($0.ifClass ?? "")"
            } + view.ofHiddenClasses.map(\.hiddenClass)
        return Plan(
            steps: steps,
            unchanged: unchanged
                + because.map {
                    Finding(kind: .entry, target: user.record.dn.text, because: $0)
                }, remaining: remaining)
    }
}

/// Reads what a plan must know of the entry and its groups.
private struct ViewReading {
    private let useCase: UseCase
    private let context: EngineContext
    private let user: User
    private let directory: DirectorySettings

    init(
        _ useCase: UseCase, _ context: EngineContext, of user: User,
        in directory: DirectorySettings
    ) {
        self.useCase = useCase
        self.context = context
        self.user = user
        self.directory = directory
    }

    private var store: Store { context.store }

    func view(toWrite writes: [AttributeWrite], at: Timestamp) throws -> DirectoryView {
        var dialect: Dialect?
        do {
            let shared = try context.sessions.session(directory)
            dialect = shared.session.dialect
            var view = try DirectoryReader(directory: directory, shared: shared, store: store)
                .view(
                    of: user, asking: try shared.session.readable(attributes(writes)),
                    toWithdraw: !useCase.isRestoring, clock: at)
            if let entry = view.entry {
                let sorted = try shared.session.sorted(writes, for: entry)
                view.ofOtherClasses = sorted.others
                view.ofHiddenClasses = sorted.hidden
            }
            return view
        } catch let failure as DirectoryFailure {
            return try store.view(
                of: user, in: directory, dialect: dialect, why: failure.description, clock: at)
        }
    }

    /// What the plan looks at in the entry: what is written or given back, and what is recognised.
    private func attributes(_ writes: [AttributeWrite]) throws -> [AttributeName] {
        var names = writes.map(\.attribute)
        if writes.contains(where: { $0.ifClass != nil }) { names.append(.objectClass) }
        switch useCase {
        case .lock, .deactivate: names += try store.owedAttributes(of: user).map(\.attribute)
        case .restoreRoles: break
        case .reactivate, .unlock:
            names += try store.withdrawn(from: user).attributes.map(\.attribute)
            names += directory.recognising
        }
        return names
    }
}

extension Store {
    /// What an earlier lock or deactivation wrote to the entry of somebody who is active again, and
    /// what was superseded before it was given back.
    fileprivate func owedAttributes(of user: User) throws -> [AttributeRestoration] {
        guard user.state == .active, try processes.newest(of: user.id) != nil else { return [] }
        return try withdrawn(from: user).attributes
    }
}

extension DirectorySettings {
    /// The attributes by which a sync recognises a reason.
    var recognising: [AttributeName] {
        reasons.filter(\.isRecognisable).flatMap { $0.recognise.map(\.attribute) }
    }

    /// The first reason that a sync would recognise in the entry.
    func recognised(in entry: Entry) -> Reason? {
        reasons.first { $0.isRecognisable && $0.isRecognised(in: entry) }
    }
}

extension Reason {
    /// What a sync recognises it by: `employeeType: left`.
    var recognisedText: String {
        recognise.map { "\($0.attribute): \($0.values.joined(separator: ", "))" }
            .joined(separator: "; ")
    }
}

extension Entry {
    /// The entry as it will be when untouched attributes are given back and others are written.
    func after(_ restored: [AttributeRestoration], then writes: [AttributeWrite]) -> Entry {
        let given = restored.filter { $0.isUntouched(in: self) }
            .map { AttributeWrite(attribute: $0.attribute, values: $0.prior) }
        return (given + writes).reduce(self) { $0.setting($1.attribute, to: $1.values) }
    }
}
