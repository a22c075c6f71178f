internal import Identity
internal import LDAP

/// Makes the changes of a plan's local steps, inside the transaction that begins the process.
struct LocalChanges {
    let store: Store
    let draft: ProcessDraft
    let process: ProcessID

    func make(_ change: LocalChange, in transaction: borrowing Transaction) throws(StoreError) {
        switch change {
        case .user(let change): try user(becomes: change.state)
        case .withdrawRole(let group):
            if let group { try withdraw(group) }
        case .credential(let id, let state):
            try CredentialTable(store).setState(state, of: id, by: process, in: transaction)
            if state == .active { try WaitingTable(store).remove(credential: id, in: transaction) }
        case .certificate(let id, let state): try certificate(id, becomes: state, in: transaction)
        }
    }

    private func user(becomes state: UserState) throws(StoreError) {
        try store.database.prepare("UPDATE users SET state = ?, state_process = ? WHERE id = ?")
            .run(state.rawValue, process, draft.user)
        // Plans for others who have one of the user's certificates were made from its state before.
        try store.database.prepare(
            """
            UPDATE users SET revision = revision + 1 WHERE id IN (
                SELECT o.user FROM certificates c
                JOIN certificates o ON o.fingerprint = c.fingerprint AND o.user != c.user
                WHERE c.user = ?)
            """
        ).run(draft.user)
        if state == .active { try handOverHolds() }
    }

    /// A certificate that stays on hold because somebody else who has it is inactive is released when
    /// that person comes back.
    private func handOverHolds() throws(StoreError) {
        try store.database.prepare(
            """
            UPDATE certificates SET held_by = k.state_process
            FROM (
                SELECT o.fingerprint, min(u.state_process) AS state_process FROM certificates c
                JOIN certificates o ON o.fingerprint = c.fingerprint AND o.user != c.user
                JOIN users u ON u.id = o.user
                WHERE c.user = ?1 AND c.state = 'onHold' AND c.held_by IS NOT NULL
                    AND u.state = 'inactive' AND u.state_process IS NOT NULL
                    AND c.held_by NOT IN (
                        SELECT s.state_process FROM certificates h JOIN users s ON s.id = h.user
                        WHERE h.fingerprint = c.fingerprint AND s.state = 'inactive'
                            AND s.state_process IS NOT NULL)
                GROUP BY o.fingerprint
            ) AS k
            WHERE certificates.fingerprint = k.fingerprint
            """
        ).run(draft.user)
    }

    /// A name that another present entry has by now is that one's membership.
    ///
    /// Each kind of name is looked up by its own index: an `OR` of both would look at every user.
    private func withdraw(_ group: GroupID) throws(StoreError) {
        try store.database.prepare(
            """
            UPDATE memberships SET withdrawn_by = ?1
            WHERE role_group = ?2 AND withdrawn_by IS NULL AND member IN (
                SELECT dn_key FROM users WHERE id = ?3
                UNION SELECT uid_key FROM users WHERE id = ?3
                UNION SELECT uid_key FROM other_uids WHERE user = ?3)
            AND NOT EXISTS (
                SELECT 1 FROM users u JOIN users o ON o.directory = u.directory AND o.id != u.id
                WHERE u.id = ?3 AND o.missing_since IS NULL
                    AND o.dn_key = u.dn_key AND o.dn_key = memberships.member
                UNION ALL
                SELECT 1 FROM users u JOIN users o ON o.directory = u.directory AND o.id != u.id
                WHERE u.id = ?3 AND o.missing_since IS NULL AND o.uid_key = memberships.member
                UNION ALL
                SELECT 1 FROM other_uids k JOIN users o ON o.id = k.user AND o.id != ?3
                JOIN users u ON u.directory = o.directory
                WHERE u.id = ?3 AND o.missing_since IS NULL AND k.uid_key = memberships.member)
            """
        ).run(process, group, draft.user)
    }

    private func certificate(
        _ id: CertificateID, becomes state: CertificateState, in transaction: borrowing Transaction
    ) throws(StoreError) {
        let table = try CertificateTable(store)
        switch state {
        case .revoked:
            _ = try table.revoke(
                id,
                Certificate.Revocation(
                    reason: draft.revocation ?? .unspecified, at: draft.at, by: process),
                in: transaction)
        case .onHold:
            _ = try table.hold(id, Certificate.Held(at: draft.at, by: process), in: transaction)
        case .valid:
            _ = try table.release(id, in: transaction)
            try WaitingTable(store).remove(certificate: id, in: transaction)
        case .expired: break
        }
    }
}
