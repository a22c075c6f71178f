package import Configuration
package import Identity
package import LDAP
package import Store

/// Locks one credential and revokes its certificates; its holder stays as she is.
package struct CredentialLock {
    private let settings: Settings
    private let store: Store
    private let by: Operator
    private let now: Timestamp

    package init(settings: Settings, store: Store, by: Operator, now: Timestamp) {
        self.settings = settings
        self.store = store
        self.by = by
        self.now = now
    }

    /// What would happen, and what would not.
    package func plan(_ credential: Credential, reason code: String) throws -> CredentialLockPlan {
        guard let user = try store.user(credential.user) else {
            throw Refusal(.noSuchUser, "user \(credential.user) is not in the store")
        }
        let reason = try settings.directory(of: user).reason(code, for: .lock)
        let revocation = reason.revocation ?? .unspecified
        var draft = PlanDraft()
        draft.plan(credential, on: .lock)
        for certificate in try CertificateTable(store.database).certificates(
            ofCredential: credential.id)
        {
            draft.plan(certificate, on: .lock, revocation: revocation, clock: now)
        }
        return CredentialLockPlan(
            credential: credential, user: user, reason: reason, revocation: revocation,
            plan: draft.plan)
    }

    /// Carries it out in one transaction, and returns the credential as it is then.
    package func carryOut(_ lock: CredentialLockPlan) throws -> Credential {
        try store.transaction {
            let credentials = try CredentialTable(store.database)
            guard !lock.plan.steps.isEmpty else { return lock.credential }
            let certificates = try CertificateTable(store.database)
            for step in lock.plan.steps {
                switch step.action {
                case .local(.credential(let id, let state)):
                    try credentials.setState(state, of: id, by: nil)
                case .local(.certificate(let id, _)):
                    _ = try certificates.revoke(
                        id, Certificate.Revocation(reason: lock.revocation, at: now, by: nil))
                case .local, .remote:
                    break
                }
            }
            try store.raiseRevision(of: lock.user.id)
            _ = try store.audit.append(event(lock))
            return try credentials.credential(lock.credential.id) ?? lock.credential
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
