import Ground
import Identity
import Testing

/// Every cell of the state machine: what becomes of a certificate, and why.
@Suite struct CertificateRuleTests {
    private static let clock = Timestamp(seconds: 1_800_000_000)
    private typealias Cell = (
        UseCase, CertificateState, ours: Bool, Verdict<CertificateState>
    )

    private static func stays(_ because: String) -> Verdict<CertificateState> {
        .unchanged(because: because)
    }

    private static let live: [Cell] = [
        (.lock, .valid, false, .become(.revoked)),
        (.lock, .onHold, false, .become(.revoked)),
        (.lock, .revoked, false, stays("is revoked already")),
        (.deactivate, .valid, false, .become(.onHold)),
        (.deactivate, .onHold, false, stays("is on hold already")),
        (.deactivate, .revoked, false, stays("is revoked already")),
        (.reactivate, .valid, true, stays("is valid")),
        (.reactivate, .onHold, true, .become(.valid)),
        (
            .reactivate, .onHold, false,
            stays("was on hold before the user was deactivated")
        ),
        (.reactivate, .revoked, true, stays("is revoked already")),
        (.unlock, .valid, true, stays("is valid")),
        (.unlock, .onHold, true, stays("is on hold")),
        (.unlock, .revoked, true, stays("is revoked already")),
        (.restoreRoles, .valid, true, stays("is valid")),
        (.restoreRoles, .onHold, true, stays("is on hold")),
        (.restoreRoles, .revoked, true, stays("is revoked already")),
    ]

    @Test(arguments: live)
    func `a live certificate follows the state machine`(
        useCase: UseCase, state: CertificateState, ours: Bool, verdict: Verdict<CertificateState>
    ) {
        // It is alive in the second of its notAfter.
        let found = CertificateRule.verdict(
            on: useCase, of: state, notAfter: Self.clock, clock: Self.clock, ours: ours)
        #expect(found == verdict)
    }

    @Test func `what somebody else who is not active has, too, stays on hold`() {
        func verdict(_ useCase: UseCase, _ state: CertificateState, ours: Bool) -> Verdict<
            CertificateState
        > {
            CertificateRule.verdict(
                on: useCase, of: state, notAfter: Self.clock, clock: Self.clock, ours: ours,
                keptBy: "ben")
        }
        #expect(
            verdict(.reactivate, .onHold, ours: true)
                == Self.stays("stays on hold: ben has it too, and is not active"))
        #expect(
            verdict(.reactivate, .onHold, ours: false)
                == Self.stays("was on hold before the user was deactivated"))
        #expect(verdict(.lock, .valid, ours: false) == .become(.revoked))
        #expect(verdict(.deactivate, .valid, ours: false) == .become(.onHold))
    }

    @Test(arguments: UseCase.allCases, [CertificateState.valid, .onHold, .expired])
    func `an expired certificate is skipped by the process's one clock`(
        useCase: UseCase, state: CertificateState
    ) {
        let verdict = CertificateRule.verdict(
            on: useCase, of: state, notAfter: Self.clock.advanced(by: -1), clock: Self.clock,
            ours: true)
        #expect(verdict == Self.stays("expired at 2027-01-15T07:59:59Z: skipped"))
    }

    @Test(arguments: UseCase.allCases)
    func `a revoked certificate stays revoked when it is past its notAfter`(useCase: UseCase) {
        let verdict = CertificateRule.verdict(
            on: useCase, of: .revoked, notAfter: Self.clock.advanced(by: -1), clock: Self.clock)
        #expect(verdict == Self.stays("is revoked already"))
    }
}
