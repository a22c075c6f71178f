internal import Configuration
internal import Identity
internal import LDAP
internal import Store

// Steps that change the user's own entry.
extension StepExecutor {
    mutating func disable(_ step: Step) throws -> StepResult {
        switch try lookUp() {
        case .absent: return .done
        case .unseen: return .unseen(step.target)
        case .present(let entry):
            let own = try shared.session.account(of: entry).own
            try journal(own.prior(of: shared.session.accountAttributes), step)
            // The process's own clock, so that an unlock knows what was written.
            let disabling = shared.session.dialect.disable(
                own, at: process.at, hasEndTime: shared.session.hasPwdEndTime)
            guard let disabling else { return .unreadableAccount(step.target) }
            return try carryOut(disabling, on: entry).at(entry.dn.text)
        }
    }

    mutating func write(_ writes: [AttributeWrite], _ step: Step) throws -> StepResult {
        switch try lookUp() {
        case .absent: return .done
        case .unseen: return .unseen(step.target)
        case .present(let entry):
            let readable = Set(try shared.session.readable(writes.map(\.attribute)))
            try journal(entry.prior(of: Array(readable)), step)
            let missing = writes.filter {
                !readable.contains($0.attribute) || !entry.carries($0)
            }
            return try carryOut(missing.map(\.modification), on: entry).at(entry.dn.text)
        }
    }

    /// Refused, before anything is given back, where the next sync would lock again at once.
    mutating func refusal(of step: Step) throws -> StepResult? {
        guard process.useCase == .unlock, step.kind != .verify else { return nil }
        let relock = Relock(directory: directory)
        if try isMissing(), let cause = relock.ofMissing(user.record.dn) {
            return .relocked(cause, in: step.target)
        }
        guard case .present(let entry) = try lookUp() else { return nil }
        let account = try shared.session.account(of: entry)
        var after = entry
        var enabling: [Modification] = []
        for step in process.steps {
            switch step.work {
            case .directory(.restore(let restored), _): after = after.after(restored, then: [])
            case .directory(.write(let writes), _): after = after.after([], then: writes)
            case .directory(.enable(let prior, let disabledAt), _):
                enabling = outlook(account, prior, disabledAt)?.enabling.modifications ?? []
            case .local, .directory(.disable, _), .directory(.removeMember, _),
                .directory(.addMember, _), .directory(.verify, _):
                break
            }
        }
        let closure = account.closure(
            after: enabling, dialect: shared.session.dialect, at: clock)
        return relock.cause(
            after.applying(enabling), closure: closure, dialect: shared.session.dialect, at: clock
        ).map { .relocked($0, in: step.target) }
    }

    /// Whether a sync would find the entry missing; looked up once, and only where a lock follows.
    private mutating func isMissing() throws -> Bool {
        guard directory.missing.then == .lock else { return false }
        if let known = isEntryMissing { return known }
        var changing = Set(shared.session.accountAttributes)
        for step in process.steps {
            switch step.work {
            case .directory(.restore(let restored), _):
                changing.formUnion(restored.map(\.attribute))
            case .directory(.write(let writes), _): changing.formUnion(writes.map(\.attribute))
            case .local, .directory(.disable, _), .directory(.enable, _),
                .directory(.removeMember, _), .directory(.addMember, _), .directory(.verify, _):
                break
            }
        }
        let found =
            try shared.isMissing(
                user.record.entryID, in: directory, changing: changing) ?? false
        isEntryMissing = found
        return found
    }

    private func outlook(
        _ account: Account, _ prior: PriorValues, _ disabledAt: Timestamp
    ) -> AccountOutlook? {
        AccountOutlook(
            account, prior: prior, disabledAt: disabledAt, dialect: shared.session.dialect,
            at: clock)
    }

    mutating func enable(
        _ step: Step, prior: PriorValues, disabledAt: Timestamp
    ) throws -> StepResult {
        switch try lookUp() {
        case .absent: return .done
        case .unseen: return .unseen(step.target)
        case .present(let entry):
            let account = try shared.session.account(of: entry)
            guard let outlook = outlook(account, prior, disabledAt) else {
                return .unreadableAccount(step.target)
            }
            return try carryOut(outlook.enabling.modifications, on: entry)
                .at(entry.dn.text)
        }
    }

    /// Gives back what nobody has changed since.
    mutating func restore(_ restored: [AttributeRestoration], _ step: Step) throws -> StepResult {
        switch try lookUp() {
        case .absent: return .done
        case .unseen: return .unseen(step.target)
        case .present(let entry):
            let untouched = restored.filter { $0.isUntouched(in: entry) }
            return try carryOut(untouched.map(\.modification), on: entry).at(entry.dn.text)
        }
    }
}

extension Entry {
    /// What stands in these attributes, none of which is a password.
    func prior(of names: [AttributeName]) -> PriorValues {
        PriorValues(attributes: names.map { AttributeWrite(attribute: $0, values: self[$0]) })
    }
}
