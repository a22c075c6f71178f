package import Ground
package import Identity

/// What becomes of a certificate becomes of it for everybody who has it.
extension Store {
    /// Writes into the history of everybody else who has a certificate what became of it; what was
    /// planned for them before is to be planned anew.
    ///
    /// `user`: the one whom the change was about.
    package func tellOthers(
        with certificate: CertificateID, than user: User, _ state: CertificateState, by: Operator,
        at now: Timestamp, process: ProcessID? = nil, in transaction: borrowing Transaction
    ) throws(StoreError) {
        guard let row = try CertificateTable(self).certificate(certificate) else { return }
        for other in try CertificateClaims(self).others(row) where other != user.id {
            guard let other = try self.user(other) else { continue }
            try raiseRevision(of: other.id, in: transaction)
            _ = try transaction.append(
                AuditEvent(
                    at: now, by: by.login, host: by.host, terminal: by.terminal,
                    event: state.event, process: process, user: other.subject,
                    detail: [
                        "serial": .string(row.content.serial),
                        "issuer": .string(row.content.issuer),
                        "reason": JSONValue(row.revocation?.reason.rawValue),
                        "with": .string(user.record.username),
                    ]))
        }
    }

    func tellOthers(
        of step: PlannedStep, than user: User, _ draft: ProcessDraft, _ process: ProcessID,
        in transaction: borrowing Transaction
    ) throws(StoreError) {
        guard case .local(.certificate(let id, let state)) = step.work else { return }
        try tellOthers(
            with: id, than: user, state, by: draft.by, at: draft.at, process: process,
            in: transaction)
    }
}

extension CertificateState {
    /// How the audit log says that a certificate came to it.
    package var event: String {
        switch self {
        case .valid: "certificate released"
        case .onHold: "certificate held"
        case .revoked, .expired: "certificate revoked"
        }
    }
}
