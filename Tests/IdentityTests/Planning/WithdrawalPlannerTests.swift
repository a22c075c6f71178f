import Ground
import Identity
import LDAP
import Testing

/// What a lock or a deactivation plans, sentence for sentence.
@Suite struct WithdrawalPlannerTests {
    private let dn = PlanWorld.dn

    // MARK: Steps

    @Test
    func `the store comes first, then the disabling, the reason, the groups and the look back`() {
        var lock = PlannedWithdrawal()
        lock.roles = [PlannedWithdrawal.role("boats")]
        lock.groups = [PlannedWithdrawal.group("boats")]
        lock.writes = [PlanWorld.write("employeeType", "left")]
        lock.owed = [
            AttributeRestoration(
                attribute: AttributeName(trusted: "title"), written: [],
                prior: [AttributeValue("Keeper")])
        ]
        #expect(
            lock.plan.steps.map { "\($0.kind.rawValue) \($0.target): \($0.detail)" } == [
                "lockUser ada: active → locked",
                "withdrawRole boats: \(PlanWorld.group("boats"))",
                "disableEntry \(dn): lockedTime: 000001010000Z",
                "restoreAttributes \(dn): title: Keeper",
                "writeReason \(dn): employeeType: left",
                "removeFromGroup \(PlanWorld.group("boats")): member: \(dn)",
                "verify \(dn): the entry and the groups are read back",
            ])
    }

    @Test(arguments: [
        (UseCase.lock, UserState.active, false, "lockUser: active → locked"),
        (.lock, .inactive, false, "lockUser: inactive → locked"),
        (.deactivate, .active, false, "deactivateUser: active → inactive"),
        (
            .deactivate, .inactive, true,
            "deactivateUser: stays inactive, whatever becomes of the account in the directory"
        ),
    ])
    func `the user's own step says from what to what`(
        useCase: UseCase, state: UserState, followsDirectory: Bool, expected: String
    ) throws {
        var plan = PlannedWithdrawal()
        (plan.useCase, plan.state, plan.followsDirectory) = (useCase, state, followsDirectory)
        let step = try #require(plan.plan.steps.first)
        #expect("\(step.kind.rawValue): \(step.detail)" == expected)
    }

    // MARK: The account

    private static let closed = AccountState.disabled(because: "an end date")

    @Test(
        arguments: [
            (.active, .enabled, true, "lockedTime: 000001010000Z"),
            (.active, nil, true, "lockedTime: 000001010000Z"),
            (
                .active, closed, true,
                "is disabled already (an end date); lockedTime: 000001010000Z all the same"
            ),
            (.active, closed, false, "is disabled already (an end date) and stays so"),
            (
                .inactive, closed, true,
                "is disabled already (an end date); lockedTime: 000001010000Z all the same"
            ),
            (.locked, .enabled, true, "lockedTime: 000001010000Z"),
            (
                .locked, closed, true,
                "is disabled already (an end date); lockedTime: 000001010000Z all the same"
            ),
            // Nothing is open.
            (.locked, closed, false, nil),
        ] as [(UserState, AccountState?, Bool, String?)])
    func `a lock always writes its own disabling`(
        state: UserState, account: AccountState?, isOpen: Bool, expected: String?
    ) {
        let found = PlannedWithdrawal.details(.disableEntry) {
            $0.state = state
            $0.account = account
            if !isOpen { $0.disabling = [] }
        }
        #expect(found == [expected].compactMap(\.self))
    }

    @Test(arguments: [DirectoryView.Origin.fresh(nil), .lastSync(why: "hq: connection refused")])
    func
        `an entry that can't be seen is to be disabled by a lock, and is no drift of one that stands`(
            origin: DirectoryView.Origin
        )
    {
        let found = { (state: UserState) in
            PlannedWithdrawal.details(.disableEntry) {
                $0.state = state
                $0.origin = origin
                $0.account = nil
            }
        }
        #expect(found(.active) == ["lockedTime: 000001010000Z"])
        #expect(found(.locked) == [])
    }

    // MARK: What the reason writes

    @Test func `of what a reason writes the step has all and says what changes`() throws {
        var lock = PlannedWithdrawal()
        lock.entry = ["employeeType": "staff", "title": "Keeper"]
        lock.writes = [
            PlanWorld.write("employeeType", "left"), PlanWorld.write("title", "Keeper"),
        ]
        lock.withoutValue = ["description"]
        let plan = lock.plan
        let step = try #require(plan.steps.first { $0.kind == .writeReason })
        #expect(step.work == .remote(WriteReason(lock.writes, to: PlanWorld.entryID)))
        #expect(step.detail == "employeeType: staff → left")
        #expect(
            plan.unchanged.map(\.because) == [
                "description: the reason's template has no value",
                "title: Keeper stands there already",
            ])
    }

    @Test func `a password is never compared with what stands there`() {
        let found = PlannedWithdrawal.details(.writeReason) {
            $0.entry = ["userPassword": "x"]
            $0.writes = [PlanWorld.write("userPassword")]
        }
        #expect(found == ["userPassword: deleted"])
    }

    @Test func `a lock that stands writes no reason and gives nothing back`() {
        var lock = PlannedWithdrawal()
        lock.state = .locked
        lock.writes = [PlanWorld.write("employeeType", "left")]
        lock.withoutValue = ["description"]
        #expect(lock.plan.wishes == ["disableEntry \(dn)"])
        #expect(lock.plan.unchanged.map(\.because) == ["already locked"])
    }

    @Test(
        arguments: [
            ("title", "away", "Keeper", "away", true), ("title", "away", "Keeper", "else", false),
            ("employeeType", "away", "staff", "away", false),
            ("title", "same", "same", "same", false),
        ])
    func `what an earlier process wrote is given back unless it is changed or written again`(
        attribute: String, written: String, prior: String, shown: String, isGiven: Bool
    ) {
        let found = PlannedWithdrawal.details(.restoreAttributes) {
            $0.entry = [attribute: shown]
            $0.writes = [PlanWorld.write("employeeType", "left")]
            $0.owed = [
                AttributeRestoration(
                    attribute: AttributeName(trusted: attribute),
                    written: [AttributeValue(written)], prior: [AttributeValue(prior)])
            ]
        }
        #expect(found == (isGiven ? ["\(attribute): \(prior)"] : []))
    }
}
