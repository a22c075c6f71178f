internal import Configuration
internal import Ground
internal import Identity
internal import LDAP
internal import Store

/// Decides about one user from stored facts and the configuration, never from a difference of two
/// reads: a pure function, so that what was withheld once is decided again by the next run.
struct StateRule {
    /// How often drift is enforced in 24 hours, before it is only reported.
    static let enforcementLimit = 3

    let settings: DirectorySettings
    let now: Timestamp
    /// Whether an account that looks enabled is: hidden attributes look the same.
    let believesEnabled: Bool

    func verdict(on facts: UserFacts) -> StateVerdict {
        let verdict = unguarded(facts)
        guard case .change(let change) = verdict, change.useCase != .reactivate,
            settings.guards(facts.dn)
        else { return verdict }
        return .report(change.cause, because: "\(facts.username) is protected: \(change.finding)")
    }

    private func unguarded(_ facts: UserFacts) -> StateVerdict {
        if let since = facts.missingSince {
            let verdict = missing(facts, since: since)
            return verdict == .keep ? elsewhere(facts) : verdict
        }
        switch facts.state {
        case .active: return active(facts)
        case .inactive: return inactive(facts)
        case .locked: return drift(facts)
        }
    }

    private func missing(_ facts: UserFacts, since: Timestamp) -> StateVerdict {
        guard since.advanced(by: settings.missing.after) <= now,
            let reason = settings.missing.reason
        else { return .keep }
        switch (settings.missing.then, facts.state) {
        case (.keep, _), (_, .locked), (.deactivate, .inactive): return .keep
        case (.lock, .active), (.lock, .inactive): return change(facts, .missing, .lock, reason)
        case (.deactivate, .active): return change(facts, .missing, .deactivate, reason)
        }
    }

    /// A user whose entry was moved out of sight can still sign in where it is now.
    private func elsewhere(_ facts: UserFacts) -> StateVerdict {
        guard facts.elsewhere != nil else { return .keep }
        switch (facts.state, facts.origin) {
        case (.locked, _), (.inactive, .operator): return drift(facts)
        case (.active, _), (.inactive, .directory): return .keep
        }
    }

    /// A recognised lock reason goes before a disabled account.
    private func active(_ facts: UserFacts) -> StateVerdict {
        if let lock = recognised(facts) { return lock }
        if facts.disabled == true, !facts.pending.contains(.enableEntry),
            let useCase = settings.disabled.then.useCase
        {
            return change(facts, .disabled, useCase, settings.disabled.reason)
        }
        if isExpired(facts), let useCase = settings.expired.then.useCase {
            return change(facts, .expired, useCase, settings.expired.reason)
        }
        return .keep
    }

    private func isExpired(_ facts: UserFacts) -> Bool {
        facts.limits?.isExpired(at: now) ?? false
    }

    private func inactive(_ facts: UserFacts) -> StateVerdict {
        if let lock = recognised(facts) { return lock }
        switch facts.origin {
        case .operator: return drift(facts)
        case .directory(let cause):
            let isHeldByExpiry = isExpired(facts) && settings.expired.then != .keep
            guard facts.disabled == false, !isHeldByExpiry, facts.pending.isEmpty else {
                return .keep
            }
            // A user whose entry was gone and is back was never disabled.
            guard believesEnabled || cause == .missing else { return doubt(facts, .reenabled) }
            return change(facts, .reenabled, .reactivate, Reason.directoryEnabled.code)
        }
    }

    /// nil where no reason is recognised; an unlock or a reactivation that is under way takes the
    /// attributes back.
    private func recognised(_ facts: UserFacts) -> StateVerdict? {
        guard let code = facts.recognised,
            settings.reasons.contains(where: { $0.code == code && $0.isRecognisable })
        else { return nil }
        let takesBack: Set<StepKind> = [.restoreAttributes, .writeReason]
        if facts.isReturning, !facts.pending.isDisjoint(with: takesBack) { return nil }
        return change(facts, .recognised, .lock, code)
    }

