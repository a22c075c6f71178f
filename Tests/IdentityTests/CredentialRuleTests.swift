import Identity
import Testing

@Suite struct CredentialRuleTests {
    @Test(arguments: [
        (CredentialState.active, CredentialState?.some(.locked)),
        (.inactive, .locked), (.requested, .aborted), (.locked, nil), (.expired, nil),
        (.aborted, nil), (.returned, nil),
    ])
    func `a lock locks what could be used and aborts what was asked for`(
        state: CredentialState, becomes: CredentialState?
    ) {
        #expect(target(.lock, state) == becomes)
    }

    @Test(arguments: [
        (CredentialState.active, CredentialState?.some(.inactive)),
        (.inactive, nil), (.requested, nil), (.locked, nil), (.expired, nil), (.aborted, nil),
        (.returned, nil),
    ])
    func `a deactivation takes active credentials out of use`(
        state: CredentialState, becomes: CredentialState?
    ) {
        #expect(target(.deactivate, state) == becomes)
    }

    @Test(arguments: CredentialState.allCases)
    func `a reactivation gives back only what this deactivation took`(state: CredentialState) {
        #expect(target(.reactivate, state, ours: true) == (state == .inactive ? .active : nil))
        #expect(target(.reactivate, state, ours: false) == nil)
    }

    @Test(arguments: CredentialState.allCases)
    func `an unlock brings no credential back`(state: CredentialState) {
        #expect(target(.unlock, state) == nil)
    }

    private func target(
        _ useCase: UseCase, _ state: CredentialState, ours: Bool = false
    ) -> CredentialState? {
        switch CredentialRule.verdict(on: useCase, of: state, ours: ours) {
        case .become(let state): state
        case .unchanged, .refused: nil
        }
    }
}
