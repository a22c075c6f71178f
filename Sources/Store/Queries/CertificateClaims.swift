package import Identity
internal import LDAP

/// What ties certificates to other people: who has the same one, and whose different one has its name.
///
/// People may write certificates of any issuer and serial into their own entries, as many as they like:
/// the claims on a serial are read once, however many there are.
package final class CertificateClaims {
    private let claims: Statement
    private let holders: Statement
    /// Of the serials that several certificates have: the issuers that two people's different ones name.
    private var disputed: [String: Set<StoredDN>] = [:]

    package init(_ store: Store) throws(StoreError) {
        claims = try store.database.prepare(
            """
            SELECT c.issuer, c.user, c.fingerprint FROM certificates c
            LEFT JOIN certificate_bindings b ON b.fingerprint = c.fingerprint
            WHERE c.serial = ? AND c.is_authority = 0 AND b.verified IS NOT 0
            """)
        holders = try store.database.prepare(
            """
            SELECT u.id, u.username, u.state FROM certificates c JOIN users u ON u.id = c.user
            WHERE c.fingerprint = ? AND c.user != ? ORDER BY c.id
            """)
    }

    /// Whether different certificates of two people have its issuer and serial.
    ///
    /// Issuers are compared as names, in any case: a CA that is asked to revoke would find either. What
    /// the CA is known not to have signed claims nothing.
    package func isDisputed(_ content: Certificate.Content) throws(StoreError) -> Bool {
        if let known = disputed[content.serial] {
            return known.contains(StoredDN(comparing: content.issuer))
        }
        var claimants: [StoredDN: (users: Set<UserID>, fingerprints: Set<[UInt8]>)] = [:]
        var count = 0
        try claims.bind(content.serial, at: 1)
        defer { claims.reset() }
        while try claims.step() {
            count += 1
            let key = try StoredDN(comparing: claims.text("issuer"))
            try claimants[key, default: ([], [])].users.insert(claims.id("user"))
            try claimants[key, default: ([], [])].fingerprints.insert(claims.blob("fingerprint"))
        }
        guard count > 1 else { return false }
        let names = claimants.filter { $1.users.count > 1 && $1.fingerprints.count > 1 }.keys
        disputed[content.serial] = Set(names)
        return names.contains(StoredDN(comparing: content.issuer))
    }

    /// The row ids of others who have the same certificate.
    package func others(_ certificate: Certificate) throws(StoreError) -> [UserID] {
        try holders.bind(certificate.content.fingerprint, at: 1)
        try holders.bind(certificate.user, at: 2)
        return try holders.all { row throws(StoreError) in try row.id("id") }
    }

    /// Of a user's certificates, by their rows; what nobody else has a part in is left out.
    package func ties(
        of certificates: [Certificate]
    ) throws(StoreError) -> [CertificateID: CertificateTies] {
        var ties: [CertificateID: CertificateTies] = [:]
        for certificate in certificates {
            try holders.bind(certificate.content.fingerprint, at: 1)
            try holders.bind(certificate.user, at: 2)
            let others = try holders.all { row throws(StoreError) in
                let reading = try RowReading(row.int("id"), of: "users", in: row)
                return try CertificateTies.Holder(
                    username: row.text("username"), state: reading.word("state", in: row))
            }
            let isDisputed = try isDisputed(certificate.content)
            guard isDisputed || !others.isEmpty else { continue }
            ties[certificate.id] = CertificateTies(others: others, isDisputed: isDisputed)
        }
        return ties
    }
}
