internal import Ground
internal import Identity
internal import LDAP

/// The table `account_limits`: the few whose entries say something of that kind.
final class AccountLimitsTable {
    private let set: Statement
    private let clear: Statement

    init(_ database: Database) throws(StoreError) {
        set = try database.prepare(
            """
            INSERT INTO account_limits (user, expires_at, disabled_from, begins_at, locked_out, \
            lockout_ends, unusable) VALUES (?, ?, ?, ?, ?, ?, ?) \
            ON CONFLICT (user) DO UPDATE SET expires_at = excluded.expires_at, \
            disabled_from = excluded.disabled_from, begins_at = excluded.begins_at, \
            locked_out = excluded.locked_out, lockout_ends = excluded.lockout_ends, \
            unusable = excluded.unusable
            """)
        clear = try database.prepare("DELETE FROM account_limits WHERE user = ?")
    }

    func set(_ limits: AccountLimits?, of user: UserID) throws(StoreError) {
        guard let limits else {
            try clear.bind(user, at: 1)
            return try clear.run()
        }
        try set.bind(user, at: 1)
        try set.bind(limits.expiresAt?.seconds, at: 2)
        try set.bind(limits.disabledFrom?.seconds, at: 3)
        try set.bind(limits.beginsAt?.seconds, at: 4)
        try set.bind(limits.lockedOut, at: 5)
        try set.bind(limits.lockoutEnds?.seconds, at: 6)
        try set.bind(limits.unusable, at: 7)
        try set.run()
    }
}

extension AccountLimits {
    /// The columns of the table; nil where they say nothing.
    init?(_ row: borrowing Statement) throws(StoreError) {
        try self.init(
            expiresAt: row.optionalTime("expires_at"),
            disabledFrom: row.optionalTime("disabled_from"),
            beginsAt: row.optionalTime("begins_at"), lockedOut: row.optionalText("locked_out"),
            lockoutEnds: row.optionalTime("lockout_ends"), unusable: row.optionalText("unusable"))
        if isEmpty { return nil }
    }
}
