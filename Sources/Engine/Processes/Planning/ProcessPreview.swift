package import Ground
package import Identity
internal import LDAP
package import Store

/// What a process would do, made from a fresh look, before anybody said Next.
package struct ProcessPreview {
    package enum Verdict {
        /// The user's state changes.
        case proceed
        /// Locked for this reason already; the plan holds what would repair drift, or nothing.
        case alreadyLocked(RecordedLock)
        /// The user is in the wished state already.
        case unchanged(because: String)
    }

    package let useCase: UseCase

    package let user: User
    package let reason: Reason
    package let revocation: RevocationReason
    package var plan: Plan
    package let verdict: Verdict
    /// What the directory looked like.
    package let view: DirectoryView
    /// The process's one clock reading.
    package let at: Timestamp
    package let note: String?
    package let forced: Bool
    package let restoresRoles: Bool
    /// The process whose roles are given back; nil where this is no such plan.
    package internal(set) var rolesOf: ProcessID?

    /// Why the plan is made from the last sync; nil: from a fresh look at the directory.
    package var staleBecause: String? {
        switch view.origin {
        case .fresh: nil
        case .lastSync(let why): why
        }
    }
}

extension ProcessPreview {
    /// What would go to the directory, as change records that `ldapmodify` accepts (RFC 2849).
    package var ldif: String {
        var ldif = LDIF()
        ldif.comment("\(useCase.word) of \(user.record.username) for \(reason.code)")
        if let why = staleBecause { ldif.comment("made from the last sync: \(why)") }
        for step in plan.steps {
            guard case .remote(let work) = step.work, let target = step.place.dn else {
                continue
            }
            (work as? any DirectoryAction)?.write(target, of: self, to: &ldif)
        }
        return ldif.text
    }

    /// Nothing is sent to an entry that can't be seen.
    func modify(_ target: DN, _ modifications: [Modification], in ldif: inout LDIF) {
        if case .fresh(nil) = view.origin { return }
        ldif.modify(target, modifications)
    }

    /// The user's own entry, as it is called now.
    var holder: DN? { view.entry?.dn ?? user.record.dn.dn }
}
