internal import Ground
import Identity

/// How far what a process revoked or put on hold is known to the world.
extension ProcessTable {
    /// nil: it did neither, or some CA has not been told.
    ///
    /// What only names a CA that did not sign it is no certificate of anybody's.
    func sight(
        of process: ProcessID, user: UserID, steps: [Step]
    ) throws(StoreError) -> RevocationSight? {
        let kinds: Set<StepKind> = [
            .revokeCertificate, .holdCertificate, .tellRevocation, .tellHold,
        ]
        guard steps.contains(where: { kinds.contains($0.kind) }) else { return nil }
        var sights: [[UInt8]: RevocationSight?] = [:]
        for certificate in try certificates(of: process, user: user) {
            sights[certificate.fingerprint] = certificate.sight
        }
        let told = try database.prepare(Self.columns, "WHERE c.fingerprint = ?1 LIMIT 1")
        for step in steps {
            guard let telling = step.telling, type(of: telling).request != .release,
                step.state != .superseded
            else { continue }
            // Who refuses what is revoked refuses what was on hold before.
            let standing: Set<CertificateState> = [type(of: telling).request.wanted, .revoked]
            try told.bind(telling.certificate.fingerprint, at: 1)
            let now: RevocationSight? = try told.first {
                row throws(StoreError) -> RevocationSight? in
                let state = try row.text("state")
                return try standing.contains { $0.rawValue == state } ? Self.sight(row) : nil
            }.flatMap { $0 }
            // Whatever has become of it since, it was told then.
            let then: RevocationSight? = step.state == .done ? .told : nil
            let sight: RevocationSight? = now ?? then
            sights[telling.certificate.fingerprint] = sight
        }
        guard !sights.isEmpty, sights.values.allSatisfy({ $0 != nil }) else { return nil }
        return sights.values.allSatisfy { $0 == .seen } ? .seen : .told
    }

    private func certificates(
        of process: ProcessID, user: UserID
    ) throws(StoreError) -> [(fingerprint: [UInt8], sight: RevocationSight?)] {
        let statement = try database.prepare(
            Self.columns,
            """
            WHERE c.user = ?1 AND c.is_authority = 0 AND b.verified IS NOT 0
                AND (c.state = 'revoked' AND c.revoked_by = ?2
                    OR c.state = 'onHold' AND c.held_by = ?2)
            """)
        try statement.bind(user, at: 1)
        try statement.bind(process, at: 2)
        return try statement.all { row throws(StoreError) in
            try (fingerprint: row.blob("fingerprint"), sight: Self.sight(row))
        }
    }

    private static func sight(_ row: borrowing Statement) throws(StoreError) -> RevocationSight? {
        try row.int("is_seen") == 1 ? .seen : row.int("is_told") == 1 ? .told : nil
    }

    private static let columns: StaticString =
        """
        SELECT c.fingerprint, c.state, b.told IS c.state AS is_told, b.seen IS c.state AS is_seen
        FROM certificates c LEFT JOIN certificate_bindings b ON b.fingerprint = c.fingerprint
        """
}
