package import Ground

/// Makes the plan of a change that the directory has made already: nothing is written there, the
/// memberships stay, and the user, their credentials and their certificates follow.
package struct FollowingPlanner {
    package let useCase: UseCase
    package let subject: PlanSubject
    /// The process that this one ends; nil: it ends none.
    package let ended: ProcessID?
    /// The process's one clock reading.
    package let clock: Timestamp

    package init(useCase: UseCase, subject: PlanSubject, ended: ProcessID?, clock: Timestamp) {
        self.useCase = useCase
        self.subject = subject
        self.ended = ended
        self.clock = clock
    }

    package func plan() -> Plan {
        var draft = PlanDraft()
        draft.planUser(subject, on: useCase, takesOver: false)
        for credential in subject.credentials {
            draft.plan(
                credential, on: useCase,
                ours: ended != nil && credential.changedBy == ended
                    || subject.waiting.credentials.contains(credential.id))
        }
        for certificate in subject.certificates {
            draft.plan(
                certificate, on: useCase, revocation: .unspecified, clock: clock,
                ours: ended != nil && certificate.held?.by == ended
                    || subject.waiting.certificates.contains(certificate.id),
                ties: subject.ties[certificate.id])
        }
        draft.planTelling(
            about: subject.certificates, subject.vouching, untold: subject.untold,
            revocation: .unspecified, clock: clock)
        return draft.plan
    }
}
