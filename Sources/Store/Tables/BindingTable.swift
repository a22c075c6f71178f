package import Ground
package import Identity

/// The table `certificate_bindings`: which authority vouches for each certificate, and what it was told
/// and says.
package struct BindingTable {
    /// A certificate and the octets that its CA wrote.
    package struct Row: Hashable, Sendable {
        package let fingerprint: [UInt8]
        package let der: [UInt8]
    }

    private let database: Database

    package init(_ store: Store) {
        database = store.database
    }

    /// The next that are to be held against the authorities.
    package func due(_ most: Int64) throws(StoreError) -> [Row] {
        let statement = try database.prepare(
            """
            SELECT b.fingerprint, e.der FROM certificate_bindings b
            JOIN certificate_encodings e ON e.fingerprint = b.fingerprint
            WHERE b.is_due = 1 LIMIT ?
            """)
        try statement.bind(most)
        return try statement.all(Self.row)
    }

    /// Those of one user, with how they are bound, and whether they are to be held against the authorities.
    package func rows(
        of user: UserID
    ) throws(StoreError) -> [(row: Row, CertificateBinding, isDue: Bool)] {
        let statement = try database.prepare(
            """
            SELECT b.fingerprint, e.der, b.authority, b.verified, b.is_due FROM certificates c
            JOIN certificate_bindings b ON b.fingerprint = c.fingerprint
            JOIN certificate_encodings e ON e.fingerprint = c.fingerprint
            WHERE c.user = ? AND c.is_authority = 0
            """)
        try statement.bind(user, at: 1)
        return try statement.all { row throws(StoreError) in
            let verified = try row.optionalInt("verified").map { $0 == 1 }
            return try (
                Self.row(row),
                CertificateBinding(authority: row.optionalText("authority"), verified: verified),
                row.int("is_due") == 1
            )
        }
    }

    /// `verified` nil: no authority has the name of its issuer.
    package func bind(
        _ fingerprint: [UInt8], to authority: String?, verified: Bool?,
        in transaction: borrowing Transaction
    ) throws(StoreError) {
        try database.prepare(
            """
            UPDATE certificate_bindings SET is_due = 0, authority = ?, verified = ?
            WHERE fingerprint = ?
            """
        ).run(authority, verified, fingerprint)
    }

    /// Lets every certificate be held against the authorities anew.
    package func unbindAll(in transaction: borrowing Transaction) throws(StoreError) {
        try database.execute(
            "UPDATE certificate_bindings SET is_due = 1, authority = NULL, verified = NULL")
    }

    /// The octets of a certificate; nil where they are not kept yet.
    package func der(of fingerprint: [UInt8]) throws(StoreError) -> [UInt8]? {
        let statement = try database.prepare(
            "SELECT der FROM certificate_encodings WHERE fingerprint = ?")
        try statement.bind(fingerprint, at: 1)
        return try statement.first { row throws(StoreError) in try row.blob("der") }
    }

    /// Its authority was told of the state; whether it took it is still to be seen.
    ///
    /// When it was first seen so stays where it is told the same once more.
    package func tell(
        _ fingerprint: [UInt8], is state: CertificateState, at now: Timestamp,
        in transaction: borrowing Transaction
    ) throws(StoreError) {
        try database.prepare(
            """
            UPDATE certificate_bindings
            SET first_seen = iif(told IS NULL OR told = ?1, first_seen, NULL),
                first_seen_at = iif(told IS NULL OR told = ?1, first_seen_at, NULL),
                first_seen_by = iif(told IS NULL OR told = ?1, first_seen_by, NULL),
                told = ?1, told_at = ?2, seen = NULL, seen_at = NULL, seen_by = NULL
            WHERE fingerprint = ?3
            """
        ).run(state.rawValue, now.seconds, fingerprint)
    }

    /// Its authority says the state itself; the first time that it was seen so stays, also where it was
    /// told once more since.
    ///
    /// That a certificate is valid is worth keeping where the authority was told so.
    package func see(
        _ fingerprint: [UInt8], is state: CertificateState, at now: Timestamp,
        by witness: CertificateBinding.Witness, in transaction: borrowing Transaction
    ) throws(StoreError) {
        try database.prepare(
            """
            UPDATE certificate_bindings SET seen = ?1, seen_at = ?2, seen_by = ?3,
                first_seen_at = iif(first_seen IS ?1, first_seen_at, ?2),
                first_seen_by = iif(first_seen IS ?1, first_seen_by, ?3), first_seen = ?1
            WHERE fingerprint = ?4 AND seen IS NOT ?1 AND (?1 != 'valid' OR told = 'valid')
            """
        ).run(state.rawValue, now.seconds, witness.rawValue, fingerprint)
    }

    /// Whether it was let go here, and its authority was told so since then or is still to be told.
    package func isReleased(
        _ fingerprint: [UInt8], since time: Timestamp
    ) throws(StoreError) -> Bool {
        let statement = try database.prepare(
            """
            SELECT 1 FROM certificate_bindings
                WHERE fingerprint = ?1 AND told = 'valid' AND told_at >= ?2
            UNION ALL SELECT 1 FROM owed_tellings WHERE fingerprint = ?1 AND request = 'release'
            UNION ALL SELECT 1 FROM certificates c JOIN processes p ON p.user = c.user
                JOIN steps s ON s.process = p.id
                WHERE c.fingerprint = ?1 AND s.kind = 'tellRelease'
                    AND s.state IN ('pending', 'failed') AND instr(s.change, ?3) > 0
            """)
        try statement.bind(fingerprint, at: 1)
        try statement.bind(time.seconds, at: 2)
        try statement.bind(String(hexadecimal: fingerprint), at: 3)
        return try statement.hasRow()
    }

    /// OCSP was asked about it.
    package func ask(
        _ fingerprint: [UInt8], at now: Timestamp, in transaction: borrowing Transaction
    ) throws(StoreError) {
        try database.prepare("UPDATE certificate_bindings SET asked_at = ? WHERE fingerprint = ?")
            .run(now.seconds, fingerprint)
    }

    /// Those that an authority vouches for, in the order of their fingerprints; `after`: the last of the
    /// page before.
    package func verified(
        by authority: String, after last: [UInt8], most: Int64
    ) throws(StoreError) -> [Row] {
        let statement = try database.prepare(
            """
            SELECT b.fingerprint, e.der FROM certificate_bindings b
            JOIN certificate_encodings e ON e.fingerprint = b.fingerprint
            WHERE b.fingerprint > ?2 AND b.authority = ?1 AND b.verified = 1
            ORDER BY b.fingerprint LIMIT ?3
            """)
        try statement.bind(authority, last, most)
        return try statement.all(Self.row)
    }

    /// Those among them that are not past their end and not known to be revoked by the authority's own
    /// word, the longest unasked first.
    package func longestUnasked(
        of authority: String, at now: Timestamp, most: Int64
    ) throws(StoreError) -> [Row] {
        let statement = try database.prepare(
            """
            SELECT b.fingerprint, e.der FROM certificate_bindings b
            JOIN certificate_encodings e ON e.fingerprint = b.fingerprint
            WHERE b.authority = ?1 AND b.verified = 1 AND b.seen IS NOT 'revoked' AND EXISTS (
                SELECT 1 FROM certificates c
                WHERE c.fingerprint = b.fingerprint AND c.is_authority = 0 AND c.not_after >= ?2)
            ORDER BY b.asked_at LIMIT ?3
            """)
        try statement.bind(authority, now.seconds, most)
        return try statement.all(Self.row)
    }

    /// Those that an authority vouches for and that its word may set free, or that it was told are free.
    package func releasable(of authority: String) throws(StoreError) -> [[UInt8]] {
        let statement = try database.prepare(
            """
            SELECT b.fingerprint FROM certificate_bindings b
            WHERE b.authority = ?1 AND b.verified = 1 AND (b.told = 'valid' AND b.seen IS NULL
                OR EXISTS (
                    SELECT 1 FROM certificates c
                    WHERE c.fingerprint = b.fingerprint AND c.is_authority = 0
                        AND c.state = 'onHold' AND c.held_by IS NULL))
            """)
        try statement.bind(authority, at: 1)
        return try statement.all { row throws(StoreError) in try row.blob("fingerprint") }
    }

    /// What an authority was told and was not seen to say since, the longest unasked first.
    ///
    /// One that gets no answer is asked again after all others.
    package func toldUnseen(of authority: String, most: Int64) throws(StoreError) -> [Row] {
        let statement = try database.prepare(
            """
            SELECT b.fingerprint, e.der
            FROM certificate_bindings b INDEXED BY certificate_bindings_unseen
            JOIN certificate_encodings e ON e.fingerprint = b.fingerprint
            WHERE b.told IS NOT NULL AND b.seen IS NULL AND b.authority = ?1 AND b.verified = 1
            ORDER BY b.asked_at, b.told_at LIMIT ?2
            """)
        try statement.bind(authority, most)
        return try statement.all(Self.row)
    }

    /// How many certificates are neither revoked nor past their end, by whether an authority vouches.
    package func live(
        at now: Timestamp
    ) throws(StoreError) -> (verified: Int64, unverified: Int64) {
        let statement = try database.prepare(
            """
            SELECT count(*) AS all_live, coalesce(sum(verified), 0) AS verified FROM (
                SELECT max(b.verified IS 1) AS verified FROM certificates c
                LEFT JOIN certificate_bindings b ON b.fingerprint = c.fingerprint
                WHERE c.is_authority = 0 AND c.state != 'revoked' AND c.not_after >= ?
                GROUP BY c.fingerprint)
            """)
        try statement.bind(now.seconds)
        let counts = try statement.first { row throws(StoreError) in
            try (row.int("all_live"), row.int("verified"))
        }
        guard let (all, verified) = counts else { return (0, 0) }
        return (verified, all - verified)
    }

    private static func row(_ row: borrowing Statement) throws(StoreError) -> Row {
        try Row(fingerprint: row.blob("fingerprint"), der: row.blob("der"))
    }
}