    /// A step that is pending in the user's own process will be done: what it leaves until then is no
    /// drift.
    private func drift(_ facts: UserFacts) -> StateVerdict {
        guard facts.pending.isEmpty, let reason = facts.heldFor else { return .keep }
        let isOpen = facts.disabled == false
        let groups = settings.strippable(facts.groups)
        guard isOpen || !groups.isEmpty else { return .keep }
        guard !isOpen || believesEnabled || !groups.isEmpty else { return doubt(facts, .drift) }
        let found = [isOpen ? "is enabled" : nil, groups.isEmpty ? nil : "holds a role group"]
            .compactMap(\.self).joined(separator: " and ")
        let place =
            facts.elsewhere.map { ", at \($0), outside of users.base and users.filter" } ?? ""
        let what = "\(facts.username) is \(facts.state.rawValue), and \(found) again\(place)"
        switch settings.drift {
        case .report: return .report(.drift, because: what)
        case .enforce where facts.enforcements >= Self.enforcementLimit:
            return .report(
                .drift,
                because: "\(what): it was enforced \(facts.enforcements) times in 24 hours, and "
                    + "is only reported now. Does another tool undo it?")
        case .enforce:
            return change(
                facts, .drift, facts.state == .locked ? .lock : .deactivate, reason)
        }
    }

    private func doubt(_ facts: UserFacts, _ cause: ChangeCause) -> StateVerdict {
        .report(
            cause,
            because: "\(facts.username) looks enabled again, and so does everybody else who was "
                + "disabled: not believed. Check what the bind DN may read.")
    }

    private func change(
        _ facts: UserFacts, _ cause: ChangeCause, _ useCase: UseCase, _ reason: String
    ) -> StateVerdict {
        .change(StateChange(user: facts.user, cause: cause, useCase: useCase, reason: reason))
    }
}

extension ChangeCause {
    /// What was found, in words; what an entry says of a reason stands with the reason.
    var finding: String {
        switch self {
        case .missing: "the entry is missing"
        case .disabled: "the entry is disabled"
        case .expired: "the account has expired"
        case .reenabled: "the entry is enabled again"
        case .recognised: "the entry says why"
        case .drift: "the entry is enabled, or a member of a role group, again"
        }
    }
}

extension StateChange {
    /// What was found, in words.
    package var finding: String {
        cause == .recognised ? "the entry says \(reason ?? "")" : cause.finding
    }

    /// The same, with what the entry says of a reason: `recognised employeeType: left`.
    func finding(in directory: DirectorySettings) -> String {
        guard cause == .recognised,
            let known = directory.reasons.first(where: { $0.code == reason })
        else { return finding }
        return "recognised \(known.recognisedText)"
    }
}

extension Reason {
    /// Why a sync reactivates.
    static let directoryEnabled = Reason(
        code: "directory-enabled", text: "Enabled again in the directory",
        useCases: [.reactivate], revocation: nil, write: [], recognise: [], enabled: true)
}

extension DirectorySettings {
    /// The state that a user begins in; births count against no limit.
    func birth(of record: UserRecord, at now: Timestamp) -> UserState {
        UserRule.birth(
            isDisabled: record.disabled == true,
            isDeactivatedByExpiry: expired.then == .deactivate
                && record.limits?.isExpired(at: now) ?? false)
    }

    /// Whether the entry is protected, or the one that Lockstep binds with.
    func guards(_ stored: StoredDN) -> Bool {
        guard let dn = stored.dn else { return false }
        if case .simple(let own, _, _) = bind, own == dn { return true }
        return protects(dn)
    }

    /// The groups among these that a lock strips.
    func strippable(_ groups: [StoredDN]) -> [StoredDN] {
        guard let roles else { return [] }
        return groups.filter { group in group.dn.map { !roles.keep.contains($0) } ?? true }
    }
}

/// What a sync makes of what is stored of a user, and why.
enum StateVerdict: Hashable {
    case keep
    case change(StateChange)
    /// Something that a person should know; a sync does nothing about it.
    case report(ChangeCause, because: String)
}
