/// The state machine of users: which use case leads where.
///
/// Active and inactive alternate; both can be locked; only an unlock leads out of locked.
package enum UserRule {
    /// A disabled account, or one that has expired where that deactivates, is nobody's who is active.
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
