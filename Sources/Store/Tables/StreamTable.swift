package import Ground
package import Identity
package import LDAP

/// The states of the streams that a sync follows: `streams`, and the newest contextCSN seen.
package struct StreamTable {
    private let store: Store

    package init(_ store: Store) {
        self.store = store
    }

    package func state(
        of stream: StreamState.Stream, directory: DirectoryID, server: String
    ) throws(StoreError) -> StreamState? {
        let statement = try store.database.prepare(
            """
            SELECT strategy, binding, cookie, containers, due_at, again FROM streams \
            WHERE directory = ? AND stream = ? AND server = ?
            """)
        try statement.bind(directory, stream.rawValue, server)
        return try statement.first { row throws(StoreError) in
            try StreamState(
                strategy: row.text("strategy"), binding: row.blob("binding"),
                cookie: row.blob("cookie"),
                containers: row.blob("containers"),
                dueAt: row.optionalTime("due_at"),
                again: row.text("again").split(separator: " ").map { EntryID(String($0)) })
        }
    }

    /// A state as `status` shows it.
    package struct Overview: Sendable {
        package let directory: DirectoryName
        package let stream: String
        package let server: String
        package let strategy: String
        package let storedAt: Timestamp
    }

    /// The error of a row whose strategy is none that there is.
    package func unknownStrategy(
        _ stream: String, directory: DirectoryName, server: String
    ) -> StoreError {
        .unreadable(
            "\(stream) of \(directory) at \(server)", of: "streams", "strategy", .unknown,
            path: store.database.path)
    }

    /// All of them, by directory, server and stream.
    package func overview() throws(StoreError) -> [Overview] {
        try store.database.prepare(
            """
            SELECT d.name, s.stream, s.server, s.strategy, s.stored_at FROM streams s \
            JOIN directories d ON d.id = s.directory ORDER BY d.name, s.server, s.stream DESC
            """
        ).all { row throws(StoreError) in
            try Overview(
                directory: row.directory("name"), stream: row.text("stream"),
                server: row.text("server"),
                strategy: row.text("strategy"), storedAt: row.time("stored_at"))
        }
    }

    /// Within the transaction that makes all durable that the state stands for, or after it.
    package func store(
        _ state: StreamState, of stream: StreamState.Stream, directory: DirectoryID, server: String,
        at: Timestamp, run: RunID, in transaction: borrowing Transaction
    ) throws(StoreError) {
        try transaction.database.prepare(
            """
            INSERT OR REPLACE INTO streams (directory, stream, server, strategy, binding, cookie, \
            containers, due_at, again, stored_at, run) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """
        ).run(
            directory, stream.rawValue, server, state.strategy, state.binding, state.cookie,
            state.containers, state.dueAt?.seconds,
            state.again.map(\.text).joined(separator: " "), at.seconds, run)
    }

    /// Whether a read that was to compare all ids could not: who is gone is to be found by another.
    package func owesAbsence(
        directory: DirectoryID
    ) throws(StoreError) -> Bool {
        let statement = try store.database.prepare(
            "SELECT owes_absence FROM directories WHERE id = ?")
        try statement.bind(directory, at: 1)
        return try statement.first { row throws(StoreError) in
            try RowReading(directory.rawValue, of: "directories", in: row).flag(
                "owes_absence", in: row)
        } == true
    }

    package func setOwesAbsence(
        _ owes: Bool, directory: DirectoryID, in transaction: borrowing Transaction
    ) throws(StoreError) {
        try transaction.database.prepare("UPDATE directories SET owes_absence = ? WHERE id = ?")
            .run(owes, directory)
    }

    /// Whether the changes of any of the directory's servers could be gone on from.
    package func isEmpty(
        directory: DirectoryID
    ) throws(StoreError) -> Bool {
        let statement = try store.database.prepare(
            "SELECT EXISTS (SELECT 1 FROM streams WHERE directory = ?)")
        try statement.bind(directory, at: 1)
        return try statement.firstNumber() == 0
    }

    /// The newest change of each server's that any of the directory's servers has shown.
    package func newestSeen(
        directory: DirectoryID
    ) throws(StoreError) -> ContextCSN? {
        let statement = try store.database.prepare(
            "SELECT context_csn FROM directories WHERE id = ?")
        try statement.bind(directory, at: 1)
        let numbers = try statement.first { row throws(StoreError) -> ContextCSN? in
            // Empty is what a server without such numbers left there.
            guard let text = try row.optionalText("context_csn"), !text.isEmpty else { return nil }
            guard let numbers = ContextCSN(text) else {
                throw RowReading(directory.rawValue, of: "directories", in: row).unreadable(
                    "context_csn")
            }
            return numbers
        }
        return numbers ?? nil
    }

    /// Another product's are held against nothing any more.
    package func see(
        _ numbers: ContextCSN, directory: DirectoryID, in transaction: borrowing Transaction
    ) throws(StoreError) {
        guard !numbers.numbers.isEmpty else { return }
        let before = try newestSeen(directory: directory)
        let all = ContextCSN(
            (before?.ofProduct(of: numbers).numbers ?? []) + numbers.numbers)
        guard all != before else { return }
        try transaction.database.prepare("UPDATE directories SET context_csn = ? WHERE id = ?")
            .run(all.description, directory)
    }
}
