package import Ground

/// The runs of `sync`: `runs`, of which the last thousand are kept.
package enum RunTable {
    package struct Run: Sendable {
        package let id: Int64
        package let started: Timestamp
        package let finished: Timestamp?
        package let outcome: String?
        /// As `sync --json` printed it.
        package let report: JSONValue?
    }

    package static func begin(at: Timestamp, in database: Database) throws(StoreError) -> Int64 {
        try database.prepare("INSERT INTO runs (started) VALUES (?)").run(at.seconds)
        return database.lastInsertRowID
    }

    /// Writes how a run ended, and forgets the oldest, unless a process was begun by it.
    package static func finish(
        _ run: Int64, at: Timestamp, outcome: String, report: String, in database: Database
    ) throws(StoreError) {
        try database.prepare("UPDATE runs SET finished = ?, outcome = ?, report = ? WHERE id = ?")
            .run(at.seconds, outcome, report, run)
        try database.prepare(
            """
            DELETE FROM runs WHERE id <= ? - 1000 \
            AND NOT EXISTS (SELECT 1 FROM processes WHERE processes.run = runs.id)
            """
        ).run(run)
    }

    /// The latest first.
    package static func last(_ count: Int64, in database: Database) throws(StoreError) -> [Run] {
        let statement = try database.prepare(
            "SELECT id, started, finished, outcome, report FROM runs ORDER BY id DESC LIMIT ?")
        try statement.bind(count, at: 1)
        return try statement.all { row throws(StoreError) in
            let reading = RowReading(row.int(0), of: "runs", in: row)
            return Run(
                id: row.int(0), started: Timestamp(seconds: row.int(1)),
                finished: row.optionalInt(2).map { Timestamp(seconds: $0) },
                outcome: row.optionalText(3), report: try report(row.optionalText(4), reading))
        }
    }

    private static func report(
        _ text: String?, _ reading: RowReading
    ) throws(StoreError) -> JSONValue? {
        guard let text else { return nil }
        return try reading.json(text, "report") { json throws(Unreadable) in
            guard json["directories"]?.array != nil else {
                throw Unreadable("has no list “directories”")
            }
            return json
        }
    }
}
