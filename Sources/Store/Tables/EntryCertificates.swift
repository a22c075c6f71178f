package import Ground
package import Identity

/// Takes in the certificates that an entry has: rows of `certificates` without a credential.
///
/// A certificate that somebody has already stands as it does there; `CertificateArrival` decides about
/// one that is new, or is new for a user who is locked or inactive.
package final class EntryCertificates {
    private let table: CertificateTable
    private let known: Statement
    private let standing: Statement
    private let holder: Statement
    private let shown: Statement
    private let waiting: WaitingTable

    package init(_ store: Store) throws(StoreError) {
        let database = store.database
        table = try CertificateTable(store)
        waiting = WaitingTable(store)
        // One from before its octets were kept is taken in once more.
        known = try database.prepare(
            """
            SELECT 1 FROM certificates c JOIN certificate_encodings e USING (fingerprint)
            WHERE c.user = ? AND c.fingerprint = ? AND c.in_entry = 1
            """)
        standing = try database.prepare(
            CertificateTable.columns, "WHERE fingerprint = ? ORDER BY id LIMIT 1")
        holder = try CertificateArrival.Holder.statement(database)
        shown = try database.prepare(
            "UPDATE certificates SET in_entry = 1 WHERE user = ? AND fingerprint = ?")
    }

    package func isKnown(_ fingerprint: [UInt8], user: UserID) throws(StoreError) -> Bool {
        try known.bind(user, at: 1)
        try known.bind(fingerprint, at: 2)
        return try known.hasRow()
    }

    /// Whether anybody is thought to have it.
    package func isOwned(_ fingerprint: [UInt8]) throws(StoreError) -> Bool {
        try !table.certificates(fingerprint: fingerprint).isEmpty
    }

    /// Takes a CA's certificate from those who were thought to have it.
    package func disown(
        _ fingerprint: [UInt8], in transaction: borrowing Transaction
    ) throws(StoreError) {
        _ = try table.disown(fingerprint, in: transaction)
    }

    package func insert(
        _ certificate: Certificate.Encoded, user: UserID, at now: Timestamp,
        in transaction: borrowing Transaction
    ) throws(StoreError) {
        let content = certificate.content
        try table.keep(certificate, in: transaction)
        try standing.bind(content.fingerprint, at: 1)
        let known = try standing.first(CertificateTable.certificate)?.standing
        let holder = try CertificateArrival.Holder(user, by: self.holder)
        let verdict = CertificateArrival.verdict(
            known: known, wish: nil, holder: holder, notAfter: content.notAfter, clock: now)
        let arrived =
            switch verdict {
            case .become(let standing): standing
            case .unchanged, .refused: known ?? .valid
            }
        let row = try table.insert(
            user: user, credential: nil, content, arrived, inEntry: true, in: transaction)
        if row == nil {
            try shown.run(user, content.fingerprint)
            if arrived != known {
                _ = try table.set(arrived, of: content.fingerprint, in: transaction)
            }
        }
        if let row, arrived.waits(for: holder, known: known, wish: nil) {
            try waiting.add(certificate: row.id, in: transaction)
        }
    }
}

extension CertificateArrival.Holder {
    /// The user's state, the process that made it, and the reason of a lock's revocations.
    private static let columns: StaticString =
        """
        SELECT u.state, u.state_process, p.id AS process, p.revocation
        FROM users u LEFT JOIN processes p ON p.id = u.state_process WHERE u.id = ?
        """

    static func statement(_ database: Database) throws(StoreError) -> Statement {
        try database.prepare(columns)
    }

    /// `statement`: of ``statement(_:)``.
    init(_ user: UserID, by statement: borrowing Statement) throws(StoreError) {
        try statement.bind(user, at: 1)
        let found = try statement.first { row throws(StoreError) in try Self.read(row, user) }
        guard let found else {
            throw RowReading(user, of: "users", in: statement)
                .unreadable("id", Unreadable("is nobody's"))
        }
        self = found
    }

    private static func read(
        _ row: borrowing Statement, _ user: UserID
    ) throws(StoreError) -> Self {
        let reading = RowReading(user, of: "users", in: row)
        let process: ProcessID? = try row.optionalID("process")
        guard try process == row.optionalID("state_process") else {
            throw reading.unreadable("state_process", Unreadable("names no process"))
        }
        switch try reading.word("state", in: row) as UserState {
        case .active: return .active
        case .inactive: return .inactive(process: process)
        case .locked:
            let lock = RowReading(process?.rawValue ?? 0, of: "processes", in: row)
            let reason: RevocationReason? = try lock.optionalWord("revocation", in: row)
            return .locked(process: process, revocation: reason ?? .unspecified)
        }
    }
}
