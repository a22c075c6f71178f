package import Ground
internal import LDAP

/// A plan in the making.
package struct PlanDraft {
    private var steps: [PlannedStep] = []
    private var unchanged: [Finding] = []
    private var remaining: [Finding] = []

    package init() {}

    package var plan: Plan { Plan(steps: steps, unchanged: unchanged, remaining: remaining) }

    /// A step of the store.
    mutating func add(_ change: LocalChange, _ target: String, _ detail: String) {
        steps.append(PlannedStep(target: target, work: .local(change), detail: detail))
    }

    /// A step in the directory.
    mutating func add(_ step: some RemoteStep, _ place: StoredDN, _ detail: String) {
        add(step, place.text, detail)
    }

    mutating func add(_ step: some RemoteStep, _ target: String, _ detail: String) {
        steps.append(PlannedStep(target: target, work: .remote(step), detail: detail))
    }

    mutating func keep(_ kind: Finding.Kind, _ place: StoredDN, _ because: String) {
        keep(kind, place.text, because)
    }

    mutating func keep(_ kind: Finding.Kind, _ target: String, _ because: String) {
        unchanged.append(Finding(kind: kind, target: target, because: because))
    }

    mutating func remain(_ kind: Finding.Kind, _ place: StoredDN, _ because: String) {
        remain(kind, place.text, because)
    }

    mutating func remain(_ kind: Finding.Kind, _ target: String, _ because: String) {
        remaining.append(Finding(kind: kind, target: target, because: because))
    }

    /// `takesOver`: an operator does it, and a deactivation that the directory had caused becomes the
    /// operator's.
    mutating func planUser(
        _ subject: PlanSubject, on useCase: UseCase, takesOver: Bool = true
    ) {
        switch UserRule.verdict(
            on: useCase, of: subject.state,
            followsDirectory: takesOver && subject.followsDirectory)
        {
        case .become(let state):
            add(
                .user(useCase.userChange), subject.username,
                state == subject.state
                    ? "stays \(state.rawValue), whatever becomes of the account in the directory"
                    : "\(subject.state.rawValue) → \(state.rawValue)")
        case .unchanged(let because), .refused(let because):
            keep(.user, subject.username, because)
        }
    }

    /// What a reason writes to the entry, and what stands there already.
    mutating func plan(
        _ writes: [AttributeWrite], withoutValue: [String], to subject: PlanSubject,
        view: DirectoryView
    ) {
        for attribute in withoutValue {
            keep(.entry, subject.dn, "\(attribute): the reason's template has no value")
        }
        guard !writes.isEmpty else { return }
        for write in writes
        where !write.attribute.isPassword && view.entry?.carries(write) == true {
            keep(.entry, subject.dn, "\(write.summary) stands there already")
        }
        let changes = writes.filter {
            $0.attribute.isPassword || view.entry?.carries($0) != true
        }
        add(
            WriteReason(writes, to: subject.entryID), subject.dn,
            (changes.isEmpty ? writes : changes).map { $0.change(from: view.entry) }
                .joined(separator: ", "))
    }

    /// What is done in the directory is read back, where anything is.
    mutating func planVerification(_ subject: PlanSubject) {
        guard steps.contains(where: { $0.kind.isInDirectory }) else { return }
        let hasGroups = steps.contains { $0.kind == .removeFromGroup || $0.kind == .addToGroup }
        add(
            Verify(subject.entryID), subject.dn,
            hasGroups ? "the entry and the groups are read back" : "the entry is read back")
    }

    /// What the use case makes of a credential.
    package mutating func plan(_ credential: Credential, on useCase: UseCase, ours: Bool = false) {
        switch CredentialRule.verdict(on: useCase, of: credential.state, ours: ours) {
        case .become(let state):
            add(
                .credential(credential.id, state), credential.serial,
                "\(credential.kind.label), \(credential.state.rawValue) → \(state.rawValue)")
        case .unchanged(let because), .refused(let because):
            keep(.credential, credential.serial, because)
        }
    }

    /// What the use case makes of a certificate, by the process's clock.
    package mutating func plan(
        _ certificate: Certificate, on useCase: UseCase, revocation: RevocationReason,
        clock: Timestamp, ours: Bool = false, ties: CertificateTies? = nil
    ) {
        let before = certificate.state(at: clock)
        let verdict = CertificateRule.verdict(
            on: useCase, of: before, notAfter: certificate.content.notAfter, clock: clock,
            ours: ours, keptBy: ties?.keeper)
        switch verdict {
        case .become(let state):
            let after =
                state == .revoked ? "revoked (\(revocation.rawValue))" : state.rawValue
            add(
                .certificate(certificate.id, state), certificate.content.serial,
                "\(ties?.remark ?? "")\(before.rawValue) → \(after)")
        case .unchanged(let because), .refused(let because):
            keep(.certificate, certificate.content.serial, because)
        }
    }

    /// What the CAs are to be told: what becomes of certificates by this plan, and what an earlier
    /// process of the user has not told them yet.
    ///
    /// `revocation`: why this plan revokes.
    package mutating func planTelling(
        about certificates: [Certificate], _ vouching: [CertificateID: Vouching],
        untold: Set<CertificateID> = [], revocation: RevocationReason, clock: Timestamp
    ) {
        let changes = certificateChanges
        for certificate in certificates {
            let owed = untold.contains(certificate.id) ? certificate.state(at: clock) : nil
            guard let state = changes[certificate.id] ?? owed,
                let request = AuthorityRequest(for: state)
            else { continue }
            let serial = certificate.content.serial
            switch vouching[certificate.id] ?? .nobody {
            case .issued(let authority)
            where authority.isTold && (request == .revoke || authority.knowsHold):
                let told = ToldCertificate(
                    authority: authority.name, fingerprint: certificate.content.fingerprint)
                let reason = certificate.revocation?.reason ?? revocation
                add(
                    request.step(about: told), serial,
                    "\(authority.name), \(request.words(for: reason))"
                        + (changes[certificate.id] == nil ? ", not told yet" : ""))
            case .nobody, .issued, .forged: remain(request, serial, vouching[certificate.id])
            }
        }
    }

    /// A certificate that no CA is told of.
    private mutating func remain(_ request: AuthorityRequest, _ serial: String, _ by: Vouching?) {
        switch (request, by ?? .nobody) {
        case (.release, _), (.hold, .nobody): break
        case (.revoke, .nobody), (.revoke, .issued):
            remain(
                .certificate, serial,
                "revoked in Lockstep's records: others accept it until the CA has been told")
        case (.hold, .issued(let authority)):
            remain(
                .certificate, serial,
                authority.isTold
                    ? "on hold in Lockstep's records: \(authority.name) knows no certificateHold, "
                        + "and others accept it"
                    : "on hold in Lockstep's records: others accept it until the CA has been told")
        case (.revoke, .forged(let name)), (.hold, .forged(let name)):
            remain(
                .certificate, serial,
                "names \(name) as its issuer and is not signed by it: no CA is told of it")
        }
    }

    private var certificateChanges: [CertificateID: CertificateState] {
        var changes: [CertificateID: CertificateState] = [:]
        for step in steps {
            if case .local(.certificate(let id, let state)) = step.work { changes[id] = state }
        }
        return changes
    }
}

