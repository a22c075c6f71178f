internal import Identity
internal import LDAP
internal import LDAPClient
internal import Store

// Steps that change the user's own entry.
extension StepExecutor {
    mutating func disable(_ step: Step) throws -> StepResult {
        switch try lookUp() {
        case .absent: return .done
        case .unseen: return .unseen(step.target)
        case .present(let entry):
            try journal(entry.prior(of: shared.session.accountAttributes), step)
            // The process's own clock, so that an unlock knows what was written.
            let disabling = shared.session.dialect.disable(
                entry, at: process.at, hasEndTime: shared.session.hasPwdEndTime)
            guard let disabling else { return .unreadableAccount(step.target) }
            return try carryOut(disabling, on: entry)
        }
    }

    mutating func write(_ writes: [AttributeWrite], _ step: Step) throws -> StepResult {
        switch try lookUp() {
        case .absent: return .done
        case .unseen: return .unseen(step.target)
        case .present(let entry):
            try journal(entry.prior(of: writes.map(\.attribute)), step)
            let missing = writes.filter { $0.attribute.isPassword || !entry.carries($0) }
            return try carryOut(missing.map(\.modification), on: entry)
        }
    }

    /// Refused, before anything is given back, where the directory would lock her again at once.
    mutating func refusal(of step: Step) throws -> StepResult? {
        guard process.useCase == .unlock, step.kind != .verify,
            case .present(let entry) = try lookUp()
        else { return nil }
        var restored: [AttributeRestoration] = []
        var written: [AttributeWrite] = []
        for step in process.steps {
            switch step.remote?.change {
            case .restore(let restorations): restored += restorations
            case .write(let writes): written += writes
            case .disable, .enable, .removeMember, .addMember, .verify, nil: break
            }
        }
        return directory.recognised(in: entry.after(restored, then: written))
            .map { .recognised($0, in: step.target) }
    }

    mutating func enable(
        _ step: Step, prior: PriorValues, disabledAt: Timestamp
    ) throws -> StepResult {
        switch try lookUp() {
        case .absent: return .done
        case .unseen: return .unseen(step.target)
        case .present(let entry):
            let enabling = shared.session.dialect.enable(
                entry, prior: prior, disabledAt: disabledAt,
                hasEndTime: shared.session.hasPwdEndTime, at: clock)
            guard let enabling else { return .unreadableAccount(step.target) }
            return try carryOut(enabling, on: entry)
        }
    }

    /// Gives back what nobody has changed since.
    mutating func restore(_ restored: [AttributeRestoration], _ step: Step) throws -> StepResult {
        switch try lookUp() {
        case .absent: return .done
        case .unseen: return .unseen(step.target)
        case .present(let entry):
            let untouched = restored.filter { $0.isUntouched(in: entry) }
            return try carryOut(untouched.map(\.modification), on: entry)
        }
    }
}

extension Entry {
    /// What stands in these attributes; passwords are never read.
    func prior(of names: [AttributeName]) -> PriorValues {
        PriorValues(
            attributes: names.filter { !$0.isPassword }
                .map { AttributeWrite(attribute: $0, values: self[$0]) })
    }
}
