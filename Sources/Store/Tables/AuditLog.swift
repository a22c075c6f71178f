internal import Crypto
package import Ground
package import Identity

/// The table `audit`: append-only, each event's hash over the hash before it and its own octets.
package final class AuditLog {
    let database: Database
    private let selectLast: Statement
    private let insert: Statement
    /// The last event that this connection appended since `Store` asked, for `STORE.head`.
    var appended: AuditHead?

    init(_ database: Database) throws(StoreError) {
        self.database = database
        selectLast = try database.prepare(
            "SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1")
        insert = try database.prepare(
            """
            INSERT INTO audit (sequence, at, process, user, body, hash) VALUES (?, ?, ?, ?, ?, ?)
            """)
    }

    /// The end of the chain; nil where nothing has happened yet.
    package func head() throws(StoreError) -> AuditHead? {
        try selectLast.first { row throws(StoreError) in
            try AuditHead(sequence: row.int("sequence"), hash: row.blob("hash"))
        }
    }

    /// The latest time that an event bears; a clock that is earlier is wrong.
    ///
    /// Since the store was last adopted: what happened before may bear the times of a wrong clock.
    package func newest() throws(StoreError) -> Timestamp? {
        // By the index on the times: few are of an event before the adoption.
        let statement = try database.prepare(
            """
            SELECT at FROM audit WHERE sequence >= \
            (SELECT coalesce(max(sequence), 0) FROM adoptions) ORDER BY at DESC LIMIT 1
            """)
        return try statement.first { row throws(StoreError) in try row.time("at") }
    }

    /// When the file was made as a copy of a store; nil: it is none, or was adopted since.
    func copiedAt() throws(StoreError) -> Timestamp? {
        let statement = try database.prepare("SELECT max(at) AS at FROM copies")
        return try statement.first { row throws(StoreError) in try row.optionalTime("at") } ?? nil
    }

    /// Appends within the caller's transaction, which `Store.write` began.
    func append(_ event: AuditEvent) throws(StoreError) -> AuditHead {
        let last = try head()
        let body = event.json.bytes
        let head = AuditHead(
            sequence: (last?.sequence ?? 0) + 1, hash: AuditLog.hash(body, after: last?.hash))
        try insert.bind(head.sequence, at: 1)
        try insert.bind(event.at.seconds, at: 2)
        try insert.bind(event.process, at: 3)
        try insert.bind(event.user?.id, at: 4)
        try insert.bind(body, at: 5)
        try insert.bind(head.hash, at: 6)
        try insert.run()
        appended = head
        return head
    }

    /// The event's hash; nil where there is no such event.
    package func hash(of sequence: Int64) throws(StoreError) -> [UInt8]? {
        let statement = try database.prepare("SELECT hash FROM audit WHERE sequence = ?")
        try statement.bind(sequence, at: 1)
        return try statement.first { row throws(StoreError) in try row.blob("hash") }
    }

    /// Gives `body` each event of a user, or of all, since a time, in the order of the chain.
    ///
    /// An event that can't be read is `.corrupt`. Read in pieces, so that a `body` that rests, as one that prints
    /// does while its reader rests, keeps no statement open: SQLite could not shorten its log meanwhile.
    package func read(
        user: UserID? = nil, since: Timestamp? = nil, _ body: (AuditRecord) throws -> Void
    ) throws {
        let earliest = since?.seconds ?? Int64.min
        var last = user == nil ? try sequence(before: earliest) : 0
        while true {
            let piece = try piece(of: user, since: earliest, after: last)
            for record in piece { try body(record) }
            guard let end = piece.last else { return }
            last = end.sequence
        }
    }

    /// Octets of events that are in memory at a time, unless one has more.
    private static let mostOctets = 1 << 18

    private func piece(
        of user: UserID?, since earliest: Int64, after last: Int64
    ) throws(StoreError) -> [AuditRecord] {
        let statement = try database.prepare(
            user == nil
                ? """
                SELECT sequence, body, hash FROM audit
                WHERE sequence > ?1 AND +at >= ?2 ORDER BY sequence
                """
                : """
                SELECT sequence, body, hash FROM audit
                WHERE user = ?3 AND sequence > ?1 AND +at >= ?2 ORDER BY sequence
                """)
        try statement.bind(last, at: 1)
        try statement.bind(earliest, at: 2)
        if let user { try statement.bind(user, at: 3) }
        var records: [AuditRecord] = []
        var octets = 0
        while octets < Self.mostOctets, try statement.step() {
            let sequence = try statement.int("sequence")
            let text = try statement.blob("body")
            guard let event = AuditLog.event(text) else {
                // What stands before it is given first.
                if !records.isEmpty { return records }
                throw StoreError(
                    .corrupt, message: "audit event \(sequence) can't be read", path: database.path)
            }
            octets += text.count
            records.append(
                AuditRecord(sequence: sequence, event: event, hash: try statement.blob("hash")))
        }
        return records
    }

    /// The event before the first one since a time.
    ///
    /// Times follow sequences but for clocks that were set back.
    private func sequence(before earliest: Int64) throws(StoreError) -> Int64 {
        guard earliest > Int64.min else { return 0 }
        let statement = try database.prepare(
            """
            SELECT coalesce(min(sequence) - 1, (SELECT max(sequence) FROM audit)) AS last
            FROM audit WHERE at >= ?
            """)
        try statement.bind(earliest, at: 1)
        return try statement.first { row throws(StoreError) in try row.optionalInt("last") ?? 0 }
            ?? 0
    }

    static func event(_ body: [UInt8]) -> AuditEvent? {
        JSONValue(parsing: body).flatMap(AuditEvent.init)
    }

    static func hash(_ body: [UInt8], after previous: [UInt8]?) -> [UInt8] {
        var hash = SHA256()
        if let previous { hash.update(previous) }
        hash.update(body)
        return hash.finish()
    }
}

/// An audit event as it stands in the store.
package struct AuditRecord: Hashable, Sendable {
    /// From 1 on, without a gap.
    package let sequence: Int64
    package let event: AuditEvent
    /// 32 octets: SHA-256 of the hash before and the event's octets.
    package let hash: [UInt8]
}
