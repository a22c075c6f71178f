package import Ground

/// The state machine of users: which use case leads where.
///
/// Active and inactive alternate; both can be locked; only an unlock leads out of locked.
package enum UserRule {
    /// The account is disabled, or has expired where that deactivates: such a user does not become
    /// active.
    package static func birth(isDisabled: Bool, isDeactivatedByExpiry: Bool) -> UserState {
        isDisabled || isDeactivatedByExpiry ? .inactive : .active
    }

    /// `followsDirectory`: it was the directory that made an inactive user so, and enabling the entry
    /// would end that; an operator's deactivation makes it the operator's.
    package static func verdict(
        on useCase: UseCase, of state: UserState, followsDirectory: Bool = false
    ) -> Verdict<UserState> {
        switch (useCase, state) {
        case (.lock, .active), (.lock, .inactive): .become(.locked)
        case (.lock, .locked): .unchanged(because: "already locked")
        case (.deactivate, .active): .become(.inactive)
        case (.deactivate, .inactive) where followsDirectory: .become(.inactive)
        case (.deactivate, .inactive): .unchanged(because: "already inactive")
        case (.deactivate, .locked):
            .refused(because: "the user is locked: only an unlock ends that")
        case (.reactivate, .inactive): .become(.active)
        case (.reactivate, .active): .unchanged(because: "already active")
        case (.reactivate, .locked):
            .refused(because: "the user is locked: only an unlock ends that")
        case (.unlock, .locked): .become(.active)
        case (.unlock, .active), (.unlock, .inactive): .refused(because: "the user is not locked")
        case (.restoreRoles, .active): .unchanged(because: "stays active")
        case (.restoreRoles, .inactive), (.restoreRoles, .locked):
            .refused(because: "the user is not active")
        }
    }
}

package enum UserState: String, Sendable, CaseIterable {
    case active
    case inactive
    case locked
}

/// What a rule decides about one object, and why.
package enum Verdict<State: Hashable & Sendable>: Hashable, Sendable {
    /// The object changes its state.
    case become(State)
    /// It stays as it is; the reason is what the preview prints.
    case unchanged(because: String)
    /// The whole process must not be begun.
    case refused(because: String)
}

/// The lock that holds a locked user.
package struct RecordedLock: Hashable, Sendable {
    package let process: ProcessID
    package let reason: String
    package let text: String
    package let at: Timestamp
    package let by: String

    package init(process: ProcessID, reason: String, text: String, at: Timestamp, by: String) {
        self.process = process
        self.reason = reason
        self.text = text
        self.at = at
        self.by = by
    }
}
