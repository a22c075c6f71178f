import Identity
import Testing

/// Every cell of the state machine: what becomes of a credential, and why.
@Suite struct CredentialRuleTests {
    private typealias Cell = (
        UseCase, CredentialState, ours: Bool, Verdict<CredentialState>
    )

    private static func stays(_ because: String) -> Verdict<CredentialState> {
        .unchanged(because: because)
    }

    private static let onLock: [Cell] = [
        (.lock, .requested, false, .become(.aborted)),
        (.lock, .active, false, .become(.locked)),
        (.lock, .inactive, false, .become(.locked)),
        (.lock, .locked, false, stays("is locked")),
        (.lock, .expired, false, stays("is expired")),
        (.lock, .aborted, false, stays("is aborted")),
        (.lock, .returned, false, stays("is returned")),
    ]

    private static let onDeactivate: [Cell] = [
        (.deactivate, .requested, false, stays("only requested")),
        (.deactivate, .active, false, .become(.inactive)),
        (.deactivate, .inactive, false, stays("is inactive")),
        (.deactivate, .locked, false, stays("is locked")),
        (.deactivate, .expired, false, stays("is expired")),
        (.deactivate, .aborted, false, stays("is aborted")),
        (.deactivate, .returned, false, stays("is returned")),
    ]

    private static let onReactivate: [Cell] = [
        (.reactivate, .requested, true, stays("is requested")),
        (.reactivate, .active, true, stays("is active")),
        (.reactivate, .inactive, true, .become(.active)),
        (
            .reactivate, .inactive, false,
            stays("was inactive before the user was deactivated")
        ),
        (.reactivate, .locked, true, stays("is locked")),
        (.reactivate, .expired, true, stays("is expired")),
        (.reactivate, .aborted, true, stays("is aborted")),
        (.reactivate, .returned, true, stays("is returned")),
    ]

    private static let onUnlock: [Cell] = [
        (.unlock, .requested, true, stays("is requested")),
        (.unlock, .active, true, stays("is active")),
        (.unlock, .inactive, true, stays("is inactive")),
        (.unlock, .locked, true, stays("a locked credential stays locked")),
        (.unlock, .expired, true, stays("is expired")),
        (.unlock, .aborted, true, stays("is aborted")),
        (.unlock, .returned, true, stays("is returned")),
    ]

    @Test(arguments: CredentialState.allCases, [true, false])
    func `giving roles back touches no credential`(state: CredentialState, ours: Bool) {
        #expect(
            CredentialRule.verdict(on: .restoreRoles, of: state, ours: ours)
                == Self.stays("is \(state.rawValue)"))
    }

    @Test(arguments: onLock + onDeactivate + onReactivate + onUnlock)
    func `a credential's state follows the state machine`(
        useCase: UseCase, state: CredentialState, ours: Bool, verdict: Verdict<CredentialState>
    ) {
        #expect(CredentialRule.verdict(on: useCase, of: state, ours: ours) == verdict)
    }
}
