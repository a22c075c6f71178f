import Identity
import LDAP
import Testing

@Suite struct CertificateRuleTests {
    private let clock = Timestamp(seconds: 1_800_000_000)

    @Test(arguments: [
        (UseCase.lock, CertificateState.valid, CertificateState?.some(.revoked)),
        (.lock, .onHold, .revoked), (.lock, .revoked, nil),
        (.deactivate, .valid, .onHold), (.deactivate, .onHold, nil), (.deactivate, .revoked, nil),
        (.reactivate, .valid, nil), (.reactivate, .onHold, nil), (.reactivate, .revoked, nil),
        (.unlock, .valid, nil), (.unlock, .onHold, nil), (.unlock, .revoked, nil),
    ])
    func `a live certificate follows the state machine`(
        useCase: UseCase, state: CertificateState, becomes: CertificateState?
    ) {
        #expect(target(useCase, state, notAfter: clock.advanced(by: 1)) == becomes)
    }

    @Test(arguments: UseCase.allCases, CertificateState.allCases)
    func `an expired certificate is skipped by the process's one clock`(
        useCase: UseCase, state: CertificateState
    ) {
        #expect(target(useCase, state, notAfter: clock.advanced(by: -1)) == nil)
    }

    @Test func `a certificate is alive in the second of its notAfter`() {
        #expect(target(.lock, .valid, notAfter: clock) == .revoked)
    }

    @Test func `a reactivation releases what this deactivation put on hold`() {
        let verdict = CertificateRule.verdict(
            on: .reactivate, of: .onHold, notAfter: clock, clock: clock, ours: true)
        #expect(verdict == .become(.valid))
    }

    @Test func `a revoked certificate says why it is left alone`() {
        let verdict = CertificateRule.verdict(
            on: .lock, of: .revoked, notAfter: clock, clock: clock)
        #expect(verdict == .unchanged(because: "is revoked already"))
    }

    private func target(
        _ useCase: UseCase, _ state: CertificateState, notAfter: Timestamp
    ) -> CertificateState? {
        switch CertificateRule.verdict(
            on: useCase, of: state, notAfter: notAfter, clock: clock)
        {
        case .become(let state): state
        case .unchanged, .refused: nil
        }
    }
}
