package import Ground
package import Identity

/// How it stands with one authority of the configuration.
package struct AuthorityOverview: Hashable, Sendable {
    package let row: AuthorityTable.Row
    /// Certificates that it vouches for.
    package let certificates: Int64
    /// How many certificates it is still to be told of.
    package let waiting: Int64
    /// How many certificates it was told of and was not seen to show so since.
    package let toldUnseen: Int64
    /// When the first of them was told; nil: there is none.
    package let unseenSince: Timestamp?

    /// The oldest list: the one that says the least of today.
    package var list: AuthorityTable.List? {
        row.lists.min { $0.thisUpdate < $1.thisUpdate }
    }
}

/// Live certificates of one user that an authority of that name did not sign.
package struct ForgedClaim: Hashable, Sendable {
    package let directory: DirectoryName
    package let username: String
    package let authority: String
    /// Of one of them.
    package let serial: String
    package let count: Int64
}

extension Store {
    /// By name; those alone against which the certificates were held last.
    package func authorityOverviews() throws(StoreError) -> [AuthorityOverview] {
        let counts = try database.prepare(
            """
            SELECT count(*) FROM certificate_bindings WHERE authority = ? AND verified = 1
            """)
        let waiting = try database.prepare(
            """
            SELECT count(*) + (SELECT count(*) FROM owed_tellings WHERE authority = ?1)
            FROM steps s JOIN processes p ON p.id = s.process
            JOIN certificates c ON c.user = p.user AND c.serial = s.target
            JOIN certificate_bindings b ON b.fingerprint = c.fingerprint
            WHERE s.state IN ('pending', 'failed')
                AND s.kind IN ('tellRevocation', 'tellHold', 'tellRelease')
                AND b.authority = ?1 AND b.verified = 1
                AND instr(s.change, lower(hex(b.fingerprint))) > 0
            """)
        let unseen = try database.prepare(
            """
            SELECT count(*) AS certificates, min(told_at) AS since
            FROM certificate_bindings INDEXED BY certificate_bindings_unseen
            WHERE told IS NOT NULL AND seen IS NULL AND authority = ? AND verified = 1
            """)
        var overviews: [AuthorityOverview] = []
        for row in try AuthorityTable(self).all() {
            try counts.bind(row.identity.name, at: 1)
            try waiting.bind(row.identity.name, at: 1)
            try unseen.bind(row.identity.name, at: 1)
            let told = try unseen.first { row throws(StoreError) in
                try (row.int("certificates"), row.optionalTime("since"))
            }
            overviews.append(
                AuthorityOverview(
                    row: row,
                    certificates: try counts.firstNumber() ?? 0,
                    waiting: try waiting.firstNumber() ?? 0,
                    toldUnseen: told?.0 ?? 0,
                    unseenSince: told?.1))
        }
        return overviews
    }

    /// A line for each user who has such certificates.
    package func forgedClaims(at now: Timestamp) throws(StoreError) -> [ForgedClaim] {
        let statement = try database.prepare(
            """
            SELECT d.name, u.username, b.authority, min(c.serial) AS serial,
                count(*) AS certificates
            FROM certificate_bindings b JOIN certificates c ON c.fingerprint = b.fingerprint
            JOIN users u ON u.id = c.user JOIN directories d ON d.id = u.directory
            WHERE b.verified = 0 AND c.is_authority = 0 AND c.state != 'revoked'
                AND c.not_after >= ?
            GROUP BY u.id, b.authority ORDER BY d.name, u.username, b.authority
            """)
        try statement.bind(now.seconds)
        return try statement.all { row throws(StoreError) in
            try ForgedClaim(
                directory: row.directory("name"), username: row.text("username"),
                authority: row.text("authority"), serial: row.text("serial"),
                count: row.int("certificates"))
        }
    }
}
