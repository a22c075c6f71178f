internal import Configuration
internal import Ground
internal import Identity
internal import LDAP
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
        _ shared: SharedSession, now: Timestamp
    ) throws {
        dialect = shared.session.dialect
        var fresh = facts
        if change.cause == .missing {
            guard let isMissing = try shared.isMissing(facts.entryID, in: directory) else {
                return nil
            }
            fresh.missingSince = isMissing ? facts.missingSince ?? now : nil
            self.facts = fresh
            entry = nil
            account = nil
            return
        }
        let names =
            shared.session.accountAttributes + dialect.limitAttributes + directory.recognising
        guard
            let entry = try shared.session.find(facts.entryID, near: facts.dn, attributes: names)
        else { return nil }
        let account = shared.session.dialect.accountState(of: entry, at: now)
        fresh.disabled = account.map { $0 != .enabled }
        fresh.limits = dialect.limits(of: entry)
        fresh.recognised = directory.recognised(in: entry)?.code
        self.facts = fresh
        self.entry = entry
        self.account = account
    }
}
