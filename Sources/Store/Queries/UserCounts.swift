package import Ground
package import Identity

/// How many users of a directory there are, for the limits and for the proof of absence.
package struct UserCounts: Sendable {
    /// Those whose entry is present.
    package let present: Int64
    /// Those who are neither locked nor missing: what a percentage is of.
    package let countable: Int64
    /// Those whose entry went missing at `since` or later.
    package let recentlyMissing: Int64

    package init(
        of directory: DirectoryID, missingSince since: Timestamp, in store: Store
    ) throws(StoreError) {
        let database = store.database
        let all = try Self.count(
            "SELECT count(*) FROM users WHERE directory = ?", directory, database)
        let missing = try Self.count(
            "SELECT count(*) FROM users WHERE directory = ? AND missing_since IS NOT NULL",
            directory, database)
        let locked = try Self.count(
            """
            SELECT count(*) FROM users \
            WHERE directory = ? AND state != 'active' AND state = 'locked' AND missing_since IS NULL
            """, directory, database)
        let recent = try database.prepare(
            "SELECT count(*) FROM users WHERE directory = ? AND missing_since >= ?")
        try recent.bind(directory, since.seconds)
        present = all - missing
        countable = all - missing - locked
        recentlyMissing = try recent.firstNumber() ?? 0
    }

    private static func count(
        _ sql: StaticString, _ directory: DirectoryID, _ database: Database
    ) throws(StoreError) -> Int64 {
        let statement = try database.prepare(sql)
        try statement.bind(directory, at: 1)
        return try statement.firstNumber() ?? 0
    }
}

extension Store {
    /// How many users of a directory are neither locked nor missing.
    package func countable(in directory: DirectoryName) throws(StoreError) -> Int64 {
        guard let id = try DirectoryTable(self).lookUp(directory) else { return 0 }
        let never = Timestamp(seconds: .max)
        return try UserCounts(of: id, missingSince: never, in: self).countable
    }
}
