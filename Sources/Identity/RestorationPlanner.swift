package import Ground
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
                ours: withdrawn.isOurs(credential.changedBy)
                    || subject.waiting.credentials.contains(credential.id))
        }
        for certificate in subject.certificates {
            draft.plan(
                certificate, on: useCase, revocation: .unspecified, clock: clock,
                ours: withdrawn.isOurs(certificate.held?.by)
                    || subject.waiting.certificates.contains(certificate.id),
                ties: subject.ties[certificate.id])
        }
        // The attributes first: while one of them says “left”, a sync would lock the user again.
        planAttributes(&draft)
        draft.plan(writes, withoutValue: withoutValue, to: subject, view: view)
        planAccount(&draft)
        planGroups(&draft)
        draft.planVerification(subject)
        draft.planTelling(
            about: subject.certificates, subject.vouching, untold: subject.untold,
            revocation: .unspecified, clock: clock)
        return draft.plan
    }

    private func planAttributes(_ draft: inout PlanDraft) {
        var restored: [AttributeRestoration] = []
        for attribute in withdrawn.attributes where attribute.changesAnything {
            if let entry = view.entry, !attribute.isUntouched(in: entry) {
                draft.keep(
                    .entry, subject.dn, "\(attribute.attribute): somebody has changed it since")
            } else {
                restored.append(attribute)
            }
        }
        guard !restored.isEmpty else { return }
        draft.add(
            RestoreAttributes(restored, of: subject.entryID), subject.dn,
            restored.map(\.modification.summary).joined(separator: ", "))
    }

    /// What will be written to the account, as far as it was read.
    package var enabling: [Modification] { outlook?.enabling.modifications ?? [] }

    /// By what the account will be closed after all of it; nil: by nothing that can be told.
    package var closure: String? {
        if isLeftAlone { return view.account?.because }
        return outlook?.closure ?? returningInactivation
    }

    /// An inactivated role that was disabling the account before, and comes back with the roles.
    ///
    /// 389 works its effect out some moments after it has answered: reading back would not see it.
    private var returningInactivation: String? {
        let returns = withdrawn.groups.contains { group in
            isWanted(group) && group.memberships.contains(where: \.isOfEntry)
        }
        guard returns else { return nil }
        return prior.entry(of: .root).inactivatedRole.map { "the inactivated role \($0)" }
    }

    private func isWanted(_ group: Withdrawn.Group) -> Bool {
        restoresRoles || defaultGroups.contains { $0.entryID == group.entryID }
    }

    /// The lock that is undone has not disabled the entry: whoever else has, knows why.
    private var isLeftAlone: Bool {
        withdrawn.process != nil && withdrawn.account == nil
            && (useCase == .unlock || view.account == .enabled)
    }

    private var prior: PriorValues { withdrawn.account ?? PriorValues(attributes: []) }

    private var disabledAt: Timestamp { withdrawn.disabledAt ?? clock }

    private var outlook: AccountOutlook? {
        guard !isLeftAlone else { return nil }
        return view.values.flatMap {
            AccountOutlook(
                $0, prior: prior, disabledAt: disabledAt, dialect: view.dialect, at: clock)
        }
    }

    private func planAccount(_ draft: inout PlanDraft) {
        guard !isLeftAlone else {
            draft.keep(.entry, subject.dn, "was never disabled by what is undone here")
            if let closure {
                draft.remain(.entry, subject.dn, AccountOutlook.stays(closure))
            }
            if case .lastSync = view.origin {
                // Nothing is to be written; whether a sync would undo the unlock is still to be seen.
                draft.add(
                    RestoreAttributes([], of: subject.entryID), subject.dn,
                    "looked at once the directory answers")
            }
            return
        }
        let former = FormerAccount(prior: prior, disabledAt: disabledAt)
        let enable = EnableEntry(former, of: subject.entryID)
        guard let outlook else {
            draft.add(enable, subject.dn, "the account is enabled again")
            return
        }
        for sentence in outlook.kept { draft.keep(.entry, subject.dn, sentence) }
        for sentence in outlook.remaining { draft.remain(.entry, subject.dn, sentence) }
        if let returningInactivation {
            draft.remain(
                .entry, subject.dn,
                "is disabled again by what is given back (\(returningInactivation))")
        }
        let modifications = outlook.enabling.modifications
        if outlook.closure == nil, !modifications.isEmpty || outlook.kept.isEmpty {
            draft.add(enable, subject.dn, "the account is enabled again")
        } else if !modifications.isEmpty {
            draft.add(
                RestoreAttributes(former, of: subject.entryID), subject.dn,
                modifications.map(\.summary).joined(separator: ", "))
        }
    }

    private func planGroups(_ draft: inout PlanDraft) {
        for group in withdrawn.groups {
            switch (isWanted(group), group.isStripped) {
            case (true, true):
                for membership in group.memberships {
                    add(membership, to: group.dn, group.entryID, role: group.role, &draft)
                }
            case (true, false):
                for membership in group.memberships {
                    draft.add(
                        AddToGroup(membership, group.entryID), group.dn,
                        "\(group.role): never left")
                }
            case (false, false):
                guard let membership = group.memberships.first else { continue }
                draft.add(
                    RemoveFromGroup(membership, group.entryID), group.dn,
                    "\(group.role): was still to be stripped")
            case (false, true):
                draft.keep(.role, group.role, "stays withdrawn; --restore-roles gives it back")
            }
        }
        let known = Set(withdrawn.groups.map(\.entryID))
        for group in defaultGroups where !known.contains(group.entryID) {
            guard let membership = group.memberships.first else { continue }
            add(membership, to: StoredDN(group.dn), group.entryID, role: group.role, &draft)
        }
    }

    private func add(
        _ membership: Membership, to dn: StoredDN, _ group: EntryID, role: String,
        _ draft: inout PlanDraft
    ) {
        draft.add(
            AddToGroup(membership, group), dn,
            "\(role): \(membership.attribute): \(membership.value)")
    }
}
