package import LDAP

/// Makes the plan of an unlock or a reactivation: gives back what was taken and nobody changed since.
package struct RestorationPlanner {
    package let useCase: UseCase
    package let subject: PlanSubject
    package let withdrawn: Withdrawn
    /// Every group that was stripped is given back, not only those of the default roles.
    package let restoresRoles: Bool
    /// Groups of the default roles.
    package let defaultGroups: [RoleGroupView]
    /// What the reason itself writes, and attributes whose template has no value.
    package let writes: [AttributeWrite]
    package let withoutValue: [String]
    package let view: DirectoryView
    package let clock: Timestamp

    package init(
        useCase: UseCase, subject: PlanSubject, withdrawn: Withdrawn, restoresRoles: Bool,
        defaultGroups: [RoleGroupView], writes: [AttributeWrite], withoutValue: [String],
        view: DirectoryView, clock: Timestamp
    ) {
        self.useCase = useCase
        self.subject = subject
        self.withdrawn = withdrawn
        self.restoresRoles = restoresRoles
        self.defaultGroups = defaultGroups
        self.writes = writes
        self.withoutValue = withoutValue
        self.view = view
        self.clock = clock
    }

    /// Everything that it changes, and everything that it does not.
    package func plan() -> Plan {
        var draft = PlanDraft()
        draft.planUser(subject, on: useCase)
        for credential in subject.credentials {
            draft.plan(
                credential, on: useCase,
                ours: withdrawn.process != nil && credential.changedBy == withdrawn.process)
        }
        for certificate in subject.certificates {
            draft.plan(
                certificate, on: useCase, revocation: .unspecified, clock: clock,
                ours: withdrawn.process != nil && certificate.held?.by == withdrawn.process,
                ties: subject.ties[certificate.id])
        }
        // The attributes first: while one of them says "left", a sync would lock her again.
        planAttributes(&draft)
        draft.plan(writes, withoutValue: withoutValue, to: subject, view: view)
        planAccount(&draft)
        planGroups(&draft)
        draft.planVerification(subject)
        return draft.plan
    }

    private func planAttributes(_ draft: inout PlanDraft) {
        var restored: [AttributeRestoration] = []
        for attribute in withdrawn.attributes where attribute.changesAnything {
            if let entry = view.entry, !attribute.isUntouched(in: entry) {
                draft.keep(
                    "entry", subject.dn, "\(attribute.attribute): somebody has changed it since")
            } else {
                restored.append(attribute)
            }
        }
        guard !restored.isEmpty else { return }
        draft.add(
            .restoreAttributes, subject.dn,
            .remote(.restore(restored), entry: subject.entryID),
            restored.map(\.modification.summary).joined(separator: ", "))
    }

    private func planAccount(_ draft: inout PlanDraft) {
        let account = withdrawn.account ?? PriorValues(attributes: [])
        if let disabledBefore = disabledBefore(account) {
            draft.keep(
                "entry", subject.dn,
                "was disabled before (\(disabledBefore)) and stays so")
            return
        }
        if withdrawn.process != nil, withdrawn.account == nil, view.account == .enabled {
            draft.keep("entry", subject.dn, "was never disabled")
            return
        }
        if let because = disabledSince(account) {
            draft.keep(
                "entry", subject.dn,
                "somebody has changed the account since: stays disabled (\(because))")
            return
        }
        draft.add(
            .enableEntry, subject.dn,
            .remote(
                .enable(prior: account, disabledAt: withdrawn.disabledAt ?? clock),
                entry: subject.entryID), "the account is enabled again")
        if let end = view.expiredAt {
            draft.keep(
                "entry", subject.dn,
                "the account has expired (\(end.rfc3339)): enabled, it still lets nobody in")
        }
    }

    /// By what the entry was disabled before the process that is undone.
    private func disabledBefore(_ account: PriorValues) -> String? {
        guard let disabledAt = withdrawn.disabledAt,
            let before = account.entry(named: subject.dn),
            case .disabled(let because) = view.dialect.accountState(of: before, at: disabledAt)
        else { return nil }
        return because
    }

    /// By what somebody else has disabled the entry since; nil: by nothing that is known.
    private func disabledSince(_ account: PriorValues) -> String? {
        guard let entry = view.entry, case .disabled(let because) = view.account,
            let disabledAt = withdrawn.disabledAt, let before = account.entry(named: subject.dn),
            view.dialect.enable(
                entry, prior: before,
                written: view.dialect.disable(before, at: disabledAt, hasEndTime: true) ?? [],
                at: clock)?.isEmpty == true
        else { return nil }
        return because
    }

    private func planGroups(_ draft: inout PlanDraft) {
        let defaults = Set(defaultGroups.map(\.entryID))
        for group in withdrawn.groups {
            let isWanted = restoresRoles || defaults.contains(group.entryID)
            switch (isWanted, group.isStripped) {
            case (true, true):
                for membership in group.memberships {
                    add(membership, to: group.dn, group.entryID, role: group.role, &draft)
                }
            case (true, false):
                for membership in group.memberships {
                    draft.add(
                        .addToGroup, group.dn,
                        .remote(.addMember(membership), entry: group.entryID),
                        "\(group.role): never left")
                }
            case (false, false):
                guard let membership = group.memberships.first else { continue }
                draft.add(
                    .removeFromGroup, group.dn,
                    .remote(.removeMember(membership), entry: group.entryID),
                    "\(group.role): was still to be stripped")
            case (false, true):
                draft.keep("role", group.role, "stays withdrawn; --restore-roles gives it back")
            }
        }
        let known = Set(withdrawn.groups.map(\.entryID))
        for group in defaultGroups where !known.contains(group.entryID) {
            guard let membership = group.memberships.first else { continue }
            add(membership, to: group.dn.text, group.entryID, role: group.role, &draft)
        }
    }

    private func add(
        _ membership: Membership, to dn: String, _ group: EntryID, role: String,
        _ draft: inout PlanDraft
    ) {
        draft.add(
            .addToGroup, dn, .remote(.addMember(membership), entry: group),
            "\(role): \(membership.attribute): \(membership.value)")
    }
}

extension PriorValues {
    /// The values as an entry shows them; nil where the name is none.
    package func entry(named dn: String) -> Entry? {
        DN(dn).map { name in
            Entry(
                dn: name,
                attributes: attributes.map {
                    Entry.Attribute(name: $0.attribute, values: $0.values)
                })
        }
    }
}
