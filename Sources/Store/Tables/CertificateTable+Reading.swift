package import Ground
package import Identity

extension CertificateTable {
    /// All with a serial, of all issuers and users; `serial` as the store writes serials.
    package func certificates(withSerial serial: String) throws(StoreError) -> [Certificate] {
        let statement = try database.prepare(
            CertificateTable.columns, "WHERE serial = ? ORDER BY id")
        try statement.bind(serial, at: 1)
        return try statement.all(CertificateTable.certificate)
    }

    package func certificate(_ id: CertificateID) throws(StoreError) -> Certificate? {
        let statement = try database.prepare(CertificateTable.columns, "WHERE id = ?")
        try statement.bind(id, at: 1)
        return try statement.first(CertificateTable.certificate)
    }

    /// A user's certificate by the SHA-256 of its encoding.
    package func certificate(
        of user: UserID, fingerprint: [UInt8]
    ) throws(StoreError) -> Certificate? {
        let statement = try database.prepare(
            CertificateTable.columns, "WHERE user = ? AND fingerprint = ?")
        try statement.bind(user, fingerprint)
        return try statement.first(CertificateTable.certificate)
    }

    /// All rows of a certificate, the first that came first.
    package func certificates(fingerprint: [UInt8]) throws(StoreError) -> [Certificate] {
        let statement = try database.prepare(
            CertificateTable.columns, "WHERE fingerprint = ? ORDER BY id")
        try statement.bind(fingerprint, at: 1)
        return try statement.all(CertificateTable.certificate)
    }

    /// Gives `body` each certificate once, in the order in which they came; one is in memory at a time.
    ///
    /// Of several rows of one certificate it is the one that hangs on a credential.
    package func read(_ body: (Certificate) throws -> Void) throws {
        let statement = try database.prepare(
            CertificateTable.columns, "WHERE", CertificateTable.isFirst, "ORDER BY id")
        while try statement.step() { try body(CertificateTable.certificate(statement)) }
    }

    /// Gives `body` once each what was revoked at a time or later, or became keyCompromise then; all of
    /// it for nil, the earliest revocation first.
    ///
    /// It is what a CA is to know: what only names a CA that did not sign it is left out.
    package func readRevoked(
        since: Timestamp?, _ body: (Certificate) throws -> Void
    ) throws {
        let statement = try database.prepare(
            CertificateTable.columns,
            "WHERE revoked_at IS NOT NULL AND (revoked_at >= ?1 OR escalated_at >= ?1) AND",
            "verified IS NOT 0 AND", CertificateTable.isFirst, "ORDER BY revoked_at, id")
        try statement.bind(since?.seconds ?? Int64.min, at: 1)
        while try statement.step() { try body(CertificateTable.certificate(statement)) }
    }

    /// Gives `body` a user's own row of what was revoked since then, the earliest revocation first.
    package func readRevoked(
        of user: UserID, since: Timestamp?, _ body: (Certificate) throws -> Void
    ) throws {
        let statement = try database.prepare(
            CertificateTable.columns,
            """
            WHERE user = ?2 AND revoked_at IS NOT NULL AND (revoked_at >= ?1 OR escalated_at >= ?1)
                AND verified IS NOT 0
            ORDER BY revoked_at, id
            """)
        try statement.bind(since?.seconds ?? Int64.min, user)
        while try statement.step() { try body(CertificateTable.certificate(statement)) }
    }

    private static let isFirst: StaticString =
        """
        NOT EXISTS (
            SELECT 1 FROM certificates o
            WHERE o.fingerprint = certificates.fingerprint AND o.id != certificates.id
                AND (o.credential IS NULL, o.id) < (certificates.credential IS NULL, certificates.id))
        """

    static let columns: StaticString =
        """
        SELECT id, user, credential, serial, issuer, subject, not_before, not_after, fingerprint,
            state, revocation_reason, revoked_at, revoked_by, held_at, held_by, escalated_at,
            authority, verified, iif(told = state, told_at, NULL) AS told_so_at,
            iif(seen = state, seen_at, NULL) AS seen_so_at, seen_by
        FROM (
            SELECT c.*, b.authority, b.verified, b.told, b.told_at, b.seen, b.seen_at, b.seen_by
            FROM certificates c LEFT JOIN certificate_bindings b ON b.fingerprint = c.fingerprint
            WHERE c.is_authority = 0
        ) AS certificates
        """

    static func certificate(_ row: borrowing Statement) throws(StoreError) -> Certificate {
        try Certificate(
            id: row.id("id"), user: row.id("user"), credential: row.optionalID("credential"),
            content: Certificate.Content(
                serial: row.text("serial"), issuer: row.text("issuer"),
                subject: row.text("subject"), notBefore: row.time("not_before"),
                notAfter: row.time("not_after"), fingerprint: row.blob("fingerprint")),
            standing: standing(row), binding: binding(row))
    }

    private static func binding(
        _ row: borrowing Statement
    ) throws(StoreError) -> CertificateBinding {
        let reading = try RowReading(row.int("id"), of: "certificates", in: row)
        var seen: CertificateBinding.Seen?
        if let at = try row.optionalTime("seen_so_at") {
            seen = CertificateBinding.Seen(at: at, by: try reading.word("seen_by", in: row))
        }
        return try CertificateBinding(
            authority: row.optionalText("authority"),
            verified: reading.optionalFlag("verified", in: row),
            told: row.optionalTime("told_so_at"), seen: seen)
    }

    private static func standing(
        _ row: borrowing Statement
    ) throws(StoreError) -> Certificate.Standing {
        let reading = try RowReading(row.int("id"), of: "certificates", in: row)
        let process: ProcessID? = try row.optionalID("held_by")
        let held = try row.optionalInt("held_at").map {
            Certificate.Held(at: Timestamp(seconds: $0), by: process)
        }
        let reason: RevocationReason? = try reading.optionalWord("revocation_reason", in: row)
        switch try (row.text("state"), reason, row.optionalInt("revoked_at"), held) {
        case ("valid", nil, nil, _): return .valid
        case ("onHold", nil, nil, let held?): return .onHold(held)
        case ("revoked", let reason?, let revokedAt?, _):
            let revocation = try Certificate.Revocation(
                reason: reason, at: Timestamp(seconds: revokedAt), by: row.optionalID("revoked_by"),
                escalatedAt: row.optionalTime("escalated_at"))
            return .revoked(revocation, held: held)
        default:
            throw reading.unreadable("state", Unreadable("does not go with its other columns"))
        }
    }
}

extension Certificate.Standing {
    /// The word of the column `state`.
    var word: String {
        switch self {
        case .valid: "valid"
        case .onHold: "onHold"
        case .revoked: "revoked"
        }
    }
}
