package import Identity
package import LDAP

/// Takes in the certificates that an entry has: rows of `certificates` without a credential.
///
/// What is known of a certificate is never changed by a read. One that is found on a locked user
/// is born revoked, with the reason of the lock.
package final class EntryCertificates {
    private let known: Statement
    private let lock: Statement
    private let insertion: Statement

    package init(_ database: Database) throws(StoreError) {
        known = try database.prepare(
            "SELECT 1 FROM certificates WHERE user = ? AND fingerprint = ?")
        lock = try database.prepare(
            """
            SELECT p.id, p.revocation FROM users u JOIN processes p ON p.id = u.state_process \
            WHERE u.id = ? AND u.state = 'locked'
            """)
        insertion = try database.prepare(
            """
            INSERT INTO certificates (user, serial, issuer, subject, not_before, not_after, \
            fingerprint, state, revocation_reason, revoked_at, revoked_by) \
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
    }

    package func isKnown(_ fingerprint: [UInt8], user: Int64) throws(StoreError) -> Bool {
        try known.bind(user, at: 1)
        try known.bind(fingerprint, at: 2)
        return try known.first { row throws(StoreError) in row.int(0) } != nil
    }

    package func insert(
        _ facts: Certificate.Content, user: Int64, at now: Timestamp
    ) throws(StoreError) {
        try lock.bind(user, at: 1)
        let lock = try lock.first { row throws(StoreError) in
            (process: row.int(0), reason: row.optionalText(1))
        }
        let state: CertificateState = lock == nil ? .valid : .revoked
        // Only an expired one keeps its state on a lock, and its state says nothing any more.
        try insertion.run(
            user, facts.serial, facts.issuer, facts.subject, facts.notBefore.seconds,
            facts.notAfter.seconds, facts.fingerprint, state.rawValue,
            lock.map { $0.reason ?? RevocationReason.unspecified.rawValue },
            lock.map { _ in now.seconds }, lock?.process)
    }
}
