import Ground
import Identity
import LDAP
import Testing

/// What an unlock, a reactivation and a giving back of roles plan, sentence for sentence.
@Suite struct RestorationPlannerTests {
    private let dn = PlanWorld.dn
    private let boats = PlanWorld.group("boats")

    private func withdrawn(
        _ account: PriorValues? = PriorValues(attributes: []), process: ProcessID? = 7,
        attributes: [AttributeRestoration] = [], groups: [Withdrawn.Group] = []
    ) -> Withdrawn {
        Withdrawn(
            process: process,
            processes: [process].compactMap(\.self).reduce(into: []) { $0.insert($1) },
            disabledAt: account.map { _ in PlanWorld.start }, account: account,
            attributes: attributes, groups: groups)
    }

    private func planner(
        _ withdrawn: Withdrawn, _ useCase: UseCase = .unlock, restoresRoles: Bool = false,
        defaults: [String] = [], _ change: (inout PlanWorld) -> Void = { _ in }
    ) -> RestorationPlanner {
        var world = PlanWorld()
        world.state = useCase == .unlock ? .locked : .inactive
        change(&world)
        return RestorationPlanner(
            useCase: useCase, subject: world.subject, withdrawn: withdrawn,
            restoresRoles: restoresRoles, defaultGroups: defaults.map(PlanWorld.groupView),
            writes: [], withoutValue: [], view: world.view, clock: world.now)
    }

    private func lock(_ world: inout PlanWorld) {
        world.attributes["pwdAccountLockedTime"] = ["000001010000Z"]
        world.attributes["pwdEndTime"] = [
            PlanWorld.start.advanced(by: -86_400).generalizedTime
        ]
    }

    private func texts(_ findings: [Finding], _ kind: Finding.Kind) -> [String] {
        findings.filter { $0.kind == kind }.map(\.because)
    }

    // MARK: Attributes

