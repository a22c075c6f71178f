package import Identity

/// The table `operator_users`: which users an operator was found to be.
package struct OperatorUserTable {
    private let database: Database

    package init(_ store: Store) {
        database = store.database
    }

    /// The ids of the users that `login` was found to be when its `is` was `name`; empty: not found yet.
    package func users(_ login: String, called name: String) throws(StoreError) -> Set<UserID> {
        let statement = try database.prepare(
            "SELECT user FROM operator_users WHERE login = ? AND name = ?")
        try statement.bind(login, name)
        return Set(try statement.all { row throws(StoreError) in try row.id("user") })
    }

    package func remember(
        _ users: Set<UserID>, _ login: String, called name: String,
        in transaction: borrowing Transaction
    ) throws(StoreError) {
        let insert = try database.prepare(
            "INSERT OR IGNORE INTO operator_users (login, name, user) VALUES (?, ?, ?)")
        for user in users.sorted() { try insert.run(login, name, user) }
    }
}
