internal import Authority
internal import Ground
internal import Identity
internal import Store

/// Takes down what an authority says of single certificates, and what becomes of them by it.
struct AuthorityWords {
    let store: Store
    let authority: String
    /// The name of this machine, for the audit log.
    let host: String
    let now: Timestamp

    init(of authority: IssuingAuthority, _ context: EngineContext, at now: Timestamp) {
        store = context.store
        self.authority = authority.name
        host = context.by.host
        self.now = now
    }

    /// Who an audit event is by: no login name has a colon.
    private var by: String { "authority:\(authority)" }

    /// nil: the word changed nothing that people see.
    ///
    /// `wordAt`: the time that the authority's word is of.
    func take(
        _ word: AuthorityRule.Word, of fingerprint: [UInt8], at wordAt: Timestamp,
        by witness: CertificateBinding.Witness, in transaction: borrowing Transaction
    ) throws(StoreError) -> CertificateState? {
        let table = try CertificateTable(store)
        let rows = try table.certificates(fingerprint: fingerprint)
        guard let first = rows.first else { return nil }
        // A list that was published before a certificate was released here can't know of the release.
        if case .onHold = word, first.standing == .valid,
            try BindingTable(store).isReleased(fingerprint, since: wordAt)
        {
            return nil
        }
        let verdict = AuthorityRule.verdict(
            on: first.standing, word, wordAt: wordAt,
            waits: try WaitingTable(store).isWaiting(fingerprint), allows: try allowed(rows))
        var standing = first.standing
        if case .become(let become) = verdict {
            standing = become
            try table.follow(become, of: fingerprint, in: transaction)
            if word == .good { try leave(become, to: rows, in: transaction) }
        }
        let state = standing.state(notAfter: now, at: now)
        if state == word.state {
            try BindingTable(store).see(
                fingerprint, is: state, at: now, by: witness, in: transaction)
        }
        guard standing != first.standing else { return nil }
        try record(rows, state, standing.revocation?.reason, in: transaction)
        return state
    }

    /// The strictest of the states that its holders allow it.
    private func allowed(_ rows: [Certificate]) throws(StoreError) -> Certificate.Standing {
        var allowed = Certificate.Standing.valid
        for row in rows {
            let verdict = CertificateArrival.verdict(
                known: nil, wish: nil, holder: try store.holder(row.user),
                notAfter: row.content.notAfter, clock: now)
            guard case .become(let standing) = verdict else { continue }
            switch (allowed, standing) {
            case (_, .revoked), (.valid, .onHold): allowed = standing
            case (.valid, .valid), (.onHold, .valid), (.onHold, .onHold), (.revoked, .valid),
                (.revoked, .onHold):
                continue
            }
        }
        return allowed
    }

    /// A certificate that is on hold from now on only because its holder is inactive is released when the
    /// holder comes back.
    private func leave(
        _ standing: Certificate.Standing, to rows: [Certificate],
        in transaction: borrowing Transaction
    ) throws(StoreError) {
        guard case .onHold(let held) = standing, held.by == nil else { return }
        for row in rows where try store.holder(row.user) == .inactive(process: nil) {
            try WaitingTable(store).add(certificate: row.id, in: transaction)
        }
    }

    /// Writes it into the history of everybody who has the certificate; plans that were made for them
    /// before are made anew.
    private func record(
        _ rows: [Certificate], _ state: CertificateState, _ reason: RevocationReason?,
        in transaction: borrowing Transaction
    ) throws(StoreError) {
        for row in rows {
            guard let user = try store.user(row.user) else { continue }
            try store.raiseRevision(of: user.id, in: transaction)
            try transaction.append(
                AuditEvent(
                    at: now, by: by, host: host, terminal: nil, event: state.event,
                    user: user.subject,
                    detail: [
                        "serial": .string(row.content.serial),
                        "issuer": .string(row.content.issuer),
                        "authority": .string(authority), "reason": JSONValue(reason?.rawValue),
                    ]))
        }
    }
}

extension AuthorityRule.Word {
    /// nil where the authority knows no such certificate.
    init?(_ standing: CertificateStanding) {
        switch standing {
        case .good, .revoked(reason: Self.removeFromCRL, at: _): self = .good
        case .revoked(reason: CertificateStanding.hold, let at):
            self = .onHold(since: Timestamp(seconds: at))
        case .revoked(let reason, let at):
            self = .revoked(
                RevocationReason(code: Int(reason)) ?? .unspecified, at: Timestamp(seconds: at))
        case .unknown: return nil
        }
    }

    private static let removeFromCRL: Int32 = 8
}
