package import Ground
package import Identity
internal import LDAP

/// The runs of `sync`, of which the last thousand are kept: `runs`, and what each did with its
/// directories, `run_directories`.
package struct RunTable {
    package enum Outcome: String, Sendable, CaseIterable {
        case completed
        /// Some directory could not be read to its end, or steps are pending.
        case partial
        /// A safety limit; no state was changed.
        case stopped
        case failed
        /// A dry run.
        case planned
    }

    package struct Run: Sendable {
        package let id: RunID
        package let started: Timestamp
        package let finished: Timestamp?
        package let outcome: Outcome?
        /// The plan that a safety limit kept.
        package let plan: String?
        package let directories: [Part]
        /// As `sync --json` printed it: shown, and nothing is decided by it.
        package let report: JSONValue?
    }

    /// How a run ended.
    package struct Ending: Sendable {
        let at: Timestamp
        let outcome: Outcome
        let plan: String?
        let report: String
        let directories: [Part]

        package init(
            at: Timestamp, outcome: Outcome, plan: String?, report: String, directories: [Part]
        ) {
            self.at = at
            self.outcome = outcome
            self.plan = plan
            self.report = report
            self.directories = directories
        }
    }

    /// What a run did with one directory.
    package struct Part: Hashable, Sendable {
        package let name: DirectoryName
        package let strategy: String?
        /// The error is a safety limit's.
        package let isStopped: Bool
        package let error: StepError?
        package let counts: Counts

        package init(
            name: DirectoryName, strategy: String?, isStopped: Bool, error: StepError?,
            counts: Counts
        ) {
            self.name = name
            self.strategy = strategy
            self.isStopped = isStopped
            self.error = error
            self.counts = counts
        }
    }

    /// How many users a run created, updated, and so on.
    package struct Counts: Hashable, Sendable {
        package private(set) var created: Int64 = 0
        package private(set) var updated: Int64 = 0
        package private(set) var renamed: Int64 = 0
        package private(set) var missing: Int64 = 0
        package private(set) var locked: Int64 = 0
        package private(set) var deactivated: Int64 = 0
        package private(set) var drift: Int64 = 0

        package init() {}

        package init(
            created: Int, updated: Int, renamed: Int, missing: Int, locked: Int, deactivated: Int,
            drift: Int
        ) {
            self.created = Int64(created)
            self.updated = Int64(updated)
            self.renamed = Int64(renamed)
            self.missing = Int64(missing)
            self.locked = Int64(locked)
            self.deactivated = Int64(deactivated)
            self.drift = Int64(drift)
        }

        init(_ row: borrowing Statement) throws(StoreError) {
            created = try row.int("created")
            updated = try row.int("updated")
            renamed = try row.int("renamed")
            missing = try row.int("missing")
            locked = try row.int("locked")
            deactivated = try row.int("deactivated")
            drift = try row.int("drift")
        }

        package static func + (one: Counts, other: Counts) -> Counts {
            var sum = one
            sum.created += other.created
            sum.updated += other.updated
            sum.renamed += other.renamed
            sum.missing += other.missing
            sum.locked += other.locked
            sum.deactivated += other.deactivated
            sum.drift += other.drift
            return sum
        }
    }

    private let store: Store

    package init(_ store: Store) {
        self.store = store
    }

    package func begin(
        at: Timestamp, in transaction: borrowing Transaction
    ) throws(StoreError) -> RunID {
        try transaction.database.prepare("INSERT INTO runs (started) VALUES (?)").run(at.seconds)
        return RunID(rawValue: transaction.database.lastInsertRowID)
    }

    /// Writes how a run ended, and forgets the oldest, unless a process was begun by it.
    package func finish(
        _ run: RunID, as ending: Ending, in transaction: borrowing Transaction
    ) throws(StoreError) {
        try transaction.database.prepare(
            "UPDATE runs SET finished = ?, outcome = ?, plan = ?, report = ? WHERE id = ?"
        ).run(ending.at.seconds, ending.outcome.rawValue, ending.plan, ending.report, run)
        for (ordinal, part) in ending.directories.enumerated() {
            try insert(part, Int64(ordinal), run, in: transaction)
        }
        try transaction.database.prepare(
            """
            DELETE FROM runs WHERE id <= ? - 1000 \
            AND NOT EXISTS (SELECT 1 FROM processes WHERE processes.run = runs.id)
            """
        ).run(run)
    }

    private func insert(
        _ part: Part, _ ordinal: Int64, _ run: RunID, in transaction: borrowing Transaction
    ) throws(StoreError) {
        let counts = part.counts
        try transaction.database.prepare(
            """
            INSERT INTO run_directories (run, ordinal, name, strategy, is_stopped, error_code, \
            error_message, created, updated, renamed, missing, locked, deactivated, drift) \
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """
        ).run(
            run, ordinal, part.name, part.strategy, part.isStopped,
            part.error.map { Int64($0.code.rawValue) }, part.error?.message, counts.created,
            counts.updated,
            counts.renamed, counts.missing, counts.locked, counts.deactivated, counts.drift)
    }

    /// When the one before a run began, or the last one; nil: there is none.
    package func start(before run: RunID? = nil) throws(StoreError) -> Timestamp? {
        let statement = try store.database.prepare(
            """
            SELECT started FROM runs WHERE ?1 IS NULL OR id < ?1 AND finished IS NOT NULL
            ORDER BY id DESC LIMIT 1
            """)
        try statement.bind(run, at: 1)
        return try statement.first { row throws(StoreError) in try row.time("started") }
    }

    /// The latest first.
    package func last(_ count: Int64) throws(StoreError) -> [Run] {
        let parts = try store.database.prepare(
            """
            SELECT name, strategy, is_stopped, error_code, error_message, \
            created, updated, renamed, missing, locked, deactivated, drift \
            FROM run_directories WHERE run = ? ORDER BY ordinal
            """)
        let statement = try store.database.prepare(
            """
            SELECT id, started, finished, outcome, plan, report FROM runs \
            ORDER BY id DESC LIMIT ?
            """)
        try statement.bind(count, at: 1)
        return try statement.all { row throws(StoreError) in
            let reading = try RowReading(row.int("id"), of: "runs", in: row)
            try parts.bind(row.int("id"), at: 1)
            return try Run(
                id: row.id("id"), started: row.time("started"),
                finished: row.optionalTime("finished"),
                outcome: reading.optionalWord("outcome", in: row),
                plan: row.optionalText("plan"),
                directories: try parts.all { part throws(StoreError) in
                    try self.part(part, of: reading.row)
                },
                report: report(row, reading))
        }
    }

    private func part(
        _ row: borrowing Statement, of run: String
    ) throws(StoreError) -> Part {
        let reading = try RowReading("\(run), \(row.text("name"))", of: "run_directories", in: row)
        var error: StepError?
        if let number = try row.optionalInt("error_code") {
            guard let code = Int32(exactly: number) else { throw reading.unreadable("error_code") }
            error = try StepError(
                code: ResultCode(rawValue: code), message: row.text("error_message"))
        }
        return try Part(
            name: row.directory("name"), strategy: row.optionalText("strategy"),
            isStopped: reading.flag("is_stopped", in: row), error: error,
            counts: Counts(row))
    }

    private func report(
        _ row: borrowing Statement, _ reading: RowReading
    ) throws(StoreError) -> JSONValue? {
        try reading.optionalJSON("report", in: row) { json throws(Unreadable) in
            guard json["directories"]?.array != nil else {
                throw Unreadable("has no list “directories”")
            }
            return json
        }
    }
}
