internal import Configuration
internal import Identity
internal import LDAP
internal import LDAPClient
internal import Store

/// Reads the one entry anew that a change is about, just before it is made.
struct FreshLook {
    /// What is stored of the user, with what the directory says now in its place.
    let facts: UserFacts
    /// nil: the entry is missing, or was not read.
    let entry: Entry?
    let account: AccountState?
    let dialect: Dialect

    /// nil where it can't be told: the entry can't be seen, or its absence can't be proven.
    init?(
        at facts: UserFacts, for change: StateChange, in directory: DirectorySettings,
        _ shared: SharedSession, _ store: Store, now: Timestamp
    ) throws {
        dialect = shared.session.dialect
        var fresh = facts
        if change.cause == .missing {
            guard let user = try store.user(facts.user),
                let isMissing = try Self.isMissing(user, in: directory, shared, store)
            else { return nil }
            fresh.missingSince = isMissing ? facts.missingSince ?? now : nil
            self.facts = fresh
            entry = nil
            account = nil
            return
        }
        let names = shared.session.accountAttributes + directory.recognising
        guard
            let entry = try shared.session.find(facts.entryID, near: facts.dn, attributes: names)
        else { return nil }
        let account = shared.session.dialect.accountState(of: entry, at: now)
        fresh.disabled = account.map { $0 != .enabled }
        fresh.recognised = directory.recognised(in: entry)?.code
        self.facts = fresh
        self.entry = entry
        self.account = account
    }

    /// As the reads look for people; nil where the search does not even find somebody who is there.
    private static func isMissing(
        _ user: User, in directory: DirectorySettings, _ shared: SharedSession, _ store: Store
    ) throws -> Bool? {
        let id = user.record.entryID
        let witnesses = try store.witnesses(for: user)
        let found = try shared.session.find(
            [id] + witnesses, bases: directory.users.bases,
            scope: directory.users.scope, filter: directory.users.filter)
        if found.contains(id) { return false }
        return found.isEmpty ? nil : true
    }
}
