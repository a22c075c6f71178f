internal import Configuration
internal import Ground
internal import Identity
internal import LDAP
internal import Store

/// Collects what is to change in one directory, and holds it against the limits, before anything
/// is carried out.
struct DecisionPass {
    /// What one directory's facts come to.
    struct Decisions {
        /// The rule by which they were decided; nil: there was nothing to decide.
        var rule: StateRule?
        var changes: [StateChange] = []
        /// Sentences for people: what a sync does nothing about.
        var reports: [String] = []
        /// Users with drift that is only reported.
        var reportedDrift = 0
        /// Changes that a server which lags behind is not believed.
        var unbelieved = 0
        /// Which limits the changes are over; empty: none.
        var over: [String] = []
    }

    let settings: DirectorySettings
    /// The directory's number in the store.
    let directory: DirectoryID
    let now: Timestamp
    let store: Store
    let sessions: DirectorySessions
    /// The server lacks writes that were seen: it shows locked people as open and new ones as gone.
    var lagsBehind = false
    /// How many accounts this run saw enabled that were stored as disabled.
    var enabledNow = 0

    /// Searches for somebody who is disabled, a hundred people each.
    private static let rounds = 20

    /// `unmarked`: users who are gone, and whom a limit kept from being marked so.
    func decide(unmarked: [UserID]) throws -> Decisions {
        let reader = try UserFactsReader(store)
        let candidates = try reader.candidates(of: directory, interest)
        guard !candidates.isEmpty || !unmarked.isEmpty else { return Decisions() }
        var decisions = Decisions()
        let rule = try rule(for: candidates, reader)
        decisions.rule = rule
        // What the store says of an entry that is gone is out of date.
        let gone = Set(unmarked)
        for id in candidates where !gone.contains(id) {
            guard let facts = try reader.facts(of: id, at: now) else { continue }
            decisions.take(rule.verdict(on: facts), believing: { !lagsBehind || $0.isOfTheDay })
        }
        for id in unmarked {
            guard var facts = try reader.facts(of: id, at: now) else { continue }
            facts.missingSince = now
            if case .change(let change) = rule.verdict(on: facts) {
                decisions.changes.append(change)
            } else {
                decisions.changes.append(.markMissing(id))
            }
        }
        decisions.over = try overLimits(decisions.changes, isMarked: unmarked.isEmpty, reader)
        if try DirectoryTable(store).isAdopted(directory),
            let sentence = SafetyLimit.verdict(
                afterAdoption: decisions.changes.count { $0.cause == .drift })
        {
            decisions.over.append("\(settings.name): \(sentence)")
        }
        return decisions
    }

    /// The rule with what can be said, right now, of accounts that look enabled.
    func rule() throws -> StateRule {
        let reader = try UserFactsReader(store)
        return try rule(for: try reader.candidates(of: directory, interest), reader)
    }

    private var interest: UserFactsReader.Interest { settings.interest(at: now) }

    private func rule(for candidates: [UserID], _ reader: UserFactsReader) throws -> StateRule {
        StateRule(
            settings: settings, now: now,
            believesEnabled: try believesEnabled(candidates, reader))
    }

    /// Where the store knows entries that are disabled, one of them must be read so: an attribute
    /// that the bind DN may no longer read looks like one that nobody has (seen on slapd).
    private func believesEnabled(
        _ candidates: [UserID], _ reader: UserFactsReader
    ) throws -> Bool {
        var doubtful: [UserFacts] = []
        for id in candidates where doubtful.count < 5 {
            guard let facts = try reader.facts(of: id, at: now) else { continue }
            if facts.looksEnabledAgain { doubtful.append(facts) }
        }
        guard !doubtful.isEmpty else { return true }
        let shared = try sessions.session(settings)
        guard !shared.session.dialect.alwaysShowsState else { return true }
        if let isRead = try readsDisabled(reader, shared) { return isRead }
        // Users who came to look enabled together make each other doubtful, once.
        guard enabledNow < 2 else { return false }
        return try doubtful.allSatisfy { try showsNothing($0, shared) }
    }

