internal import Identity
internal import LDAP
internal import Store

extension ProcessPreview {
    /// What would go to the directory, as change records that `ldapmodify` accepts (RFC 2849).
    package var ldif: String {
        var ldif = LDIF()
        ldif.comment("\(useCase.word) of \(user.record.username) for \(reason.code)")
        if let why = staleBecause { ldif.comment("made from the last sync: \(why)") }
        for step in plan.steps {
            guard case .remote(let change, _) = step.action, let dn = DN(step.target) else {
                continue
            }
            let modifications = modifications(for: change, of: dn)
            if !modifications.isEmpty { ldif.modify(dn, modifications) }
        }
        return ldif.text
    }

    private func modifications(for change: DirectoryChange, of dn: DN) -> [Modification] {
        switch change {
        case .disable: return view.disabling
        case .write(let writes): return writes.map(\.modification)
        case .removeMember(let membership):
            let group = view.groups.first { $0.dn == dn }
            let placeholder = group?.isLastMember == true ? view.placeholder : nil
            return (group?.memberships ?? [membership]).flatMap {
                $0.removal(placeholder: $0.attribute == .memberUid ? nil : placeholder)
            }
        case .enable(let prior, let disabledAt):
            // Where the directory is down, as the lock left it.
            let account =
                view.values
                ?? DN(user.record.dn).map { dn in
                    let before = prior.entry(of: dn)
                    let written = view.dialect.disable(before, at: disabledAt, hasEndTime: true)
                    return Account(before.applying(written ?? []))
                }
            return account.flatMap {
                AccountOutlook(
                    $0, prior: prior, disabledAt: disabledAt, dialect: view.dialect, at: at)
            }?.enabling.modifications ?? []
        case .restore(let restored): return restored.map(\.modification)
        case .addMember(let membership): return [membership.addition]
        case .verify: return []
        }
    }
}
