package import Ground
package import Identity
package import LDAP

/// The entries that can't be users, each with why: `rejected`, one directory's.
package final class RejectedTable {
    package struct Rejection: Hashable, Sendable {
        package let dn: StoredDN
        package let why: String
        /// The entry is a user's all the same: something of it alone can't be read.
        package let isUser: Bool
        /// Whose entry it is can't be told: while there is one nobody becomes missing.
        package let isUnidentified: Bool
        /// The usernames that the entry carries; empty where they are not known.
        package let names: [String]
        /// The mail address and the employee number, which people ask for somebody by, too.
        package let contacts: [String]

        package init(
            dn: StoredDN, why: String, isUser: Bool = false, isUnidentified: Bool = false,
            names: [String] = [], contacts: [String] = []
        ) {
            self.dn = dn
            self.why = why
            self.isUser = isUser
            self.isUnidentified = isUnidentified
            self.names = names
            self.contacts = contacts
        }
    }

    private let database: Database
    private let directory: DirectoryID
    private let known: Statement
    private let insertion: Statement
    private let name: Statement
    private let dropNames: Statement

    package init(_ store: Store, directory: DirectoryID) throws(StoreError) {
        let database = store.database
        self.database = database
        self.directory = directory
        known = try database.prepare("SELECT why FROM rejected WHERE directory = ? AND dn = ?")
        insertion = try database.prepare(
            """
            INSERT INTO rejected (directory, dn, why, since, run, is_user, is_unidentified) \
            VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (directory, dn) DO UPDATE \
            SET why = excluded.why, run = excluded.run, is_user = excluded.is_user, \
            is_unidentified = excluded.is_unidentified
            """)
        name = try database.prepare(
            "INSERT OR IGNORE INTO rejected_names (name_key, directory, dn) VALUES (?, ?, ?)")
        dropNames = try database.prepare(
            "DELETE FROM rejected_names WHERE directory = ? AND dn = ?")
    }

    /// Whether the store did not say this of the entry before.
    package func insert(
        _ rejection: Rejection, at: Timestamp, run: RunID, in transaction: borrowing Transaction
    ) throws(StoreError) -> Bool {
        try known.bind(directory, at: 1)
        try known.bind(rejection.dn.text, at: 2)
        let why = try known.first { row throws(StoreError) in try row.text("why") }
        try insertion.run(
            directory, rejection.dn.text, rejection.why, at.seconds, run, rejection.isUser,
            rejection.isUnidentified)
        try insertNames(of: rejection)
        return why != rejection.why
    }

    private func insertNames(of rejection: Rejection) throws(StoreError) {
        try dropNames.run(directory, rejection.dn.text)
        let keys =
            rejection.names.map(\.directoryFolded) + [rejection.dn.dn?.normalized ?? ""]
            + rejection.contacts.map(Self.contactKey)
        for key in Set(keys) where !key.isEmpty {
            try name.run(key, directory, rejection.dn.text)
        }
    }

    /// What a mail address or number is found by: no username's, because a folded name never begins
    /// with a space.
    static func contactKey(_ text: String) -> String { " " + text.directoryFolded }

    /// After everything was read: the entries that `run` did not reject can be users again.
    ///
    /// Returns how many they were.
    package func forget(
        notOf run: RunID, in transaction: borrowing Transaction
    ) throws(StoreError) -> Int64 {
        try database.prepare("DELETE FROM rejected WHERE directory = ? AND run != ?")
            .run(directory, run)
        return database.changes
    }

    /// The first of them in the order of their DNs, for reports.
    package func list(limit: Int64) throws(StoreError) -> [Rejection] {
        let statement = try database.prepare(
            """
            SELECT dn, why, is_user, is_unidentified FROM rejected \
            WHERE directory = ? ORDER BY dn LIMIT ?
            """)
        try statement.bind(directory, limit)
        return try statement.all { row throws(StoreError) in
            let reading = try RowReading("\(directory), \(row.text("dn"))", of: "rejected", in: row)
            return try Rejection(
                dn: row.dn("dn"), why: row.text("why"),
                isUser: reading.flag("is_user", in: row),
                isUnidentified: reading.flag("is_unidentified", in: row))
        }
    }

    /// The DNs of those whose entry showed no id.
    package func unidentified() throws(StoreError) -> Set<String> {
        let statement = try database.prepare(
            "SELECT dn FROM rejected WHERE directory = ? AND is_unidentified = 1")
        try statement.bind(directory, at: 1)
        return Set(try statement.all { row throws(StoreError) in try row.text("dn") })
    }

    /// How many there are.
    package func count() throws(StoreError) -> Int64 {
        let statement = try database.prepare(
            "SELECT count(*) FROM rejected WHERE directory = ?")
        try statement.bind(directory, at: 1)
        return try statement.firstNumber() ?? 0
    }

    /// How many of them are nobody's, so that an access rule over all of them is no quiet success.
    package func countOfNoUsers() throws(StoreError) -> Int64 {
        let statement = try database.prepare(
            "SELECT count(*) FROM rejected WHERE directory = ? AND is_user = 0")
        try statement.bind(directory, at: 1)
        return try statement.firstNumber() ?? 0
    }
}
