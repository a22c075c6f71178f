internal import Identity

/// The indexes that a first load of users or memberships does without.
///
/// Their keys are random: kept up to date from the first row on, each page of users would rewrite
/// nearly every page of them. Built at the end they are sorted once and written once. Whoever opens
/// the store to write builds those that are missing, so that a crash within a load leaves nothing
/// behind, and nobody but the load ever writes without them; who reads meanwhile is slow, and right.
package enum LoadIndex: CaseIterable, Sendable {
    case entry
    case username
    case dn
    case member

    package static func hasNoUsers(in store: Store) throws(StoreError) -> Bool {
        try store.database.integer("SELECT EXISTS (SELECT 1 FROM users)") == 0
    }

    /// Drops the users' where there is no user yet; says whether there was none.
    ///
    /// Within a transaction of the caller's.
    package static func dropUsers(in transaction: borrowing Transaction) throws(StoreError) -> Bool
    {
        guard try hasNoUsers(in: transaction.store) else { return false }
        try transaction.database.execute(
            """
            DROP INDEX IF EXISTS users_entry; DROP INDEX IF EXISTS users_username; \
            DROP INDEX IF EXISTS users_dn
            """)
        try UserWords.expectMany(true, in: transaction.database)
        return true
    }

    /// Drops the memberships' where there is no membership yet, within a transaction.
    package static func dropMembers(in transaction: borrowing Transaction) throws(StoreError) {
        guard try transaction.database.integer("SELECT EXISTS (SELECT 1 FROM memberships)") == 0
        else { return }
        try transaction.database.execute("DROP INDEX IF EXISTS memberships_member")
    }

    /// Builds what is missing, each index in a transaction of its own.
    ///
    /// How many users it took out again because their entry had come twice.
    @discardableResult
    package static func build(in store: Store) throws(StoreError) -> Int {
        guard try isAnyMissing(in: store) else { return 0 }
        var duplicates = 0
        for index in allCases {
            duplicates += try store.write {
                (transaction: borrowing Transaction) throws(StoreError) in
                try index.create(in: transaction)
            }
        }
        try store.write { (transaction: borrowing Transaction) throws(StoreError) in
            try UserWords.expectMany(false, in: transaction.database)
        }
        return duplicates
    }

    private static func isAnyMissing(in store: Store) throws(StoreError) -> Bool {
        let present = try store.database.integer(
            """
            SELECT count(*) FROM sqlite_schema WHERE type = 'index' AND name IN \
            ('users_entry', 'users_username', 'users_dn', 'memberships_member')
            """)
        return present < allCases.count
    }

    private func create(in transaction: borrowing Transaction) throws(StoreError) -> Int {
        switch self {
        case .entry:
            return try Self.createUnique(in: transaction)
        case .username:
            try transaction.database.execute(
                "CREATE INDEX IF NOT EXISTS users_username ON users (username_key)")
        case .dn:
            try transaction.database.execute(
                "CREATE INDEX IF NOT EXISTS users_dn ON users (dn_key, directory)")
        case .member:
            try transaction.database.execute(
                """
                CREATE INDEX IF NOT EXISTS memberships_member ON memberships (member, role_group)
                """)
        }
        return 0
    }

    private static func createUnique(
        in transaction: borrowing Transaction
    ) throws(StoreError) -> Int {
        let sql: StaticString =
            "CREATE UNIQUE INDEX IF NOT EXISTS users_entry ON users (directory, entry_id)"
        do {
            try transaction.database.execute(sql)
            return 0
        } catch {
            guard error.kind == .constraint else { throw error }
        }
        let removed = try removeDuplicates(in: transaction)
        try transaction.database.execute(sql)
        return removed
    }

    /// Two bases of a load overlapped, or a page came twice: of an entry's users the first stays, or
    /// the one to whom something has happened.
    private static func removeDuplicates(
        in transaction: borrowing Transaction
    ) throws(StoreError) -> Int {
        let statement = try transaction.database.prepare(
            """
            SELECT id, directory FROM (SELECT id, directory, row_number() OVER (\
            PARTITION BY directory, entry_id ORDER BY revision DESC, id) AS place FROM users) \
            WHERE place > 1
            """)
        let duplicates: [(UserID, DirectoryID)] = try statement.all { row throws(StoreError) in
            try (row.id("id"), row.id("directory"))
        }
        let reader = try UserReader(transaction.store)
        for (id, directory) in duplicates {
            guard let user = try reader.user(id) else { continue }
            let users = try UserTable(transaction.store, directory: directory)
            _ = try users.unbear(id, user.record, in: transaction)
        }
        return duplicates.count
    }
}
