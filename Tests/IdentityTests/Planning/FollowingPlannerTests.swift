import Identity
import Testing

/// What follows from what the directory has done already: nothing is written there.
@Suite struct FollowingPlannerTests {
    private func credential(_ state: CredentialState, changedBy: ProcessID? = nil) -> Credential {
        Credential(
            id: 1, user: 1, kind: .card, serial: "C", state: state, changedBy: changedBy)
    }

    private func plan(
        _ useCase: UseCase, _ state: UserState, _ credential: Credential, ended: ProcessID? = nil,
        isWaiting: Bool = false
    ) -> Plan {
        var world = PlanWorld(["boats"])
        world.state = state
        world.followsDirectory = state == .inactive
        world.credentials = [credential]
        if isWaiting { world.waiting.credentials = [1] }
        return FollowingPlanner(
            useCase: useCase, subject: world.subject, ended: ended, clock: world.now
        ).plan()
    }

    @Test(arguments: UseCase.allCases, UserState.allCases)
    func `nothing is written to the directory, and no membership is lost`(
        useCase: UseCase, state: UserState
    ) {
        let plan = plan(useCase, state, credential(.active))
        #expect(plan.steps.allSatisfy { !$0.kind.isRemote && $0.kind != .withdrawRole })
    }

    @Test(
        arguments: [
            (.active, "deactivateCredential C"), (.inactive, nil), (.requested, nil),
            (.locked, nil), (.expired, nil), (.aborted, nil), (.returned, nil),
        ] as [(CredentialState, String?)])
    func `a deactivation makes the user and what is active inactive`(
        state: CredentialState, step: String?
    ) {
        let wishes = plan(.deactivate, .active, credential(state)).wishes
        #expect(wishes == ["deactivateUser ada"] + [step].compactMap(\.self))
    }

    @Test(
        arguments: [
            (4, 4, false, true), (4, 3, false, false), (nil, 4, false, false),
            (4, nil, false, false), (nil, nil, false, false), (nil, nil, true, true),
            (3, 4, true, true),
        ] as [(ProcessID?, ProcessID?, Bool, Bool)])
    func `a reactivation gives back what the ended deactivation took, and what was born waiting`(
        changedBy: ProcessID?, ended: ProcessID?, isWaiting: Bool, isGiven: Bool
    ) {
        let plan = plan(
            .reactivate, .inactive, credential(.inactive, changedBy: changedBy), ended: ended,
            isWaiting: isWaiting)
        #expect(
            plan.wishes == ["reactivateUser ada"] + (isGiven ? ["activateCredential C"] : []))
    }

    @Test(arguments: [
        (UseCase.deactivate, UserState.inactive, "already inactive"),
        (.reactivate, .active, "already active"),
        (.deactivate, .locked, "the user is locked: only an unlock ends that"),
        (.reactivate, .locked, "the user is locked: only an unlock ends that"),
    ])
    func `what stands already, or is locked, stays as it is`(
        useCase: UseCase, state: UserState, because: String
    ) {
        let plan = plan(useCase, state, credential(.locked))
        #expect(plan.steps == [])
        #expect(plan.unchanged.first?.because == because)
    }
}