extension AuthorityRequest {
    fileprivate func words(for reason: RevocationReason) -> String {
        switch self {
        case .revoke: "revoke (\(reason.rawValue))"
        case .hold: "put on hold"
        case .release: "take from hold"
        }
    }
}

extension UseCase {
    /// What it makes of the user.
    fileprivate var userChange: LocalChange.UserChange {
        switch self {
        case .lock: .lock
        case .deactivate: .deactivate
        case .reactivate, .restoreRoles: .reactivate
        case .unlock: .unlock
        }
    }
}

/// All that a process would do and all that it would leave, made before anything is written.
///
/// The preview, `--dry-run`, `--ldif` and the journal are this one value, shown in different ways.
package struct Plan: Equatable, Sendable {
    package let steps: [PlannedStep]
    package let unchanged: [Finding]
    package let remaining: [Finding]

    package init(steps: [PlannedStep], unchanged: [Finding], remaining: [Finding]) {
        self.steps = steps
        self.unchanged = unchanged
        self.remaining = remaining
    }
}

/// Something that a process leaves as it is, or that it does not end, and why.
package struct Finding: Hashable, Sendable {
    /// What it is about.
    package enum Kind: String, Sendable, CaseIterable {
        case user
        case role
        case credential
        case certificate
        case entry
        case group
        case session
        /// Another user of the same person's.
        case account
    }

    package let kind: Kind
    /// A DN for entries and groups, a serial for credentials and certificates, a username for users.
    package let target: String
    package let because: String

    package init(kind: Kind, target: String, because: String) {
        self.kind = kind
        self.target = target
        self.because = because
    }
}
