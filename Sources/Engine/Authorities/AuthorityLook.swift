internal import Authority
internal import Ground
internal import Identity
internal import Store

/// A look at what the CA's responder says of a certificate, right after the CA was told.
///
/// What a CA publishes as a list is looked at by the next sync.
struct AuthorityLook {
    private let context: EngineContext
    private let question: AuthorityQuestion
    private let deadline: ContinuousClock.Instant

    init(
        context: EngineContext, _ question: AuthorityQuestion,
        until deadline: ContinuousClock.Instant
    ) {
        self.context = context
        self.question = question
        self.deadline = deadline
    }

    /// Whether the CA shows the state that was asked for, which is written down; nil: nobody has said
    /// anything.
    func take() throws -> Bool? {
        guard var standing else { return nil }
        if !standing.answers(question.request) {
            // OpenSSL's own responder reads the CA's database anew only after it has answered once more.
            standing = self.standing ?? standing
        }
        guard standing.answers(question.request) else { return false }
        let (store, now) = (context.store, context.clock())
        let fingerprint = question.certificate.content.fingerprint
        try store.write { transaction in
            try BindingTable(store).see(
                fingerprint, is: question.request.wanted, at: now, by: .ocsp, in: transaction)
            try settle(standing.revocation, at: now, in: transaction)
        }
        return true
    }

    /// Where the CA had revoked it before us, its reason and time are the certificate's.
    private func settle(
        _ theirs: Certificate.Revocation?, at now: Timestamp, in transaction: borrowing Transaction
    ) throws {
        let (certificate, by) = (question.certificate, context.by)
        // Read anew: the reason may have become keyCompromise while the CA was asked.
        let rows = try CertificateTable(context.store)
            .certificates(fingerprint: certificate.content.fingerprint)
        guard let own = rows.first?.revocation, let first = own.settled(with: theirs),
            let user = try context.store.user(certificate.user)
        else { return }
        try CertificateTable(context.store).settle(
            certificate.content.fingerprint, first, in: transaction)
        try context.store.raiseRevision(of: user.id, in: transaction)
        _ = try transaction.append(
            AuditEvent(
                at: now, by: by.login, host: by.host, terminal: by.terminal,
                event: "certificate revoked earlier", user: user.subject,
                detail: [
                    "serial": .string(certificate.content.serial),
                    "issuer": .string(certificate.content.issuer),
                    "authority": .string(question.authority.name),
                    "reason": .string(first.reason.rawValue),
                    "revokedAt": .string(first.at.rfc3339),
                    "before": .string("\(own.reason.rawValue) \(own.at.rfc3339)"),
                ]))
    }

    /// nil: nothing was seen; the next sync looks again, and says what is wrong.
    private var standing: CertificateStanding? {
        let left = deadline - .now
        guard left > .zero,
            let responder = question.authority.ocsp(
                at: context.clock(), isStopped: context.isInterrupted)
        else { return nil }
        return try? context.sessions.watch.during("the CA \(question.authority.name)") {
            try responder.standing(of: question.der, within: left)
        }
    }
}

extension CertificateStanding {
    /// Whether the CA's word is the state that was asked for.
    fileprivate func answers(_ request: AuthorityRequest) -> Bool {
        switch (request, self) {
        case (.revoke, .revoked(let reason, _)): reason != Self.hold
        case (.hold, .revoked(let reason, _)): reason == Self.hold
        case (.release, .good): true
        case (.revoke, .good), (.revoke, .unknown), (.hold, .good), (.hold, .unknown),
            (.release, .revoked), (.release, .unknown):
            false
        }
    }

    /// Since when, and why, the CA calls it revoked.
    fileprivate var revocation: Certificate.Revocation? {
        guard case .revoked(let reason, let at) = self, reason != Self.hold else { return nil }
        return Certificate.Revocation(
            reason: RevocationReason(code: Int(reason)) ?? .unspecified,
            at: Timestamp(seconds: at), by: nil)
    }
}
