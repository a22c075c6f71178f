package import Ground
package import LDAP

/// Roles that a process took and that its end has not given back.
package struct WithheldRoles: Hashable, Sendable {
    /// The lock or deactivation that took them.
    package let process: ProcessID
    package let groups: [Withdrawn.Group]

    package init(process: ProcessID, groups: [Withdrawn.Group]) {
        self.process = process
        self.groups = groups
    }
}

/// Makes the plan that gives such roles back to somebody who is active again.
package struct RoleReturnPlanner {
    package let subject: PlanSubject
    package let withheld: WithheldRoles
    /// The groups among them that can't be found; nil: the directory could not be asked.
    package let gone: Set<EntryID>?
    package let view: DirectoryView
    package let clock: Timestamp

    package init(
        subject: PlanSubject, withheld: WithheldRoles, gone: Set<EntryID>?, view: DirectoryView,
        clock: Timestamp
    ) {
        self.subject = subject
        self.withheld = withheld
        self.gone = gone
        self.view = view
        self.clock = clock
    }

    package func plan() -> Plan {
        var draft = PlanDraft()
        let held = Set(view.groups.filter { !$0.isOutdated }.map(\.entryID))
        for group in withheld.groups {
            if view.entry != nil, held.contains(group.entryID) {
                draft.keep(.role, group.role, "is held again already")
            } else if gone?.contains(group.entryID) == true {
                draft.keep(.role, group.role, "its group can't be found: deleted or hidden")
            } else {
                for membership in group.memberships {
                    draft.add(
                        AddToGroup(membership, group.entryID), group.dn,
                        "\(group.role): \(membership.attribute): \(membership.value)")
                }
            }
        }
        guard !draft.plan.steps.isEmpty else { return draft.plan }
        draft.planVerification(subject)
        draft.planTelling(
            about: subject.certificates, subject.vouching, untold: subject.untold,
            revocation: .unspecified, clock: clock)
        return draft.plan
    }
}
