internal import Ground
package import Identity
internal import LDAP
package import Store

/// Changes the reason of a revocation to keyCompromise, the only change that there is.
///
/// The time of the revocation stays: until then the certificate was good, whatever is known now.
package struct CertificateEscalation {
    private let context: EngineContext
    private let now: Timestamp

    package init(_ context: EngineContext) {
        self.context = context
        now = context.clock()
    }

    private var store: Store { context.store }

    private var by: Operator { context.by }

    /// The rows of the one certificate with the serial; several users may have it.
    ///
    /// `issuer`, compared as a DN, decides where issuers share the serial; `user` where different
    /// certificates of several people claim it.
    package func find(
        _ serial: String, issuer: String?, user: UserID?
    ) throws -> [Certificate] {
        let table = try CertificateTable(store)
        var found = try table.certificates(withSerial: serial)
        guard !found.isEmpty else {
            throw Refusal(.refused, "there is no certificate “\(serial)”")
        }
        if let issuer {
            let wanted = StoredDN(comparing: issuer)
            guard wanted.dn != nil else {
                throw Refusal(.refused, "--issuer is no DN: \(issuer)")
            }
            found = found.filter { StoredDN(text: $0.content.issuer) == wanted }
            guard !found.isEmpty else {
                throw Refusal(
                    .refused, "there is no certificate “\(serial)” of \(issuer)",
                    hint: "lockstep certificates --json lists serials with their issuers.")
            }
        }
        if let user {
            let theirs = Set(found.filter { $0.user == user }.map(\.content.fingerprint))
            found = found.filter { theirs.contains($0.content.fingerprint) }
            guard !found.isEmpty else {
                throw Refusal(.refused, "that user has no certificate “\(serial)”")
            }
        }
        // What its CA is known not to have signed is in nobody's way.
        let real = found.filter { $0.binding.verified != false }
        return try requireOne(serial, real.isEmpty ? found : real, isChosen: user != nil)
    }

    /// Of one issuer, and of one person where different certificates claim the issuer and serial.
    private func requireOne(
        _ serial: String, _ found: [Certificate], isChosen: Bool
    ) throws -> [Certificate] {
        let issuers = Dictionary(grouping: found) {
            StoredDN(text: $0.content.issuer)
        }
        let names = issuers.values.compactMap { $0.first.map { "“\($0.content.issuer)”" } }.sorted()
        guard names.count == 1 else {
            throw Refusal(
                .refused,
                "\(names.count) issuers share the serial “\(serial)”: "
                    + names.joined(separator: ", "),
                hint: "Say whose it is with --issuer DN.", candidates: try holders(of: found))
        }
        let claims = try CertificateClaims(store)
        if !isChosen, let first = found.first, try claims.isDisputed(first.content) {
            throw Refusal(
                .refused,
                "different certificates claim the serial “\(serial)” of “\(first.content.issuer)”",
                hint: "Say whose it is with --user.", candidates: try holders(of: found))
        }
        return found
    }

    private func holders(of found: [Certificate]) throws -> [User] {
        var seen: Set<UserID> = []
        return try found.filter { seen.insert($0.user).inserted }
            .compactMap { try store.user($0.user) }
    }

    /// Carries it out in one transaction, tells the CA, and returns the rows as they are then, and what the
    /// CA has not taken yet.
    ///
    /// What is not revoked is refused; what is keyCompromise already stays as it is.
    package func carryOut(
        _ certificates: [Certificate]
    ) throws -> (certificates: [Certificate], untold: [OwedTelling]) {
        let escalated = try escalate(certificates)
        let untold = try OwedTellings(context)
            .take(of: Set(certificates.map(\.content.fingerprint)))
        return (escalated, untold)
    }

    private func escalate(_ certificates: [Certificate]) throws -> [Certificate] {
        try store.write { transaction in
            let table = try CertificateTable(store)
            let current = try certificates.compactMap { try table.certificate($0.id) }
            guard current.contains(where: { $0.revocation != nil }) else {
                throw Refusal(
                    .refused,
                    "the certificate \(certificates.first?.content.serial ?? "") is not revoked",
                    hint: "Locking its holder or its credential revokes it.")
            }
            for certificate in current {
                _ = try table.escalate(certificate.id, at: now, in: transaction)
                if certificate.revocation?.reason != .keyCompromise,
                    let event = try event(certificate)
                {
                    try store.raiseRevision(of: certificate.user, in: transaction)
                    _ = try transaction.append(event)
                    try owe(certificate, in: transaction)
                }
            }
            return try certificates.compactMap { try table.certificate($0.id) }
                .filter { $0.revocation != nil }
        }
    }

    /// The CA is to know as well, where it is told at all.
    private func owe(
        _ certificate: Certificate, in transaction: borrowing Transaction
    ) throws {
        guard
            case .issued(let authority) = try context.authorities
                .vouching(for: [certificate], in: store)[certificate.id], authority.isTold
        else { return }
        try OwedTellingTable(store).add(
            ToldCertificate(
                authority: authority.name, fingerprint: certificate.content.fingerprint),
            .revoke, of: certificate.user, at: now, in: transaction)
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
