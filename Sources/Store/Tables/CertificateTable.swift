package import Ground
package import Identity

/// The table `certificates`: a row for each user who has one, and one state for all rows of a certificate.
///
/// The changes keep the laws of the state machine: what is revoked stays so, with its first reason
/// and time, and each says whether it changed anything. Whichever row is named, all of them change.
package final class CertificateTable {
    let database: Database
    private let insert: Statement
    private let keep: Statement
    private let bind: Statement
    private let stand: Statement
    private let revoke: Statement
    private let hold: Statement
    private let release: Statement
    private let selectOfUser: Statement
    private let selectOfCredential: Statement

    package init(_ store: Store) throws(StoreError) {
        let database = store.database
        self.database = database
        insert = try database.prepare(
            """
            INSERT INTO certificates (user, credential, serial, issuer, subject, not_before,
                not_after, fingerprint, in_entry, state, revocation_reason, revoked_at, revoked_by,
                escalated_at, held_at, held_by)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (user, fingerprint) DO NOTHING
            """)
        keep = try database.prepare(
            """
            INSERT INTO certificate_encodings (fingerprint, der) VALUES (?, ?)
            ON CONFLICT (fingerprint) DO NOTHING
            """)
        bind = try database.prepare("INSERT INTO certificate_bindings (fingerprint) VALUES (?)")
        stand = try database.prepare(
            """
            UPDATE certificates
            SET state = ?, revocation_reason = ?, revoked_at = ?, revoked_by = ?,
                escalated_at = ?, held_at = ?, held_by = ?
            WHERE fingerprint = ? AND state != 'revoked'
            """)
        revoke = try database.prepare(
            """
            UPDATE certificates
            SET state = 'revoked', revocation_reason = ?, revoked_at = ?, revoked_by = ?
            WHERE fingerprint = (SELECT fingerprint FROM certificates WHERE id = ?)
                AND state != 'revoked'
            """)
        hold = try database.prepare(
            """
            UPDATE certificates SET state = 'onHold', held_at = ?, held_by = ?
            WHERE fingerprint = (SELECT fingerprint FROM certificates WHERE id = ?)
                AND state = 'valid'
            """)
        release = try database.prepare(
            """
            UPDATE certificates SET state = 'valid', held_at = NULL, held_by = NULL
            WHERE fingerprint = (SELECT fingerprint FROM certificates WHERE id = ?)
                AND state = 'onHold'
            """)
        selectOfUser = try database.prepare(
            CertificateTable.columns, "WHERE user = ? ORDER BY id")
        selectOfCredential = try database.prepare(
            CertificateTable.columns, "WHERE credential = ? ORDER BY id")
    }

    /// Stores a certificate that stands so from now on, for whomever has it, unless it was revoked
    /// before; nil where the user has it already, and then nothing changed.
    ///
    /// `inEntry`: the user's entry shows it.
    package func insert(
        user: UserID, credential: CredentialID?, _ content: Certificate.Content,
        _ standing: Certificate.Standing = .valid, inEntry: Bool = false,
        in transaction: borrowing Transaction
    ) throws(StoreError) -> Certificate? {
        let known = try certificates(fingerprint: content.fingerprint).first?.standing
        let born = known.flatMap { $0.revocation == nil ? nil : $0 } ?? standing
        try insert.bind(user, at: 1)
        try insert.bind(credential, at: 2)
        try insert.bind(content.serial, at: 3)
        try insert.bind(content.issuer, at: 4)
        try insert.bind(content.subject, at: 5)
        try insert.bind(content.notBefore.seconds, at: 6)
        try insert.bind(content.notAfter.seconds, at: 7)
        try insert.bind(content.fingerprint, at: 8)
        try insert.bind(inEntry, at: 9)
        try bind(born, to: insert, from: 10)
        try insert.run()
        guard database.changes == 1 else { return nil }
        let row = CertificateID(rawValue: database.lastInsertRowID)
        if let known, known != born { _ = try set(born, of: content.fingerprint, in: transaction) }
        return Certificate(
            id: row, user: user, credential: credential, content: content, standing: born)
    }

    private func bind(
        _ standing: Certificate.Standing, to statement: borrowing Statement, from place: Int
    ) throws(StoreError) {
        try statement.bind(standing.word, at: place)
        try statement.bind(standing.revocation?.reason.rawValue, at: place + 1)
        try statement.bind(standing.revocation?.at.seconds, at: place + 2)
        try statement.bind(standing.revocation?.by, at: place + 3)
        try statement.bind(standing.revocation?.escalatedAt?.seconds, at: place + 4)
        try statement.bind(standing.held?.at.seconds, at: place + 5)
        try statement.bind(standing.held?.by, at: place + 6)
    }

    /// Keeps the octets of a certificate, once, to be held against the authorities.
    package func keep(
        _ certificate: Certificate.Encoded, in transaction: borrowing Transaction
    ) throws(StoreError) {
        try keep.bind(certificate.content.fingerprint, at: 1)
        try keep.bind(certificate.der, at: 2)
        try keep.run()
        guard database.changes == 1 else { return }
        try bind.bind(certificate.content.fingerprint, at: 1)
        try bind.run()
    }

    /// Lets all rows of a certificate that is not revoked stand so, as a rule has decided.
    package func set(
        _ standing: Certificate.Standing, of fingerprint: [UInt8],
        in transaction: borrowing Transaction
    ) throws(StoreError) -> Bool {
        try bind(standing, to: stand, from: 1)
        try stand.bind(fingerprint, at: 8)
        guard try change(stand) else { return false }
        // No process tells its CA of this: it is held against it once more, and told then.
        try database.prepare("UPDATE certificate_bindings SET is_due = 1 WHERE fingerprint = ?")
            .run(fingerprint)
        return true
    }

    /// Lets all rows of a certificate stand as its CA says; what is revoked stays so.
    package func follow(
        _ standing: Certificate.Standing, of fingerprint: [UInt8],
        in transaction: borrowing Transaction
    ) throws(StoreError) {
        let statement = try database.prepare(
            """
            UPDATE certificates
            SET state = ?1, revocation_reason = ?2, revoked_at = ?3, revoked_by = ?4,
                escalated_at = ?5, held_at = ?6, held_by = ?7
            WHERE fingerprint = ?8 AND (state != 'revoked' OR ?1 = 'revoked')
            """)
        try bind(standing, to: statement, from: 1)
        try statement.bind(fingerprint, at: 8)
        try statement.run()
    }

    /// Revokes what is not revoked yet; the time since which it was on hold stays.
    package func revoke(
        _ certificate: CertificateID, _ revocation: Certificate.Revocation,
        in transaction: borrowing Transaction
    ) throws(StoreError) -> Bool {
        try revoke.bind(revocation.reason.rawValue, at: 1)
        try revoke.bind(revocation.at.seconds, at: 2)
        try revoke.bind(revocation.by, at: 3)
        try revoke.bind(certificate, at: 4)
        return try change(revoke)
    }

    /// Puts what is valid on hold.
    package func hold(
        _ certificate: CertificateID, _ held: Certificate.Held,
        in transaction: borrowing Transaction
    ) throws(StoreError) -> Bool {
        try hold.bind(held.at.seconds, at: 1)
        try hold.bind(held.by, at: 2)
        try hold.bind(certificate, at: 3)
        return try change(hold)
    }

    /// Makes what is on hold valid again.
    package func release(
        _ certificate: CertificateID, in transaction: borrowing Transaction
    ) throws(StoreError) -> Bool {
        try release.bind(certificate, at: 1)
        return try change(release)
    }

    /// Makes keyCompromise of a revocation's reason; its time and process stay.
    package func escalate(
        _ certificate: CertificateID, at now: Timestamp, in transaction: borrowing Transaction
    ) throws(StoreError) -> Bool {
        let statement = try database.prepare(
            """
            UPDATE certificates SET revocation_reason = 'keyCompromise', escalated_at = ?
            WHERE fingerprint = (SELECT fingerprint FROM certificates WHERE id = ?)
                AND state = 'revoked' AND revocation_reason != 'keyCompromise'
            """)
        try statement.bind(now.seconds, certificate)
        return try change(statement)
    }

    /// Lets a revocation be what its CA says that it was; what is not revoked stays as it is.
    package func settle(
        _ fingerprint: [UInt8], _ revocation: Certificate.Revocation,
        in transaction: borrowing Transaction
    ) throws(StoreError) {
        try database.prepare(
            """
            UPDATE certificates SET revocation_reason = ?, revoked_at = ?
            WHERE fingerprint = ? AND state = 'revoked'
            """
        ).run(revocation.reason.rawValue, revocation.at.seconds, fingerprint)
    }

    /// Relates a user's certificate to a credential of the user's, or to none any more.
    package func relate(
        _ certificate: CertificateID, to credential: CredentialID?,
        in transaction: borrowing Transaction
    ) throws(StoreError) -> Bool {
        let statement = try database.prepare(
            "UPDATE certificates SET credential = ?1 WHERE id = ?2 AND credential IS NOT ?1")
        try statement.bind(credential, certificate)
        return try change(statement)
    }

    /// Takes a CA's certificate from everybody who was thought to have it; whether anybody was.
    ///
    /// The rows stay, for the history that speaks of them.
    package func disown(
        _ fingerprint: [UInt8], in transaction: borrowing Transaction
    ) throws(StoreError) -> Bool {
        let statement = try database.prepare(
            "UPDATE certificates SET is_authority = 1 WHERE fingerprint = ? AND is_authority = 0")
        try statement.bind(fingerprint, at: 1)
        return try change(statement)
    }

    /// Gives a row that only an import made to another user.
    package func move(
        _ certificate: CertificateID, to user: UserID, _ credential: CredentialID,
        in transaction: borrowing Transaction
    ) throws(StoreError) -> Bool {
        let statement = try database.prepare(
            """
            UPDATE certificates SET user = ?2, credential = ?3
            WHERE id = ?1 AND in_entry = 0 AND NOT EXISTS (
                SELECT 1 FROM certificates o
                WHERE o.user = ?2 AND o.fingerprint = certificates.fingerprint)
            """)
        try statement.bind(certificate, user, credential)
        return try change(statement)
    }

    /// A user's certificates, those of credentials too, in the order in which they came.
    package func certificates(of user: UserID) throws(StoreError) -> [Certificate] {
        try selectOfUser.bind(user, at: 1)
        return try selectOfUser.all(CertificateTable.certificate)
    }

    package func certificates(
        ofCredential credential: CredentialID
    ) throws(StoreError) -> [Certificate] {
        try selectOfCredential.bind(credential, at: 1)
        return try selectOfCredential.all(CertificateTable.certificate)
    }

    private func change(_ statement: borrowing Statement) throws(StoreError) -> Bool {
        try statement.run()
        return database.changes > 0
    }
}
