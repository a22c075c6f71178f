internal import Configuration
internal import Ground
internal import Identity
internal import LDAP
internal import LDAPClient
internal import Store

/// The role groups that a complete read did not find, or found to show no member any more: their roles are
/// withdrawn, or what is stored of them stays, where the limit allows it.
struct VanishedGroups {
    struct Outcome {
        var counts = DirectoryCounts()
        /// Every group that is gone is stored as gone.
        var isSettled = true
    }

    private static let batch = 100

    let run: DirectoryRun
    let groups: RoleGroupTable
    let writer: GroupWriter
    /// The groups of the store that were not read, and whether that proves anything.
    let unseen: [(id: GroupID, group: RoleGroup)]
    let isBelieved: Bool
    /// Known groups of which it is news that they show no member.
    let unreadable: [GroupChange]
    /// What was withheld before by the same read.
    let withheld: [GroupChange]
    /// A group that the read found.
    let control: EntryID?

    func carryOut(on session: borrowing DirectorySession) throws -> Outcome {
        let isLast = try control == nil && unseen.count == 1 && isFoundByUser(on: session)
        let gone = isBelieved ? unseen : []
        let changes =
            gone.map { GroupChange(group: $0.id, dn: $0.group.dn.text, kind: .gone) } + unreadable
        if let stopped = try stopped(changes, isAnySeen: control != nil || isLast) {
            return stopped
        }
        if !unreadable.isEmpty {
            try run.store.write { transaction in
                for change in unreadable {
                    try groups.setUnreadable(change.group, since: run.now, in: transaction)
                }
            }
        }
        return try remove(gone, on: session)
    }

    /// Where too many groups are concerned, no role is withdrawn; the next sync looks at each of them
    /// once more.
    private func stopped(_ changes: [GroupChange], isAnySeen: Bool) throws -> Outcome? {
        let news = changes.filter { !withheld.contains($0) }
        let day = run.now.advanced(by: 1 - 24 * 60 * 60)
        let counts = try groups.counts(since: day)
        let verdict = SafetyLimit.verdict(
            groups: Int64(withheld.count + news.count), recent: counts.recent, of: counts.present,
            isAnySeen: isAnySeen, limit: run.settings.limits.groups)
        guard !changes.isEmpty, let verdict else { return nil }
        var outcome = Outcome(isSettled: false)
        outcome.counts.withheldGroups = news
        outcome.counts.limits = ["\(run.settings.name): \(verdict)"]
        try run.store.write { transaction in
            for change in changes { try groups.compare(change.group, in: transaction) }
        }
        return outcome
    }

    private func remove(
        _ gone: [(id: GroupID, group: RoleGroup)], on session: borrowing DirectorySession
    ) throws -> Outcome {
        var outcome = Outcome()
        guard let roles = run.settings.roles else { return outcome }
        for candidates in gone.slices(of: Self.batch) {
            let found = try session.find(
                candidates.map(\.group.entryID) + [control].compactMap(\.self),
                bases: roles.bases, scope: roles.scope, filter: roles.filter)
            guard control.map(found.contains) ?? true else {
                outcome.isSettled = false
                outcome.counts.notes.append(
                    candidates.count == 1
                        ? "the id of a group can't be searched for"
                        : "the ids of \(candidates.count) groups can't be searched for")
                return outcome
            }
            for (id, group) in candidates where !found.contains(group.entryID) {
                try run.store.write { transaction in try writer.remove(id, group, in: transaction) }
            }
        }
        return outcome
    }

    /// Where the only group that the store has was not read, a user has to prove that ids are found: there
    /// is no other group that could.
    private func isFoundByUser(on session: borrowing DirectorySession) throws -> Bool {
        guard let witness = try session.witness(of: .users) else { return false }
        return try session.canFind(witness)
    }
}
