package import Identity
internal import LDAP

/// The table `certificates`.
///
/// The changes keep the laws of the state machine: what is revoked stays so, with its first reason
/// and time, and each says whether it changed anything.
package final class CertificateTable {
    let database: Database
    private let insert: Statement
    private let revoke: Statement
    private let hold: Statement
    private let release: Statement
    private let selectOfUser: Statement
    private let selectOfCredential: Statement

    package init(_ database: Database) throws(StoreError) {
        self.database = database
        insert = try database.prepare(
            """
            INSERT INTO certificates (user, credential, serial, issuer, subject, not_before,
                not_after, fingerprint, state, revocation_reason, revoked_at, revoked_by, held_at,
                held_by)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (user, fingerprint) DO NOTHING
            """)
        revoke = try database.prepare(
            """
            UPDATE certificates
            SET state = 'revoked', revocation_reason = ?, revoked_at = ?, revoked_by = ?
            WHERE id = ? AND state != 'revoked'
            """)
        hold = try database.prepare(
            """
            UPDATE certificates SET state = 'onHold', held_at = ?, held_by = ?
            WHERE id = ? AND state = 'valid'
            """)
        release = try database.prepare(
            """
            UPDATE certificates SET state = 'valid', held_at = NULL, held_by = NULL
            WHERE id = ? AND state = 'onHold'
            """)
        selectOfUser = try database.prepare(
            CertificateTable.columns, "WHERE user = ? ORDER BY id")
        selectOfCredential = try database.prepare(
            CertificateTable.columns, "WHERE credential = ? ORDER BY id")
    }

    /// Stores a certificate; nil where the user has it already.
    package func insert(
        user: Int64, credential: Int64?, _ content: Certificate.Content,
        _ standing: Certificate.Standing = .valid
    ) throws(StoreError) -> Certificate? {
        let certificate = Certificate(
            id: 0, user: user, credential: credential, content: content, standing: standing)
        try insert.bind(user, at: 1)
        try insert.bind(credential, at: 2)
        try insert.bind(content.serial, at: 3)
        try insert.bind(content.issuer, at: 4)
        try insert.bind(content.subject, at: 5)
        try insert.bind(content.notBefore.seconds, at: 6)
        try insert.bind(content.notAfter.seconds, at: 7)
        try insert.bind(content.fingerprint, at: 8)
        try insert.bind(standing.word, at: 9)
        try insert.bind(certificate.revocation?.reason.rawValue, at: 10)
        try insert.bind(certificate.revocation?.at.seconds, at: 11)
        try insert.bind(certificate.revocation?.by, at: 12)
        try insert.bind(certificate.held?.at.seconds, at: 13)
        try insert.bind(certificate.held?.by, at: 14)
        try insert.run()
        guard database.changes == 1 else { return nil }
        return Certificate(
            id: database.lastInsertRowID, user: user, credential: credential, content: content,
            standing: standing)
    }

    /// Revokes what is not revoked yet; the time since which it was on hold stays.
    package func revoke(
        _ certificate: Int64, _ revocation: Certificate.Revocation
    ) throws(StoreError) -> Bool {
        try revoke.bind(revocation.reason.rawValue, at: 1)
        try revoke.bind(revocation.at.seconds, at: 2)
        try revoke.bind(revocation.by, at: 3)
        try revoke.bind(certificate, at: 4)
        return try change(revoke)
    }

    /// Puts what is valid on hold.
    package func hold(_ certificate: Int64, _ held: Certificate.Held) throws(StoreError) -> Bool {
        try hold.bind(held.at.seconds, at: 1)
        try hold.bind(held.by, at: 2)
        try hold.bind(certificate, at: 3)
        return try change(hold)
    }

    /// Makes what is on hold valid again.
    package func release(_ certificate: Int64) throws(StoreError) -> Bool {
        try release.bind(certificate, at: 1)
        return try change(release)
    }

    /// Makes keyCompromise of a revocation's reason; its time and process stay.
    package func escalate(_ certificate: Int64) throws(StoreError) -> Bool {
        let statement = try database.prepare(
            """
            UPDATE certificates SET revocation_reason = 'keyCompromise'
            WHERE id = ? AND state = 'revoked' AND revocation_reason != 'keyCompromise'
            """)
        try statement.bind(certificate, at: 1)
        return try change(statement)
    }

    /// Relates a certificate that was known only from the entry to its credential.
    package func relate(
        _ certificate: Int64, to credential: Int64
    ) throws(StoreError) -> Bool {
        let statement = try database.prepare(
            "UPDATE certificates SET credential = ? WHERE id = ? AND credential IS NULL")
        try statement.bind(credential, certificate)
        return try change(statement)
    }

    /// A user's certificates, those of credentials too, in the order in which they came.
    package func certificates(of user: Int64) throws(StoreError) -> [Certificate] {
        try selectOfUser.bind(user, at: 1)
        return try selectOfUser.all(CertificateTable.certificate)
    }

    package func certificates(
        ofCredential credential: Int64
    ) throws(StoreError) -> [Certificate] {
        try selectOfCredential.bind(credential, at: 1)
        return try selectOfCredential.all(CertificateTable.certificate)
    }

    private func change(_ statement: borrowing Statement) throws(StoreError) -> Bool {
        try statement.run()
        return database.changes == 1
    }
}