    @Test(
        arguments: [
            (["left"], ["restoreAttributes \(PlanWorld.dn)"], []),
            (["promoted"], [], ["employeeType: somebody has changed it since"]),
            ([], [], ["employeeType: somebody has changed it since"]),
        ] as [([String], [String], [String])])
    func `an attribute is given back where nobody has changed it since`(
        shown: [String], wishes: [String], kept: [String]
    ) {
        let attribute = AttributeRestoration(
            attribute: AttributeName(trusted: "employeeType"), written: [AttributeValue("left")],
            prior: [AttributeValue("staff")])
        let plan = planner(withdrawn(nil, attributes: [attribute])) {
            $0.attributes = ["employeeType": shown]
        }.plan()
        #expect(plan.wishes == ["unlockUser ada"] + wishes)
        #expect(
            texts(plan.unchanged, .entry) == kept + ["was never disabled by what is undone here"])
    }

    @Test func `the attributes come before the account, so that no sync locks at half the way`() {
        let attribute = AttributeRestoration(
            attribute: AttributeName(trusted: "employeeType"), written: [AttributeValue("left")],
            prior: [])
        let plan = planner(withdrawn(attributes: [attribute])) {
            $0.attributes = ["employeeType": ["left"]]
            lock(&$0)
        }.plan()
        #expect(
            plan.wishes == ["unlockUser ada", "restoreAttributes \(dn)", "enableEntry \(dn)"])
    }

    // MARK: The account

    @Test func `an account that we disabled is enabled`() {
        let plan = planner(withdrawn()) { lock(&$0) }.plan()
        #expect(plan.wishes == ["unlockUser ada", "enableEntry \(dn)"])
        #expect(texts(plan.remaining, .entry) == [])
    }

    @Test func `one that was closed before stays so, and that is all that is written`() {
        let before = PriorValues(
            attributes: [PlanWorld.write("pwdEndTime", "20200101000000Z")])
        let plan = planner(withdrawn(before)) {
            $0.attributes = [
                "pwdAccountLockedTime": ["000001010000Z"], "pwdEndTime": ["20200101000000Z"],
            ]
        }.plan()
        #expect(plan.wishes == ["unlockUser ada", "restoreAttributes \(dn)"])
        #expect(
            texts(plan.remaining, .entry) == [
                "was disabled before the lock and stays so (pwdEndTime: 20200101000000Z)"
            ])
    }

    @Test
    func `one that we never disabled is left alone by an unlock, and said where it is closed`() {
        for isClosed in [true, false] {
            let plan = planner(withdrawn(nil)) { if isClosed { lock(&$0) } }.plan()
            #expect(plan.wishes == ["unlockUser ada"])
            #expect(
                texts(plan.unchanged, .entry) == ["was never disabled by what is undone here"])
            #expect(
                texts(plan.remaining, .entry)
                    == (isClosed
                        ? [
                            "stays disabled (pwdAccountLockedTime: 000001010000Z): not by what is "
                                + "undone here"
                        ] : []))
        }
    }

    @Test(arguments: [true, false])
    func `a reactivation enables who was born disabled, and looks at who was enabled since`(
        isClosed: Bool
    ) {
        let plan = planner(withdrawn(nil, process: nil), .reactivate) {
            if isClosed { lock(&$0) }
        }.plan()
        #expect(plan.wishes == ["reactivateUser ada", "enableEntry \(dn)"])
    }

    // MARK: Groups

    private static func group(_ name: String, isStripped: Bool) -> Withdrawn.Group {
        Withdrawn.Group(
            entryID: EntryID(name), dn: StoredDN(text: PlanWorld.group(name)),
            memberships: [Membership(attribute: PlanWorld.member, value: PlanWorld.dn)],
            isStripped: isStripped, role: name, row: PlanWorld.row(of: name))
    }

    private static let wanted = "addToGroup: boats: member: \(PlanWorld.dn)"

    @Test(
        arguments: [
            (true, true, [], wanted, nil), (true, false, ["boats"], wanted, nil),
            (false, true, [], "addToGroup: boats: never left", nil),
            (false, false, ["boats"], "addToGroup: boats: never left", nil),
            (false, false, [], "removeFromGroup: boats: was still to be stripped", nil),
            (true, false, [], nil, "stays withdrawn; --restore-roles gives it back"),
        ] as [(Bool, Bool, [String], String?, String?)])
    func `what becomes of a group goes by whether it was stripped and whether it is wanted`(
        isStripped: Bool, restoresRoles: Bool, defaults: [String], step: String?, kept: String?
    ) {
        let plan = planner(
            withdrawn(nil, groups: [Self.group("boats", isStripped: isStripped)]),
            restoresRoles: restoresRoles, defaults: defaults
        ).plan()
        let steps = plan.steps.filter { $0.kind.place == .group }
        #expect(
            steps.map { "\($0.kind.rawValue): \($0.detail)" } == [step].compactMap(\.self))
        #expect(texts(plan.unchanged, .role) == [kept].compactMap(\.self))
        #expect(steps.allSatisfy { $0.target == boats })
    }

    @Test func `a default role that the lock did not take is given all the same`() {
        let plan = planner(withdrawn(nil), defaults: ["everyone"]).plan()
        #expect(plan.wishes == ["unlockUser ada", "addToGroup \(PlanWorld.group("everyone"))"])
    }

    // MARK: Roles later

    @Test(
        arguments: [
            ([], [], ["addToGroup \(PlanWorld.group("boats"))"], []),
            (["boats"], [], [], ["is held again already"]),
            ([], ["boats"], [], ["its group can't be found: deleted or hidden"]),
            (["boats"], ["boats"], [], ["is held again already"]),
        ] as [([String], [String], [String], [String])])
    func `a role comes back later unless it is held or its group is gone`(
        held: [String], gone: [String], wishes: [String], kept: [String]
    ) {
        let world = PlanWorld(Set(held))
        let plan = RoleReturnPlanner(
            subject: world.subject,
            withheld: WithheldRoles(
                process: 7, groups: [Self.group("boats", isStripped: true)]),
            gone: Set(gone.map { EntryID($0) }), view: world.view, clock: world.now
        ).plan()
        #expect(plan.wishes == wishes)
        #expect(texts(plan.unchanged, .role) == kept)
        #expect(plan.steps.contains { $0.kind == .verify } == !wishes.isEmpty)
    }
}
