package import Ground

/// One execution of a use case, as the journal has it.
package struct IdentityProcess: Equatable, Sendable {
    package let id: ProcessID
    package let useCase: UseCase
    /// The row id of the user.
    package let user: UserID
    /// Code and text as they were when the process was begun.
    package let reason: String
    package let reasonText: String
    package let revocation: RevocationReason?
    package let note: String?
    /// The process's one clock reading.
    package let at: Timestamp
    package let by: Operator
    package let forced: Bool
    package let state: ProcessState
    package let enforced: Enforcement?
    /// The policy in effect by which the server refuses the account as it was read back: its DN, or the
    /// dialect's name where a server of that kind refuses it under every policy.
    ///
    /// nil: none was seen.
    package let policy: String?
    /// How far what it revoked or put on hold is known to the world; nil: not everywhere, or nothing was.
    package let sight: RevocationSight?
    package let unchanged: [Finding]
    package let remaining: [Finding]
    package let steps: [Step]

    package init(
        id: ProcessID, useCase: UseCase, user: UserID, reason: String, reasonText: String,
        revocation: RevocationReason?, note: String?, at: Timestamp, by: Operator, forced: Bool,
        state: ProcessState, enforced: Enforcement?, policy: String?,
        sight: RevocationSight? = nil, unchanged: [Finding], remaining: [Finding], steps: [Step]
    ) {
        self.id = id
        self.useCase = useCase
        self.user = user
        self.reason = reason
        self.reasonText = reasonText
        self.revocation = revocation
        self.note = note
        self.at = at
        self.by = by
        self.forced = forced
        self.state = state
        self.enforced = enforced
        self.policy = policy
        self.sight = sight
        self.unchanged = unchanged
        self.remaining = remaining
        self.steps = steps
    }
}

extension IdentityProcess {
    /// How it has ended, or stands.
    package var outcome: Outcome {
        switch state {
        case .completed: .completed
        case .requested: .requested
        case .open, .partial: .partial
        case .superseded: .unchanged
        case .rejected, .withdrawn, .expired, .refused: .refused
        }
    }

    /// Whether it was begun and is not over: something is left that a retry would take.
    package var isUnfinished: Bool { state == .open || state == .partial }

    /// Whether something of it is left in the directory.
    package var isUnfinishedInDirectory: Bool {
        isUnfinished && steps.contains { $0.isUnfinished && $0.kind.isInDirectory }
    }

    /// Whether it takes the user out of every role group.
    ///
    /// A deactivation that the directory itself caused keeps the memberships.
    package var stripsGroups: Bool {
        switch useCase {
        case .lock: true
        case .deactivate: steps.contains { $0.kind == .disableEntry }
        case .reactivate, .unlock, .restoreRoles: false
        }
    }
}

/// Where a process stands.
package enum ProcessState: String, Sendable, CaseIterable {
    /// Waits for approval.
    case requested
    /// Journalled; its directory steps have not all been tried.
    case open
    /// Everything was seen done.
    case completed
    /// Tried, and something is pending, failed or was not seen.
    case partial
    /// A newer process of the same user took its place before it was completed.
    case superseded
    case rejected
    case withdrawn
    case expired
    case refused
}

/// What is known of whether the directory refuses the disabled account.
package enum Enforcement: String, Sendable {
    /// The canary, under the same policy, was locked and could not bind.
    case proven
    /// The lock value was read back.
    case written
}

/// What is known of the CAs of the certificates that a process revoked or put on hold.
package enum RevocationSight: String, Sendable {
    /// Each was told.
    case told
    /// Each was seen to say so itself.
    case seen
}

/// How a command that begins a process ended.
package enum Outcome: String, Sendable, CaseIterable {
    case completed
    case partial
    case requested
    case planned
    case cancelled
    case alreadyLocked
    case unchanged
    case refused
}
