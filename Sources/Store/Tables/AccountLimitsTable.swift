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
    /// The six columns of a row that begin at `column`, in the table's order; nil where they say
    /// nothing.
    init?(_ row: borrowing Statement, from column: Int) {
        func instant(_ offset: Int) -> Timestamp? {
            row.optionalInt(column + offset).map { Timestamp(seconds: $0) }
        }
        self.init(
            expiresAt: instant(0), disabledFrom: instant(1), beginsAt: instant(2),
            lockedOut: row.optionalText(column + 3), lockoutEnds: instant(4),
            unusable: row.optionalText(column + 5))
        if isEmpty { return nil }
    }
}
