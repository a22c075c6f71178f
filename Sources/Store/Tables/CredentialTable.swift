package import Identity

/// The table `credentials`.
package final class CredentialTable {
    let database: Database
    private let insert: Statement
    private let update: Statement
    private let selectOfUser: Statement

    package init(_ store: Store) throws(StoreError) {
        let database = store.database
        self.database = database
        insert = try database.prepare(
            """
            INSERT INTO credentials (user, kind, serial, state, changed_by) VALUES (?, ?, ?, ?, ?)
            """)
        update = try database.prepare(
            "UPDATE credentials SET state = ?, changed_by = ? WHERE id = ?")
        selectOfUser = try database.prepare(
            CredentialTable.columns, "FROM credentials WHERE user = ? ORDER BY id")
    }

    /// Stores a new credential; the user's second of one kind and serial is a `.constraint`.
    package func insert(
        user: UserID, kind: CredentialKind, serial: String, state: CredentialState,
        changedBy process: ProcessID? = nil, in transaction: borrowing Transaction
    ) throws(StoreError) -> Credential {
        try insert.bind(user, at: 1)
        try insert.bind(kind.rawValue, at: 2)
        try insert.bind(serial, at: 3)
        try insert.bind(state.rawValue, at: 4)
        try insert.bind(process, at: 5)
        try insert.run()
        return Credential(
            id: CredentialID(rawValue: database.lastInsertRowID), user: user, kind: kind,
            serial: serial, state: state,
            changedBy: process)
    }

    package func setState(
        _ state: CredentialState, of credential: CredentialID, by process: ProcessID?,
        in transaction: borrowing Transaction
    ) throws(StoreError) {
        try update.bind(state.rawValue, at: 1)
        try update.bind(process, at: 2)
        try update.bind(credential, at: 3)
        try update.run()
    }

    /// A user's credentials, in the order in which they came.
    package func credentials(of user: UserID) throws(StoreError) -> [Credential] {
        try selectOfUser.bind(user, at: 1)
        return try selectOfUser.all(CredentialTable.credential)
    }

    /// All with a serial, of all kinds and users.
    package func credentials(withSerial serial: String) throws(StoreError) -> [Credential] {
        let statement = try database.prepare(
            CredentialTable.columns, "FROM credentials WHERE serial = ? ORDER BY id")
        try statement.bind(serial, at: 1)
        return try statement.all(CredentialTable.credential)
    }

    package func credential(_ id: CredentialID) throws(StoreError) -> Credential? {
        let statement = try database.prepare(
            CredentialTable.columns, "FROM credentials WHERE id = ?")
        try statement.bind(id, at: 1)
        return try statement.first(CredentialTable.credential)
    }

    /// Gives `body` every credential, in the order in which they came; one is in memory at a time.
    package func read(_ body: (Credential) throws -> Void) throws {
        let statement = try database.prepare(
            CredentialTable.columns, "FROM credentials ORDER BY id")
        while try statement.step() { try body(CredentialTable.credential(statement)) }
    }

    private static let columns: StaticString = "SELECT id, user, kind, serial, state, changed_by"

    private static func credential(_ row: borrowing Statement) throws(StoreError) -> Credential {
        let reading = try RowReading(row.int("id"), of: "credentials", in: row)
        return try Credential(
            id: row.id("id"), user: row.id("user"), kind: reading.word("kind", in: row),
            serial: row.text("serial"), state: reading.word("state", in: row),
            changedBy: row.optionalID("changed_by"))
    }
}
