import Identity
import Testing

@Suite struct UserRuleTests {
    @Test(arguments: [
        (UseCase.lock, UserState.active, Verdict<UserState>.become(.locked)),
        (.lock, .inactive, .become(.locked)),
        (.lock, .locked, .unchanged(because: "already locked")),
        (.deactivate, .active, .become(.inactive)),
        (.deactivate, .inactive, .unchanged(because: "already inactive")),
        (
            .deactivate, .locked,
            .refused(because: "the user is locked: only an unlock ends that")
        ),
        (.reactivate, .active, .unchanged(because: "already active")),
        (.reactivate, .inactive, .become(.active)),
        (
            .reactivate, .locked,
            .refused(because: "the user is locked: only an unlock ends that")
        ),
        (.unlock, .active, .refused(because: "the user is not locked")),
        (.unlock, .inactive, .refused(because: "the user is not locked")),
        (.unlock, .locked, .become(.active)),
        (.restoreRoles, .active, .unchanged(because: "stays active")),
        (.restoreRoles, .inactive, .refused(because: "the user is not active")),
        (.restoreRoles, .locked, .refused(because: "the user is not active")),
    ])
    func `a user's state follows the state machine`(
        useCase: UseCase, state: UserState, verdict: Verdict<UserState>
    ) {
        #expect(UserRule.verdict(on: useCase, of: state) == verdict)
    }

    @Test(arguments: UseCase.allCases, UserState.allCases)
    func `an operator's deactivation takes over what the directory began, and nothing else does`(
        useCase: UseCase, state: UserState
    ) {
        let verdict = UserRule.verdict(on: useCase, of: state, followsDirectory: true)
        if (useCase, state) == (.deactivate, .inactive) {
            #expect(verdict == .become(.inactive))
        } else {
            #expect(verdict == UserRule.verdict(on: useCase, of: state))
        }
    }
}