    /// Whether any entry that is stored as disabled is read so; nil where none is stored.
    ///
    /// The newest first, and many: those of a few who left together are gone together.
    private func readsDisabled(
        _ reader: UserFactsReader, _ shared: SharedSession
    ) throws -> Bool? {
        let dialect = shared.session.dialect
        var others = try reader.disabled(of: directory, before: nil, atMost: 100)
        guard !others.isEmpty else { return nil }
        for _ in 0..<Self.rounds {
            let byID = others.compactMap { $0.entryID.filter(for: dialect) }
            let found = try shared.session.people(
                matching: .or(byID), attributes: shared.session.accountAttributes)
            for entry in found {
                if case .disabled? = dialect.accountState(of: entry, at: now) { return true }
            }
            guard let last = others.last else { break }
            others = try reader.disabled(of: directory, before: last.id, atMost: 100)
            if others.isEmpty { break }
        }
        return false
    }

    /// Whether the server itself says that what the entry does not show is not there.
    ///
    /// A filter on what may not be searched for is Undefined, and so is its negation (RFC 4511,
    /// 4.5.1.7): it finds an entry only where the attribute is readable and absent.
    private func showsNothing(_ facts: UserFacts, _ shared: SharedSession) throws -> Bool {
        let names = shared.session.accountAttributes.filter { $0 != .nsRole }
        guard let entry = try shared.session.find(facts.entryID, near: facts.dn, attributes: names)
        else { return false }
        let absent = names.filter { entry[$0].isEmpty }.map { Filter.not(.present($0)) }
        return try absent.isEmpty
            || shared.session.entry(at: entry.dn, matching: .and(absent), attributes: []) != nil
    }

    private func overLimits(
        _ changes: [StateChange], isMarked: Bool, _ reader: UserFactsReader
    ) throws -> [String] {
        guard !changes.isEmpty else { return [] }
        let since = now.advanced(by: -24 * 60 * 60)
        let counts = try UserCounts(of: directory, missingSince: since, in: store)
        var over: [String] = []
        for cause in ChangeCause.allCases {
            // Users who went missing in this run were held against the limit when they were found
            // missing.
            if cause == .missing && !isMarked || cause != cause.counted { continue }
            let counted = changes.filter { $0.cause.counted == cause }
            let found = Int64(counted.count)
            let gone = cause == .missing ? found : 0
            guard found > 0 else { continue }
            let sentence = SafetyLimit.verdict(
                counted.contains { $0.cause == .expired } ? .expired : cause, found,
                recent: try reader.carriedOut(cause, of: directory, after: since, until: now),
                of: counts.countable + gone, limits: settings.limits)
            if let sentence { over.append("\(settings.name): \(sentence)") }
        }
        return over
    }
}

extension DirectorySettings {
    /// Which users a sync can make anything of.
    func interest(at now: Timestamp) -> UserFactsReader.Interest {
        UserFactsReader.Interest(
            missingBy: missing.then == .keep ? nil : now.advanced(by: -missing.after),
            inactiveMissing: missing.then == .lock,
            disabledBy: disabled.then == .keep ? nil : now,
            expiredBy: expired.then == .keep ? nil : now)
    }
}

extension DecisionPass.Decisions {
    mutating func take(_ verdict: StateVerdict, believing isBelieved: (ChangeCause) -> Bool) {
        switch verdict {
        case .keep: break
        case .change(let change):
            if isBelieved(change.cause) { changes.append(change) } else { unbelieved += 1 }
        case .report(let cause, let because):
            guard isBelieved(cause) else {
                unbelieved += 1
                return
            }
            reports.append(because)
            if cause == .drift { reportedDrift += 1 }
        }
    }
}

extension ChangeCause {
    /// Whether a server that lags behind can be believed in this: what it shows of an entry was so at
    /// some time.
    fileprivate var isOfTheDay: Bool {
        switch self {
        case .recognised, .disabled, .expired: true
        case .missing, .reenabled, .drift: false
        }
    }
}

extension StateChange {
    /// The user's entry is gone, and only that is to be stored.
    static func markMissing(_ user: UserID) -> StateChange {
        StateChange(user: user, cause: .missing, useCase: nil, reason: nil)
    }
}

extension UserFacts {
    /// Whether the user's account was disabled and shows nothing of that now, without a process of ours.
    fileprivate var looksEnabledAgain: Bool {
        state != .active && disabled == false && missingSince == nil && pending.isEmpty
            && origin != .directory(.missing)
    }
}
