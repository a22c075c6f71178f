internal import Configuration
internal import Ground
package import Identity
internal import LDAP
package import Store

/// Locks one credential and revokes its certificates; the holder's state stays as it is.
package struct CredentialLock {
    private let context: EngineContext
    private let now: Timestamp

    package init(_ context: EngineContext) {
        self.context = context
        now = context.clock()
    }

    private var store: Store { context.store }

    private var by: Operator { context.by }

    package enum End: Sendable {
        /// `untold`: what the CAs have not taken yet.
        case carriedOut(Credential, CredentialLockPlan, untold: [OwedTelling])
        case cancelled
    }

    private enum Attempt {
        case carriedOut(Credential, CredentialLockPlan)
        /// What was shown is not what would happen by now, and nothing was done.
        case outdated(CredentialLockPlan)
    }

    /// Shows what would happen, asks for consent, and makes the plan anew at Next: asks again where it is
    /// another one by then.
    ///
    /// `isAgreed`: the word was given beforehand, and nobody is asked.
    package func carryOut(
        _ credential: Credential, reason code: String, isAgreed: Bool,
        consent: (_ plan: CredentialLockPlan, _ isAnother: Bool) throws -> Order.Consent
    ) throws -> End {
        var shown = try plan(credential, reason: code)
        var isAnother = false
        while true {
            switch isAgreed ? .given : try consent(shown, isAnother) {
            case .refused: return .cancelled
            case .outdated: shown = try plan(credential, reason: code)
            case .given:
                switch try carryOut(shown, evenIfChanged: isAgreed) {
                case .carriedOut(let locked, let plan):
                    return .carriedOut(locked, plan, untold: try tell(plan))
                case .outdated(let now): shown = now
                }
            }
            isAnother = true
        }
    }

    /// Tells the CAs, now that it is a fact; returns what is left.
    private func tell(_ lock: CredentialLockPlan) throws -> [OwedTelling] {
        let told = lock.plan.steps.compactMap(\.telling?.certificate.fingerprint)
        return try OwedTellings(context).take(of: Set(told))
    }

    /// What would happen, and what would not.
    private func plan(_ credential: Credential, reason code: String) throws -> CredentialLockPlan {
        guard let user = try store.user(credential.user) else {
            throw Refusal(.noSuchUser, "user \(credential.user) is not in the store")
        }
        let reason = try context.settings.directory(of: user).reason(code, for: .lock)
        let revocation = reason.revocation ?? .unspecified
        let certificates = try CertificateTable(store).certificates(
            ofCredential: credential.id)
        let ties = try CertificateClaims(store).ties(of: certificates)
        var draft = PlanDraft()
        draft.plan(credential, on: .lock)
        for certificate in certificates {
            draft.plan(
                certificate, on: .lock, revocation: revocation, clock: now,
                ties: ties[certificate.id])
        }
        draft.planTelling(
            about: certificates,
            try context.authorities.vouching(for: certificates, in: store),
            revocation: revocation, clock: now)
        return CredentialLockPlan(
            credential: credential, user: user, reason: reason, revocation: revocation,
            plan: draft.plan)
    }

    /// Makes the plan anew and carries it out in one transaction: the one that was shown, or whatever it
    /// has become where `evenIfChanged`.
    private func carryOut(
        _ shown: CredentialLockPlan, evenIfChanged: Bool
    ) throws -> Attempt {
        try store.write { transaction in
            let credentials = try CredentialTable(store)
            let credential = try credentials.credential(shown.credential.id) ?? shown.credential
            let lock = try plan(credential, reason: shown.reason.code)
            guard evenIfChanged || lock.plan == shown.plan else { return .outdated(lock) }
            guard !lock.plan.steps.isEmpty else { return .carriedOut(credential, lock) }
            try store.raiseRevision(of: lock.user.id, in: transaction)
            _ = try transaction.append(event(lock))
            for step in lock.plan.steps { try carryOut(step, of: lock, in: transaction) }
            return .carriedOut(try credentials.credential(credential.id) ?? credential, lock)
        }
    }

    private func carryOut(
        _ step: PlannedStep, of lock: CredentialLockPlan, in transaction: borrowing Transaction
    ) throws {
        switch step.work {
        case .local(.credential(let id, let state)):
            try CredentialTable(store).setState(state, of: id, by: nil, in: transaction)
        case .local(.certificate(let id, let state)):
            _ = try CertificateTable(store).revoke(
                id, Certificate.Revocation(reason: lock.revocation, at: now, by: nil),
                in: transaction)
            try store.tellOthers(with: id, than: lock.user, state, by: by, at: now, in: transaction)
        case .remote:
            guard let telling = step.telling else { return }
            try OwedTellingTable(store).add(
                telling.certificate, type(of: telling).request, of: lock.user.id, at: now,
                in: transaction)
        case .local:
            break
        }
    }

    private func event(_ lock: CredentialLockPlan) -> AuditEvent {
        AuditEvent(
            at: now, by: by.login, host: by.host, terminal: by.terminal,
            event: "credential locked", user: lock.user.subject,
            detail: [
                "serial": .string(lock.credential.serial), "reason": .string(lock.reason.code),
                "text": .string(lock.reason.text),
                "revocation": .string(lock.revocation.rawValue),
                "steps": .array(
                    lock.plan.steps.map {
                        ["kind": .string($0.kind.rawValue), "target": .string($0.target)]
                    }),
            ])
    }
}

/// What locking one credential would change.
package struct CredentialLockPlan: Sendable {
    package let credential: Credential
    package let user: User
    package let reason: Reason
    package let revocation: RevocationReason
    package let plan: Plan
}
