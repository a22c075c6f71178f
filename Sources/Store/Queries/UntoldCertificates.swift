package import Ground
package import Identity

/// A certificate that was revoked or put on hold here, which its CA signed and was never told of.
package struct UntoldCertificate: Hashable, Sendable {
    package let certificate: ToldCertificate
    package let request: AuthorityRequest
    /// Whose it is; of several the first who had it.
    package let user: UserID
    /// When it became so.
    package let since: Timestamp
}

extension Store {
    /// What an authority was never told of, the earliest first: most of it became so before it was
    /// configured to be told.
    ///
    /// What it says itself is known to it, and so is what an import brought in as revoked; what has ended
    /// nobody accepts. A locked card has no process: its revocation is known by the audit log. It goes over
    /// all that the authority signed. `knowsHold`: whether it is told of holds.
    package func untold(
        of authority: String, knowsHold: Bool, at now: Timestamp
    ) throws(StoreError) -> [UntoldCertificate] {
        let statement = try database.prepare(
            """
            SELECT min(c.id), b.fingerprint, c.user, c.state,
                iif(c.state = 'revoked', c.revoked_at, c.held_at) AS since
            FROM certificate_bindings b JOIN certificates c ON c.fingerprint = b.fingerprint
            WHERE b.authority = ?1 AND b.verified = 1 AND b.told IS NOT c.state
                AND b.seen IS NOT c.state AND c.is_authority = 0 AND c.not_after >= ?2
                AND (c.state = 'onHold' AND c.held_by IS NOT NULL AND ?3
                    OR c.state = 'revoked' AND (c.revoked_by IS NOT NULL
                        OR EXISTS (SELECT 1 FROM audit a WHERE a.user = c.user AND a.at = c.revoked_at
                            AND instr(CAST(a.body AS TEXT), '"event":"credential locked"') > 0)))
                AND NOT EXISTS (SELECT 1 FROM owed_tellings o WHERE o.fingerprint = b.fingerprint)
                AND NOT EXISTS (
                    SELECT 1 FROM certificates m JOIN processes p ON p.user = m.user
                    JOIN steps s ON s.process = p.id
                    WHERE m.fingerprint = b.fingerprint AND s.state IN ('pending', 'failed')
                        AND s.kind IN ('tellRevocation', 'tellHold', 'tellRelease')
                        AND p.state IN ('open', 'partial')
                        AND instr(s.change, lower(hex(b.fingerprint))) > 0)
            GROUP BY b.fingerprint ORDER BY since, b.fingerprint
            """)
        try statement.bind(authority, at: 1)
        try statement.bind(now.seconds, at: 2)
        try statement.bind(knowsHold ? 1 : 0, at: 3)
        return try statement.all { row throws(StoreError) in
            try UntoldCertificate(
                certificate: ToldCertificate(
                    authority: authority, fingerprint: row.blob("fingerprint")),
                request: row.text("state") == CertificateState.onHold.rawValue ? .hold : .revoke,
                user: row.id("user"), since: row.time("since"))
        }
    }
}
