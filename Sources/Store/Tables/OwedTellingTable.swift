package import Ground
package import Identity
internal import LDAP

/// What a CA is to be told of a certificate beside the steps of processes.
package struct OwedTelling: Hashable, Sendable {
    package let certificate: ToldCertificate
    package let request: AuthorityRequest
    /// Whose certificate it is, of several the one whom it came about with.
    package let user: UserID
    package let since: Timestamp
    package let state: StepState
    package let attempts: Int
    /// nil: with the next sync.
    package let due: Timestamp?
    package let error: StepError?
}

/// The table `owed_tellings`: what becomes of a certificate while its holder stays as they are.
///
/// A process has its own steps for what it does. A credential that is locked, a reason that becomes
/// keyCompromise, and a certificate that arrives at somebody who is locked belong to no process: what the CA
/// is to be told of them stands here, written in the transaction that made it so, until it was told. One
/// row for each certificate: the newest counts.
package struct OwedTellingTable {
    private let database: Database

    package init(_ store: Store) {
        database = store.database
    }

    package func add(
        _ certificate: ToldCertificate, _ request: AuthorityRequest, of user: UserID,
        at now: Timestamp, in transaction: borrowing Transaction
    ) throws(StoreError) {
        try database.prepare(
            """
            INSERT INTO owed_tellings (fingerprint, authority, request, user, since)
            VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (fingerprint) DO UPDATE
            SET authority = excluded.authority, request = excluded.request, user = excluded.user,
                since = excluded.since, state = 'pending', attempts = 0, due_at = NULL,
                error_code = NULL, error_message = NULL
            """
        ).run(
            certificate.fingerprint, certificate.authority, request.rawValue, user, now.seconds)
    }

    /// Owes what a certificate was born as at somebody who is locked or inactive: no process has told it.
    ///
    /// A step names its certificate by the serial, which several CAs may have given: what came after the
    /// process is beyond the number of its steps. `knowsHold`: whether the CA is told of holds.
    package func addBorn(
        _ certificate: ToldCertificate, knowsHold: Bool, in transaction: borrowing Transaction
    ) throws(StoreError) {
        let statement = try database.prepare(
            """
            SELECT c.user, c.state, iif(c.state = 'revoked', c.revoked_at, c.held_at) AS since
            FROM certificates c
            JOIN certificate_bindings b ON b.fingerprint = c.fingerprint
            LEFT JOIN processes p ON p.id = iif(c.state = 'revoked', c.revoked_by, c.held_by)
            WHERE c.fingerprint = ?1 AND c.is_authority = 0 AND b.told IS NOT c.state
                AND (c.state = 'onHold' AND c.id IN (SELECT certificate FROM waiting_for_user)
                    OR c.state IN ('revoked', 'onHold') AND p.id IS NOT NULL
                        AND (SELECT count(*) FROM steps s WHERE s.process = p.id
                                AND s.kind = iif(c.state = 'revoked', 'revokeCertificate', 'holdCertificate')
                                AND s.target = c.serial)
                            < (SELECT count(*) FROM certificates o
                                WHERE o.serial = c.serial AND o.user = p.user
                                    AND iif(c.state = 'revoked', o.revoked_by, o.held_by) = p.id
                                    AND o.id <= coalesce(
                                        (SELECT min(id) FROM certificates
                                            WHERE fingerprint = c.fingerprint AND user = p.user),
                                        c.id)))
            ORDER BY c.id LIMIT 1
            """)
        try statement.bind(certificate.fingerprint, at: 1)
        let born = try statement.first { row throws(StoreError) in
            try (user: row.id("user") as UserID, state: row.text("state"), since: row.time("since"))
        }
        guard let born else { return }
        if born.state == CertificateState.revoked.rawValue {
            try add(certificate, .revoke, of: born.user, at: born.since, in: transaction)
        } else if knowsHold {
            try add(certificate, .hold, of: born.user, at: born.since, in: transaction)
        }
    }

    /// The oldest first; `dueBy`: only those whose time has come by then; nil: all.
    package func all(dueBy: Timestamp? = nil) throws(StoreError) -> [OwedTelling] {
        let statement = try database.prepare(
            Self.columns,
            "WHERE ?1 IS NULL OR coalesce(due_at, ?1) <= ?1 ORDER BY since, fingerprint")
        try statement.bind(dueBy?.seconds, at: 1)
        return try statement.all(Self.read)
    }

    /// Those that came about with one user, the oldest first.
    package func all(of user: UserID) throws(StoreError) -> [OwedTelling] {
        let statement = try database.prepare(
            Self.columns, "WHERE user = ? ORDER BY since, fingerprint")
        try statement.bind(user, at: 1)
        return try statement.all(Self.read)
    }

    /// Those of users of these directories.
    package func all(in directories: Set<DirectoryName>) throws(StoreError) -> [OwedTelling] {
        let statement = try database.prepare(
            "SELECT d.name FROM users u JOIN directories d ON d.id = u.directory WHERE u.id = ?")
        var own: [OwedTelling] = []
        for owed in try all() {
            try statement.bind(owed.user, at: 1)
            let name = try statement.first { row throws(StoreError) in try row.directory("name") }
            if let name, directories.contains(name) { own.append(owed) }
        }
        return own
    }

    /// nil: nothing is owed of it.
    package func telling(of fingerprint: [UInt8]) throws(StoreError) -> OwedTelling? {
        let statement = try database.prepare(Self.columns, "WHERE fingerprint = ?")
        try statement.bind(fingerprint, at: 1)
        return try statement.first(Self.read)
    }

    /// How an attempt ended; what is done, or stands otherwise by now, is owed no more.
    package func record(
        _ result: StepResult, of owed: OwedTelling, at now: Timestamp,
        in transaction: borrowing Transaction
    ) throws(StoreError) {
        let (fingerprint, request) = (owed.certificate.fingerprint, owed.request.rawValue)
        // Another one of the same certificate, owed since, is not what was told.
        let since = owed.since.seconds
        guard result.state == .pending || result.state == .failed else {
            try database.prepare(
                "DELETE FROM owed_tellings WHERE fingerprint = ? AND request = ? AND since = ?"
            ).run(fingerprint, request, since)
            return
        }
        try database.prepare(
            """
            UPDATE owed_tellings SET state = ?, attempts = attempts + 1, due_at = ?, error_code = ?,
                error_message = ?
            WHERE fingerprint = ? AND request = ? AND since = ?
            """
        ).run(
            result.state.rawValue, now.seconds + StepResult.delay(after: owed.attempts),
            result.error.map { Int64($0.code.rawValue) }, result.error?.message, fingerprint,
            request, since)
    }

    private static let columns: StaticString =
        """
        SELECT fingerprint, authority, request, user, since, state, attempts, due_at, error_code,
            error_message
        FROM owed_tellings
        """

    private static func read(_ row: borrowing Statement) throws(StoreError) -> OwedTelling {
        let fingerprint = try row.blob("fingerprint")
        let reading = RowReading(
            String(hexadecimal: fingerprint), of: "owed_tellings", in: row)
        let error = try row.optionalInt("error_code").flatMap { Int32(exactly: $0) }
        return try OwedTelling(
            certificate: ToldCertificate(
                authority: row.text("authority"), fingerprint: fingerprint),
            request: reading.word("request", in: row), user: row.id("user"),
            since: row.time("since"), state: reading.word("state", in: row),
            attempts: Int(row.int("attempts")), due: row.optionalTime("due_at"),
            error: error.map { (code) throws(StoreError) in
                StepError(
                    code: ResultCode(rawValue: code),
                    message: try row.optionalText("error_message") ?? "")
            })
    }
}
