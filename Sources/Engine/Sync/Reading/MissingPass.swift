internal import Configuration
internal import Ground
internal import Identity
internal import LDAP
internal import LDAPClient
internal import Store

/// Finds the users whose entry is gone, after a read that is known to be complete.
///
/// Who was not seen is asked for once more by id, together with somebody who was: a search that
/// does not find that one proves nothing.
struct MissingPass {
    enum Outcome {
        case done(gone: [UserTable.Present])
        /// A safety limit: a sentence, and who was not seen.
        case stopped(String, unmarked: [UserID])
        /// Why nobody's absence can be believed: a sentence.
        case unproven(String)
    }

    private static let batch = 100

    let run: DirectoryRun
    let users: UserTable
    /// Whom the read saw.
    let seen: SeenRows<UserID>
    /// The id of an entry that the read found.
    let control: EntryID?
    let read: Int

    func carryOut(on session: borrowing DirectorySession) throws -> Outcome {
        let counts = try UserCounts(
            of: run.directory, missingSince: run.now.advanced(by: 1 - 24 * 60 * 60),
            in: run.store)
        let unseen = counts.present - seen.count
        guard unseen > 0 else { return .done(gone: []) }
        let limit = run.settings.limits.missing
        if let why = SafetyLimit.verdict(
            missing: unseen, recent: counts.recentlyMissing, of: counts.countable, read: read,
            limit: limit)
        {
            return .stopped(why, unmarked: try unseenUsers { $0.id })
        }
        guard let control else { return .done(gone: []) }
        var gone: [UserTable.Present] = []
        for candidates in try unseenUsers({ $0 }).slices(of: Self.batch) {
            guard let found = try find(candidates, control, on: session) else {
                return .unproven(
                    (unseen == 1
                        ? "the id of a user who was not read can't be searched for: "
                        : "the ids of \(unseen) users who were not read can't be searched for: ")
                        + "nobody is marked missing.")
            }
            gone += candidates.filter { !found.contains($0.entryID) }
        }
        try mark(gone, on: session)
        return .done(gone: gone)
    }

    private func unseenUsers<Part>(
        _ part: (UserTable.Present) -> Part
    ) throws -> [Part] {
        var result: [Part] = []
        try run.store.snapshot {
            try users.forEachPresent { present in
                if !seen.contains(present.id) { result.append(part(present)) }
            }
        }
        return result
    }

    /// nil where the search does not find even the entry that is known to be there.
    private func find(
        _ candidates: ArraySlice<UserTable.Present>, _ control: EntryID,
        on session: borrowing DirectorySession
    ) throws -> Set<EntryID>? {
        let settings = run.settings.users
        let found = try session.find(
            candidates.map(\.entryID) + [control], bases: settings.bases, scope: settings.scope,
            filter: settings.filter)
        return found.contains(control) ? found : nil
    }

    private func mark(
        _ gone: [UserTable.Present], on session: borrowing DirectorySession
    ) throws {
        for page in gone.slices(of: 1000) {
            try run.store.write { transaction in
                for user in page { try users.setMissing(user.id, since: run.now, in: transaction) }
            }
            guard let tell = run.observer.change else { continue }
            for user in page {
                tell(
                    UserChange(
                        kind: .missing, username: user.username,
                        dn: user.dn, why: try whereabouts(user, on: session)))
            }
        }
    }
}

extension MissingPass {
    /// Whether the entry is somewhere else now: an id is found wherever it is.
    private func whereabouts(
        _ user: UserTable.Present, on session: borrowing DirectorySession
    ) throws -> String {
        let found = try session.read(
            entryID: user.entryID, bases: session.rootDSE.namingContexts, attributes: [])
        return found.map { "\($0.dn) is not within users.base and users.filter" }
            ?? "deleted, or hidden from the bind DN"
    }
}

extension Array {
    /// The elements in order, so many at a time.
    func slices(of count: Int) -> [ArraySlice<Element>] {
        stride(from: 0, to: self.count, by: count).map {
            self[$0..<Swift.min($0 + count, self.count)]
        }
    }
}
