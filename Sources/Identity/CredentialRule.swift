/// The state machine of credentials, the same for all five kinds.
package enum CredentialRule {
    /// What becomes of a credential in `state`.
    ///
    /// `ours`: the deactivation that this reactivation ends is what made it inactive.
    package static func verdict(
        on useCase: UseCase, of state: CredentialState, ours: Bool = false
    ) -> Verdict<CredentialState> {
        switch useCase {
        case .lock: onLock(state)
        case .deactivate: onDeactivate(state)
        case .reactivate: onReactivate(state, ours: ours)
        case .unlock: onUnlock(state)
        case .restoreRoles: already(state)
        }
    }

    /// What a credential begins as that is wished to be in a state.
    ///
    /// On a locked user nothing new comes alive; an inactive user's is inactive until the user is not.
    package static func birth(
        _ wished: CredentialState, of user: UserState
    ) -> Verdict<CredentialState> {
        switch (user, wished) {
        case (.locked, .active), (.locked, .requested):
            .refused(because: "a credential can't become \(wished.rawValue)")
        case (.inactive, .active): .become(.inactive)
        case (.active, _), (.inactive, _), (.locked, _): .become(wished)
        }
    }

    private static func onLock(_ state: CredentialState) -> Verdict<CredentialState> {
        switch state {
        case .active, .inactive: .become(.locked)
        case .requested: .become(.aborted)
        case .locked, .expired, .aborted, .returned: already(state)
        }
    }

    private static func onDeactivate(_ state: CredentialState) -> Verdict<CredentialState> {
        switch state {
        case .active: .become(.inactive)
        case .requested: .unchanged(because: "only requested")
        case .inactive, .locked, .expired, .aborted, .returned: already(state)
        }
    }

    private static func onReactivate(
        _ state: CredentialState, ours: Bool
    ) -> Verdict<CredentialState> {
        switch state {
        case .inactive where ours: .become(.active)
        case .inactive: .unchanged(because: "was inactive before the user was deactivated")
        case .active, .requested, .locked, .expired, .aborted, .returned: already(state)
        }
    }

    private static func onUnlock(_ state: CredentialState) -> Verdict<CredentialState> {
        switch state {
        case .locked: .unchanged(because: "a locked credential stays locked")
        case .active, .inactive, .requested, .expired, .aborted, .returned: already(state)
        }
    }

    private static func already(_ state: CredentialState) -> Verdict<CredentialState> {
        .unchanged(because: "is \(state.rawValue)")
    }
}
