internal import Ground
internal import LDAP

/// What every entry of a read is asked before anything else.
struct EntryGlance {
    let dialect: Dialect
    let now: Timestamp
    private let digest: EntryDigest

    init(dialect: Dialect, now: Timestamp, digest: EntryDigest) {
        self.dialect = dialect
        self.now = now
        self.digest = digest
    }

    func id(of entry: Entry) -> EntryID? {
        dialect.id(of: entry)
    }

    /// nil: not readable.
    func disabled(_ entry: Entry) -> Bool? {
        dialect.accountState(of: entry, at: now).map { $0 != .enabled }
    }

    func limits(_ entry: Entry) -> AccountLimits? {
        dialect.limits(of: entry)?.kept(at: now)
    }

    func digest(_ entry: Entry, disabled: Bool?) -> [UInt8] {
        digest.digest(entry, disabled: disabled)
    }
}
