package import Identity
package import LDAP
package import Store

/// Changes the reason of a revocation to keyCompromise, the only change that there is.
///
/// The time of the revocation stays: until then the certificate was good, whatever is known now.
package struct CertificateEscalation {
    private let store: Store
    private let by: Operator
    private let now: Timestamp

    package init(store: Store, by: Operator, now: Timestamp) {
        self.store = store
        self.by = by
        self.now = now
    }

    /// The rows of the one certificate with the serial; several users may have it.
    ///
    /// `issuer` decides where issuers share the serial, compared as a DN.
    package func find(_ serial: String, issuer: String?) throws -> [Certificate] {
        var found = try CertificateTable(store.database).certificates(withSerial: serial)
        guard !found.isEmpty else {
            throw Refusal(.refused, "there is no certificate “\(serial)”")
        }
        if let issuer {
            guard let wanted = DN(issuer) else {
                throw Refusal(.refused, "--issuer is no DN: \(issuer)")
            }
            found = found.filter { DN($0.content.issuer) == wanted }
            guard !found.isEmpty else {
                throw Refusal(
                    .refused, "there is no certificate “\(serial)” of \(issuer)",
                    hint: "lockstep certificates --json lists serials with their issuers.")
            }
        }
        let issuers = Set(found.map(\.content.issuer)).sorted()
        guard issuers.count == 1 else { throw try ambiguous(serial, issuers, found) }
        return found
    }

    private func ambiguous(
        _ serial: String, _ issuers: [String], _ found: [Certificate]
    ) throws -> Refusal {
        var holders: [User] = []
        for certificate in found where !holders.contains(where: { $0.id == certificate.user }) {
            if let user = try store.user(certificate.user) { holders.append(user) }
        }
        return Refusal(
            .refused,
            "\(issuers.count) issuers share the serial “\(serial)”: "
                + issuers.map { "“\($0)”" }.joined(separator: ", "),
            hint: "Say whose it is with --issuer DN.", candidates: holders)
    }

    /// Carries it out in one transaction, and returns the rows as they are then.
    ///
    /// What is not revoked is refused; what is keyCompromise already stays as it is.
    package func carryOut(_ certificates: [Certificate]) throws -> [Certificate] {
        try store.transaction {
            let table = try CertificateTable(store.database)
            let current = try certificates.compactMap { try table.certificate($0.id) }
            guard current.contains(where: { $0.revocation != nil }) else {
                throw Refusal(
                    .refused,
                    "the certificate \(certificates.first?.content.serial ?? "") is not revoked",
                    hint: "Locking its holder or its credential revokes it.")
            }
            for certificate in current where try table.escalate(certificate.id) {
                if let event = try event(certificate) { try store.audit.append(event) }
            }
            return try certificates.compactMap { try table.certificate($0.id) }
                .filter { $0.revocation != nil }
        }
    }

    private func event(_ before: Certificate) throws -> AuditEvent? {
        guard let revocation = before.revocation, let user = try store.user(before.user) else {
            return nil
        }
        return AuditEvent(
            at: now, by: by.login, host: by.host, terminal: by.terminal,
            event: "certificate escalated", user: user.subject,
            detail: [
                "serial": .string(before.content.serial),
                "issuer": .string(before.content.issuer),
                "reason": .string(RevocationReason.keyCompromise.rawValue),
                "before": .string(revocation.reason.rawValue),
                "revokedAt": .string(revocation.at.rfc3339),
                "revokedBy": JSONValue(revocation.by),
            ])
    }
}
