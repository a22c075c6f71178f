package import Ground
internal import LDAP

/// Makes the plan of a lock or a deactivation from what the store and the directory say.
package struct WithdrawalPlanner {
    package let useCase: UseCase
    package let subject: PlanSubject
    /// Why certificates are revoked; a deactivation revokes none.
    package let revocation: RevocationReason
    /// The reason's attributes with every template filled in.
    package let writes: [AttributeWrite]
    /// Attributes whose template has no value for this user.
    package let withoutValue: [String]
    /// What an earlier process wrote and one that ended it did not come to give back.
    package let owed: [AttributeRestoration]
    package let view: DirectoryView
    /// Accounts in other directories that are, or may be, the same person's.
    package let others: [Finding]
    /// The process's one clock reading.
    package let clock: Timestamp

    package init(
        useCase: UseCase, subject: PlanSubject, revocation: RevocationReason,
        writes: [AttributeWrite], withoutValue: [String],
        owed: [AttributeRestoration] = [], view: DirectoryView, others: [Finding], clock: Timestamp
    ) {
        self.useCase = useCase
        self.subject = subject
        self.revocation = revocation
        self.writes = writes
        self.withoutValue = withoutValue
        self.owed = owed
        self.view = view
        self.others = others
        self.clock = clock
    }

    /// Everything that it changes, and everything that it does not.
    package func plan() -> Plan {
        var draft = PlanDraft()
        draft.planUser(subject, on: useCase)
        planRoles(&draft)
        for credential in subject.credentials { draft.plan(credential, on: useCase) }
        for certificate in subject.certificates {
            draft.plan(
                certificate, on: useCase, revocation: revocation, clock: clock,
                ties: subject.ties[certificate.id])
        }
        planEntry(&draft)
        planGroups(&draft)
        draft.planVerification(subject)
        planRemains(&draft)
        return draft.plan
    }

    private func planRoles(_ draft: inout PlanDraft) {
        let kept = Set(view.groups.filter(\.isKept).map { StoredDN($0.dn) })
        let known = Set(subject.roles.map(\.groupDN))
        let others = view.groups.filter { !$0.isKept && !known.contains(StoredDN($0.dn)) }
        let names = Self.names(
            subject.roles.map { ($0.name, $0.groupDN.text) } + others.map { ($0.role, $0.dn.text) })
        for role in subject.roles {
            if kept.contains(role.groupDN) {
                draft.keep(
                    .role, names(role.name, role.groupDN.text),
                    "its group is kept by the configuration"
                )
            } else if view.heldThroughKept.contains(role.group), !role.direct {
                draft.keep(.role, names(role.name, role.groupDN.text), Self.throughKept)
            } else {
                draft.add(
                    .withdrawRole(group: role.group), names(role.name, role.groupDN.text),
                    role.direct ? role.groupDN.text : "\(role.groupDN), through a nested group")
            }
        }
        for group in others {
            draft.add(
                .withdrawRole(group: group.row), names(group.role, group.dn.text),
                group.dn.text)
        }
    }

    /// What to call roles: two of one name by their groups, too.
    private static func names(
        _ roles: [(name: String, group: String)]
    ) -> (_ name: String, _ group: String) -> String {
        var counts: [String: Int] = [:]
        for role in roles { counts[role.name, default: 0] += 1 }
        return { name, group in counts[name, default: 0] > 1 ? "\(name) (\(group))" : name }
    }

    private func planEntry(_ draft: inout PlanDraft) {
        planDisabling(&draft)
        // A lock that stands is repaired where the account is open; what others wrote since stays.
        guard subject.state != .locked else { return }
        planOwed(&draft)
        draft.plan(writes, withoutValue: withoutValue, to: subject, view: view)
    }

    /// An attribute that still says “left” would make a sync lock the user for that.
    private func planOwed(_ draft: inout PlanDraft) {
        let written = Set(writes.map(\.attribute))
        let restored = owed.filter { owed in
            owed.changesAnything && !written.contains(owed.attribute)
                && view.entry.map { owed.isUntouched(in: $0) } ?? true
        }
        guard !restored.isEmpty else { return }
        draft.add(
            RestoreAttributes(restored, of: subject.entryID), subject.dn,
            restored.map(\.modification.summary).joined(separator: ", "))
    }

    /// Where only something else disables the account (an inactivated role, an end date) it is
    /// disabled all the same: what else there is may end at any time, by this very plan's stripping
    /// of roles, too.
    private func planDisabling(_ draft: inout PlanDraft) {
        let disabling = view.disabling.map(\.summary).joined(separator: ", ")
        let disabledBy = view.account?.because
        if subject.state == .locked {
            let isWhole = disabledBy != nil && disabling.isEmpty
            if isWhole || view.entry == nil { return }
        }
        let detail =
            switch disabledBy {
            case let because? where disabling.isEmpty:
                "is disabled already (\(because)) and stays so"
            case let because?: "is disabled already (\(because)); \(disabling) all the same"
            case nil: disabling
            }
        draft.add(DisableEntry(subject.entryID), subject.dn, detail)
        for hindrance in view.hindrances(at: clock) {
            draft.keep(.entry, subject.dn, "the account \(hindrance)")
        }
    }

    private func planGroups(_ draft: inout PlanDraft) {
        for group in view.groups {
            if group.isKept {
                draft.remain(.group, group.dn.text, "kept by the configuration: no lock strips it")
                continue
            }
            guard let membership = group.memberships.first else { continue }
            var detail = group.memberships.map { "\($0.attribute): \($0.value)" }
                .joined(separator: ", ")
            if group.isUnseen { detail += "; the group can't be seen" }
            if group.isLastMember, let placeholder = view.placeholder {
                detail += "; the last member, \(placeholder) takes the place"
            }
            draft.add(RemoveFromGroup(membership, group.entryID), group.dn.text, detail)
        }
    }

    private static let throughKept = "held through a group that the configuration keeps"

    private func planRemains(_ draft: inout PlanDraft) {
        for role in subject.roles where view.heldThroughKept.contains(role.group) {
            draft.remain(.group, role.groupDN, "\(Self.throughKept): no lock strips that one")
        }
        let told = Set(view.remaining.map { StoredDN(comparing: $0.target) })
        for group in view.groups where group.isUnseen && !told.contains(StoredDN(group.dn)) {
            draft.remain(
                .group, group.dn.text,
                "deleted, or hidden from the bind DN: then the membership still stands")
        }
        for finding in view.remaining {
            draft.remain(finding.kind, finding.target, finding.because)
        }
        if !view.hasRoleGroups {
            draft.remain(
                .group, subject.dn, "no role groups are configured: none is read, none is stripped"
            )
        }
        if case .lastSync = view.origin {
            draft.remain(
                .group, subject.dn,
                "groups that are no role groups were not looked for, because the directory could not be read"
            )
        }
        for group in view.outsideGroups {
            draft.remain(
                .group, group.text, "outside the configured role groups: no lock strips it")
        }
        for role in view.computedRoles {
            draft.remain(
                .role, role.text,
                "given by a rule of the server's (filtered or nested): no lock strips it")
        }
        for other in others { draft.remain(other.kind, other.target, other.because) }
        planSessions(&draft)
        planCertificatesLeft(&draft)
    }

    private func planSessions(_ draft: inout PlanDraft) {
        draft.remain(
            .session, subject.dn,
            "LDAP connections that are already bound, Kerberos tickets and SSH keys go on until they end"
        )
        if view.dialect.letsCertificatesIn {
            draft.remain(
                .session, subject.dn,
                "SASL binds by certificate are not stopped by the password policy")
        }
    }

    private func planCertificatesLeft(_ draft: inout PlanDraft) {
        draft.planTelling(
            about: subject.certificates, subject.vouching, untold: subject.untold,
            revocation: revocation, clock: clock)
        for certificate in subject.certificates
        where subject.ties[certificate.id]?.isDisputed == true {
            draft.remain(
                .certificate, certificate.content.serial,
                "disputed: a different certificate of somebody else has its issuer and serial")
        }
    }
}
