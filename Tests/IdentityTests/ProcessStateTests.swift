import Ground
import Identity
import LDAP
import Testing

/// What a process is called by where it stands, and whether anything is left of it.
@Suite struct ProcessStateTests {
    private func process(
        _ useCase: UseCase = .lock, _ state: ProcessState = .open, isWritten: Bool = true
    ) -> IdentityProcess {
        IdentityProcess(
            id: 1, useCase: useCase, user: 1, reason: "misuse", reasonText: "Misuse",
            revocation: nil, note: nil, at: PlanWorld.start,
            by: Operator(login: "alice", host: "admin.example", terminal: nil), forced: false,
            state: state, enforced: nil, policy: nil, unchanged: [], remaining: [],
            steps: isWritten
                ? [
                    Step(
                        process: 1, ordinal: 0, target: PlanWorld.dn,
                        work: .remote(DisableEntry(PlanWorld.entryID)), state: .pending)
                ] : [])
    }

    private static let states: [(ProcessState, Outcome, Bool)] = [
        (.requested, .requested, false), (.open, .partial, true), (.completed, .completed, false),
        (.partial, .partial, true), (.superseded, .unchanged, false),
        (.rejected, .refused, false), (.withdrawn, .refused, false), (.expired, .refused, false),
        (.refused, .refused, false),
    ]

    @Test(arguments: states)
    func `each state has its outcome, and two of them are gone on with`(
        state: ProcessState, outcome: Outcome, isUnfinished: Bool
    ) {
        #expect(process(.lock, state).outcome == outcome)
        #expect(process(.lock, state).isUnfinished == isUnfinished)
    }

    @Test func `the table has every state`() {
        #expect(Set(Self.states.map(\.0)) == Set(ProcessState.allCases))
    }

    @Test(arguments: [
        (UseCase.lock, true, true), (.lock, false, true), (.deactivate, true, true),
        (.deactivate, false, false), (.reactivate, true, false), (.unlock, true, false),
        (.restoreRoles, true, false),
    ])
    func `a lock strips groups, and a deactivation that the directory did not begin`(
        useCase: UseCase, isWritten: Bool, strips: Bool
    ) {
        #expect(process(useCase, isWritten: isWritten).stripsGroups == strips)
    }

    @Test(arguments: [
        (StepState.planned, false), (.pending, true), (.done, false), (.failed, true),
        (.superseded, false),
    ])
    func `a retry takes what is pending or failed, and never what is superseded`(
        state: StepState, isTaken: Bool
    ) {
        let step = Step(
            process: 1, ordinal: 0, target: "", work: .remote(Verify(PlanWorld.entryID)),
            state: state)
        #expect(step.isUnfinished == isTaken)
    }
}
