internal import Configuration
internal import Ground
internal import Identity
internal import LDAP
internal import Store

/// Everything that a plan is drawn from.
struct Drawing {
    let user: User
    let directory: DirectorySettings
    let reason: Reason
    /// What the reason writes, and attributes whose template has no value.
    let writes: [AttributeWrite]
    let withoutValue: [String]
    let view: DirectoryView
    let at: Timestamp
}

extension UsersProc {
    func drawing(
        for user: User, in directory: DirectorySettings, reason: Reason, context: TemplateContext,
        at: Timestamp
    ) throws -> Drawing {
        let (writes, without) =
            useCase.isRestoring && reason.saysThatSheIsOut
            ? ([], []) : reason.writes(for: user, process: context)
        return Drawing(
            user: user, directory: directory, reason: reason, writes: writes,
            withoutValue: without,
            view: try view(of: user, in: directory, writes: writes, at: at), at: at)
    }

    func withdrawal(_ drawing: Drawing) throws -> Plan {
        WithdrawalPlanner(
            useCase: useCase, subject: try subject(drawing),
            revocation: drawing.reason.revocation ?? .unspecified, writes: drawing.writes,
            withoutValue: drawing.withoutValue, owed: try owed(to: drawing.user),
            view: drawing.view,
            others: try store.otherAccounts(
                of: drawing.user, samePerson: settings.samePerson),
            clock: drawing.at
        ).plan()
    }

    /// What an earlier lock or deactivation wrote to the entry of somebody who is active again, and
    /// what was superseded before it was given back.
    private func owed(to user: User) throws -> [AttributeRestoration] {
        guard user.state == .active, try store.processes.newest(of: user.id) != nil else {
            return []
        }
        return try store.withdrawn(from: user).attributes
    }

    /// An unlock is refused while the next sync would undo it at once.
    func restoration(_ drawing: Drawing, restoresRoles: Bool) throws -> Plan {
        let withdrawn = try store.withdrawn(from: drawing.user)
        let planner = RestorationPlanner(
            useCase: useCase, subject: try subject(drawing), withdrawn: withdrawn,
            restoresRoles: restoresRoles, defaultGroups: try defaultGroups(drawing),
            writes: drawing.writes, withoutValue: drawing.withoutValue, view: drawing.view,
            clock: drawing.at)
        if useCase == .unlock { try requireLasting(drawing, withdrawn, planner) }
        return planner.plan()
    }

    /// What the store knows of her, under the name that her entry has now.
    func subject(_ drawing: Drawing) throws -> PlanSubject {
        try store.subject(
            drawing.user, dn: drawing.view.entry?.dn.text, context.authorities)
    }

    private func requireLasting(
        _ drawing: Drawing, _ withdrawn: Withdrawn, _ planner: RestorationPlanner
    ) throws {
        guard case .fresh(let entry) = drawing.view.origin else { return }
        let relock = Relock(directory: drawing.directory)
        var cause: Relock.Cause?
        if let entry {
            cause = relock.cause(
                entry.after(withdrawn.attributes, then: drawing.writes)
                    .applying(planner.enabling),
                closure: planner.closure, dialect: drawing.view.dialect, at: drawing.at)
        }
        if cause == nil, try isMissing(drawing, withdrawn) {
            cause = relock.ofMissing(drawing.user.record.dn)
        }
        guard let cause else { return }
        throw Refusal(
            .refused,
            "the directory would lock \(drawing.user.record.username) again at once: "
                + cause.sentence,
            hint: cause.hint)
    }

    /// Where it can't be looked up now, the retry does before it enables anything.
    private func isMissing(_ drawing: Drawing, _ withdrawn: Withdrawn) throws -> Bool {
        guard drawing.directory.missing.then == .lock else { return false }
        do {
            let shared = try sessions.session(drawing.directory)
            let restored = withdrawn.attributes.filter { attribute in
                drawing.view.entry.map(attribute.isUntouched) ?? true
            }
            return try shared.isMissing(
                drawing.user.record.entryID, in: drawing.directory,
                changing: Set(restored.map(\.attribute) + drawing.writes.map(\.attribute))
                    .union(shared.session.accountAttributes))
                ?? (drawing.user.missingSince != nil)
        } catch is DirectoryFailure {
            return false
        }
    }

    /// The groups of the default roles, as the directory has them now.
    private func defaultGroups(_ drawing: Drawing) throws -> [RoleGroupView] {
        guard !settings.defaultRoles.isEmpty, drawing.directory.roles != nil,
            case .fresh = drawing.view.origin
        else { return [] }
        let shared = try sessions.session(drawing.directory)
        let reader = DirectoryReader(
            directory: drawing.directory, shared: shared, store: store)
        return try reader.groups(
            ofRoles: settings.defaultRoles, for: drawing.user, entry: drawing.view.entry)
    }

    private func view(
        of user: User, in directory: DirectorySettings, writes: [AttributeWrite], at: Timestamp
    ) throws -> DirectoryView {
        var dialect: Dialect?
        do {
            let shared = try sessions.session(directory)
            dialect = shared.session.dialect
            return try DirectoryReader(directory: directory, shared: shared, store: store)
                .view(
                    of: user, asking: try attributes(user, directory, writes, shared.session),
                    toWithdraw: !useCase.isRestoring, clock: at)
        } catch let failure as DirectoryFailure {
            return try store.view(
                of: user, in: directory, dialect: dialect, why: failure.description, clock: at)
        }
    }

    /// What the plan looks at in the entry: what is written or given back, and what is recognised.
    private func attributes(
        _ user: User, _ directory: DirectorySettings, _ writes: [AttributeWrite],
        _ session: borrowing DirectorySession
    ) throws -> [AttributeName] {
        var names = writes.map(\.attribute)
        switch useCase {
        case .lock, .deactivate: names += try owed(to: user).map(\.attribute)
        case .restoreRoles: break
        case .reactivate, .unlock:
            names += try store.withdrawn(from: user).attributes.map(\.attribute)
            names += directory.recognising
        }
        return try session.readable(names)
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
