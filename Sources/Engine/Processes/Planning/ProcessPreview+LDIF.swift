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
            write(change, of: dn, to: &ldif)
        }
        return ldif.text
    }

    private func write(_ change: DirectoryChange, of dn: DN, to ldif: inout LDIF) {
        switch change {
        case .removeMember(let role) where role.isOfEntry,
            .addMember(let role) where role.isOfEntry:
            guard let holder = view.entry?.dn ?? DN(user.record.dn), !isGone else { return }
            ldif.modify(holder, modifications(for: change, of: dn))
        case .removeMember:
            guard let group = view.groups.first(where: { $0.dn == dn }), group.isLastMember,
                view.placeholder == nil
            else { return ldif.modify(dn, modifications(for: change, of: dn)) }
            ldif.comment(
                view.deletesEmptyGroups
                    ? "\(dn) is deleted with its last member"
                    : "nothing is done to \(dn): its last member can't be taken out")
            if view.deletesEmptyGroups { ldif.delete(dn) }
        case .disable, .write, .enable, .restore, .addMember, .verify:
            if !isGone { ldif.modify(dn, modifications(for: change, of: dn)) }
        }
    }

    /// Nothing is sent to an entry that can't be seen.
    private var isGone: Bool { if case .fresh(nil) = view.origin { true } else { false } }

    private func modifications(for change: DirectoryChange, of dn: DN) -> [Modification] {
        switch change {
        case .disable: return view.disabling
        case .write(let writes):
            return writes.filter { $0.attribute.isPassword || view.entry?.carries($0) != true }
                .map(\.modification)
        case .removeMember(let membership):
            let group = view.groups.first { $0.dn == dn }
            // The group shows others, or nothing: there is no value to be deleted.
            if group?.isOutdated == true || group?.isUnseen == true { return [] }
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
