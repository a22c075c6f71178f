package import Ground
package import Identity
package import Store

/// Puts certificates on credentials by hand, and writes down what their CA did.
package struct CertificateIntake {
    /// What somebody asks for besides.
    package struct Wish: Sendable {
        /// What the CA did; nil: nothing that is known.
        package let standing: Certificate.Standing?
        /// Whether one that another credential carries is taken from it.
        package let moves: Bool

        package init(standing: Certificate.Standing? = nil, moves: Bool = false) {
            self.standing = standing
            self.moves = moves
        }
    }

    package struct Taken: Sendable {
        package let certificate: Certificate
        /// Whether the store did not know it, or not for this user.
        package let isNew: Bool
        /// The revocation that stood before; another one that was wished for changed nothing.
        package let former: Certificate.Revocation?

        /// With what became known of it since.
        fileprivate func asOfNow(_ table: CertificateTable) throws(StoreError) -> Taken {
            Taken(
                certificate: try table.certificate(certificate.id) ?? certificate, isNew: isNew,
                former: former)
        }
    }

    /// What is to become of one certificate.
    struct Decision {
        let certificate: Certificate.Encoded
        let user: User
        /// Its rows, of all users.
        let rows: [Certificate]
        let standing: Certificate.Standing
        /// Whether it is on hold only until the user comes back.
        let waits: Bool
        /// Whether it is taken from other people's credentials.
        let moves: Bool

        var own: Certificate? { rows.first { $0.user == user.id } }
        var known: Certificate.Standing? { rows.first?.standing }
    }

    private let store: Store
    private let by: Operator
    private let now: Timestamp
    private let table: CertificateTable
    private let credentials: CredentialTable

    package init(store: Store, by: Operator, now: Timestamp) throws(StoreError) {
        self.store = store
        self.by = by
        self.now = now
        table = try CertificateTable(store)
        credentials = try CredentialTable(store)
    }

    /// All certificates of a file, on a credential, or none of them, in a transaction of its own.
    package func add(
        _ file: CertificateFile, to credential: Credential, _ wish: Wish,
        _ authorities: Authorities = .none
    ) throws -> [Taken] {
        let taken: [Taken] = try store.write { transaction in
            guard let user = try store.user(credential.user),
                let credential = try credentials.credential(credential.id)
            else { return [] }
            let decisions = try file.certificates.map {
                try decide($0, on: credential, of: user, wish)
            }
            let taken = try decisions.map { try carryOut($0, on: credential, in: transaction) }
            try disown(file.authorities, in: transaction)
            return taken
        }
        try authorities.bind(credential.user, in: store)
        return try taken.map { try $0.asOfNow(table) }
    }

    /// Takes CAs' certificates away from the users who were thought to have them.
    func disown(
        _ authorities: [Certificate.Content], in transaction: borrowing Transaction
    ) throws(StoreError) {
        for content in authorities {
            let rows = try table.certificates(fingerprint: content.fingerprint)
            guard try table.disown(content.fingerprint, in: transaction) else { continue }
            for row in rows {
                guard let user = try store.user(row.user) else { continue }
                try changed(
                    user, event: "certificate of a CA left out", content, on: nil, in: transaction)
            }
        }
    }

    /// What would become of a certificate on a credential; throws why it can't be there.
    func decide(
        _ certificate: Certificate.Encoded, on credential: Credential, of user: User, _ wish: Wish
    ) throws -> Decision {
        let content = certificate.content
        let rows = try table.certificates(fingerprint: content.fingerprint)
        let isThere = rows.contains { $0.credential == credential.id }
        if !wish.moves, !isThere, let other = rows.first(where: { $0.credential != nil }) {
            throw try taken(other)
        }
        let holder = try store.holder(user.id)
        let verdict = CertificateArrival.verdict(
            known: rows.first?.standing, wish: wish.standing, holder: holder,
            notAfter: content.notAfter, clock: now)
        let standing: Certificate.Standing
        switch verdict {
        case .become(let become): standing = become
        case .unchanged: standing = rows.first?.standing ?? .valid
        case .refused(let because):
            throw Refusal(
                .refused, "the certificate \(content.serial) \(because)",
                hint: rows.first?.revocation == nil
                    ? "What a deactivation put on hold, the reactivation releases."
                    : "A revocation is never taken back.")
        }
        if !isThere, credential.state.isClosed,
            [.valid, .onHold].contains(standing.state(notAfter: content.notAfter, at: now))
        {
            throw Refusal(
                .refused,
                "the \(credential.kind.label) \(credential.serial) is \(credential.state.rawValue): "
                    + "no certificate can come alive on it",
                hint: "What the CA has revoked can be recorded: "
                    + "--state revoked --reason REASON --at TIME.")
        }
        return Decision(
            certificate: certificate, user: user, rows: rows, standing: standing,
            waits: standing.waits(
                for: holder, known: rows.first?.standing, wish: wish.standing),
            moves: wish.moves)
    }

    private func taken(_ certificate: Certificate) throws -> Refusal {
        let serial = certificate.content.serial
        guard let id = certificate.credential, let other = try credentials.credential(id),
            let holder = try store.user(other.user)
        else { return Refusal(.refused, "the certificate \(serial) is on another credential") }
        return Refusal(
            .refused,
            "the certificate \(serial) is on the \(other.kind.label) \(other.serial) of "
                + holder.record.username,
            hint: "With --move it is taken from there.", candidates: [holder])
    }

    private func credential(_ id: CredentialID) throws(StoreError) -> Credential? {
        try credentials.credential(id)
    }

    func carryOut(
        _ decision: Decision, on credential: Credential, in transaction: borrowing Transaction
    ) throws -> Taken {
        let content = decision.certificate.content
        try table.keep(decision.certificate, in: transaction)
        let moved = try takeAway(decision, to: credential, in: transaction)
        if let own = decision.own {
            if try table.relate(own.id, to: credential.id, in: transaction) {
                let event = own.credential == nil ? "certificate related" : "certificate moved"
                try changed(
                    decision.user, event: event, content, on: credential,
                    from: try own.credential.flatMap(self.credential), in: transaction)
            }
        } else if !moved {
            _ = try table.insert(
                user: decision.user.id, credential: credential.id, content, decision.standing,
                in: transaction)
        }
        if decision.own == nil {
            try changed(
                decision.user, event: "certificate added", content, on: credential, in: transaction)
        }
        let row = try table.certificate(of: decision.user.id, fingerprint: content.fingerprint)
        guard let row else { throw Refusal(.refused, "the certificate \(content.serial) is gone") }
        try settle(decision, row: row, on: credential, in: transaction)
        if decision.waits { try WaitingTable(store).add(certificate: row.id, in: transaction) }
        return Taken(
            certificate: try table.certificate(row.id) ?? row, isNew: decision.own == nil,
            former: decision.known?.revocation)
    }

    /// Gives the state that the CA reports, or that a lock has brought about, to everybody who has the
    /// certificate.
    private func settle(
        _ decision: Decision, row: Certificate, on credential: Credential,
        in transaction: borrowing Transaction
    ) throws(StoreError) {
        guard let known = decision.known, known != decision.standing else { return }
        let content = decision.certificate.content
        _ = try table.set(decision.standing, of: content.fingerprint, in: transaction)
        let state: CertificateState = decision.standing.revocation == nil ? .onHold : .revoked
        try changed(
            decision.user, event: "certificate \(state == .revoked ? "revoked" : "held")", content,
            on: credential, reason: decision.standing.revocation?.reason, in: transaction)
        try store.tellOthers(
            with: row.id, than: decision.user, state, by: by, at: now, in: transaction)
    }

    /// Takes the certificate from other people's credentials; whether the user has one of their rows by
    /// now.
    ///
    /// A user in whose entry it stands as well keeps it, as found there.
    private func takeAway(
        _ decision: Decision, to credential: Credential, in transaction: borrowing Transaction
    ) throws(StoreError) -> Bool {
        guard decision.moves else { return false }
        var isMoved = false
        for row in decision.rows where row.credential != nil && row.user != decision.user.id {
            let isGiven = try table.move(
                row.id, to: decision.user.id, credential.id, in: transaction)
            if isGiven {
                isMoved = true
            } else {
                _ = try table.relate(row.id, to: nil, in: transaction)
            }
            guard let former = try store.user(row.user) else { continue }
            try changed(
                former, event: "certificate moved", decision.certificate.content, on: credential,
                from: try row.credential.flatMap(self.credential), in: transaction)
        }
        return isMoved
    }

    /// What was planned for the user before this is to be planned anew.
    private func changed(
        _ user: User, event: String, _ content: Certificate.Content, on credential: Credential?,
        from former: Credential? = nil, reason: RevocationReason? = nil,
        in transaction: borrowing Transaction
    ) throws(StoreError) {
        try store.raiseRevision(of: user.id, in: transaction)
        var detail: [String: JSONValue] = [
            "serial": .string(content.serial), "issuer": .string(content.issuer),
        ]
        if let credential { detail["credential"] = .string(credential.serial) }
        if let former { detail["from"] = .string(former.serial) }
        if let reason { detail["reason"] = .string(reason.rawValue) }
        _ = try transaction.append(
            AuditEvent(
                at: now, by: by.login, host: by.host, terminal: by.terminal, event: event,
                user: user.subject, detail: detail))
    }
}

extension CredentialState {
    /// Whether a lock has ended it.
    fileprivate var isClosed: Bool { self == .locked || self == .aborted }
}
