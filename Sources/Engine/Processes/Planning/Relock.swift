internal import Configuration
internal import Ground
internal import Identity
internal import LDAP
internal import Store

/// What would make the next sync lock somebody again whom an unlock has just let go.
///
/// An unlock that would last for minutes, and be forgotten then, is worse than one that is refused.
struct Relock {
    struct Cause {
        /// What a sync would see, without a full stop.
        let sentence: String
        /// What to do first.
        let hint: String
    }

    let directory: DirectorySettings

    /// `after`: the entry as the unlock would leave it; `closure`: by what its account is closed then.
    func cause(
        _ after: Entry, closure: String?, dialect: Dialect, at now: Timestamp
    ) -> Cause? {
        guard !directory.guards(StoredDN(after.dn)) else { return nil }
        if let reason = directory.recognised(in: after) {
            return Cause(
                sentence: "the entry has \(reason.recognisedText), which means \(reason.code)",
                hint: "Change the attribute in the directory first.")
        }
        if directory.disabled.then == .lock, let closure {
            return Cause(
                sentence: "the account stays disabled (\(closure)), and `disabled: {then: lock}` "
                    + "locks whoever is",
                hint: "Enable the account in the directory first.")
        }
        if directory.expired.then == .lock,
            let end = dialect.limits(of: after)?.expiresAt, end <= now
        {
            return Cause(
                sentence: "the account has expired (\(end.rfc3339)), and `expired: {then: lock}` "
                    + "locks whoever has",
                hint: "Give the account more time in the directory first.")
        }
        return nil
    }

    /// The same for an entry that a sync does not find.
    func ofMissing(_ dn: StoredDN) -> Cause? {
        guard directory.missing.then == .lock, !directory.guards(dn) else { return nil }
        return Cause(
            sentence: "the entry is missing below users.base, and `missing: {then: lock}` locks "
                + "whoever is",
            hint: "Let the entry be found there first.")
    }
}

extension SharedSession {
    /// Whether a read of the directory's people does not find the user; nil where the search does not
    /// even find somebody who is there.
    ///
    /// `changing`: attributes that are to be given back first; a filter may leave out whoever shows
    /// what a lock writes.
    func isMissing(
        _ id: EntryID, in directory: DirectorySettings, changing: Set<AttributeName> = []
    ) throws(DirectoryFailure) -> Bool? {
        let witness = try session.witness(of: .users)
        let found = try session.find(
            [id] + [witness].compactMap(\.self), bases: directory.users.bases,
            scope: directory.users.scope,
            filter: directory.users.filter.leavingOut(changing))
        if found.contains(id) { return false }
        return found.isEmpty ? nil : true
    }
}
