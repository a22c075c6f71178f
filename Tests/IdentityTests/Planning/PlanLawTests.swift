import Ground
import Identity
import LDAP
import Testing

/// The two laws: the plan of equal states is empty, and after carrying a plan out the next one is.
///
/// A deactivation of who is inactive and a reactivation of who is active are not begun at all
/// (``UserRule``); what is planned for them changes nothing.
@Suite struct PlanLawTests {
    private static let sequences: [[UseCase]] = [
        [.lock], [.deactivate], [.deactivate, .lock], [.lock, .unlock], [.deactivate, .reactivate],
        [.lock, .unlock, .lock], [.deactivate, .reactivate, .lock, .unlock, .deactivate],
        [.deactivate, .lock, .unlock, .deactivate, .reactivate],
    ]

    /// Somebody with one of everything.
    private func everything() -> PlanWorld {
        var world = PlanWorld(["boats", "keepers"])
        world.attributes = ["employeeType": ["staff"], "title": ["Keeper"]]
        world.credentials = CredentialState.allCases.enumerated().map { index, state in
            Credential(
                id: CredentialID(rawValue: Int64(index)), user: 1, kind: .card, serial: "\(index)",
                state: state,
                changedBy: nil)
        }
        let standings: [Certificate.Standing] = [
            .valid, .onHold(Certificate.Held(at: Timestamp(seconds: 1), by: nil)),
            .revoked(
                Certificate.Revocation(
                    reason: .superseded, at: Timestamp(seconds: 2), by: nil), held: nil),
        ]
        world.certificates = standings.enumerated().map { index, standing in
            Certificate(
                id: CertificateID(rawValue: Int64(index)), user: 1, credential: nil,
                content: Certificate.Content(
                    serial: "0\(index)", issuer: "CN=Example CA", subject: "CN=Ada",
                    notBefore: Timestamp(seconds: 0),
                    notAfter: PlanWorld.start.advanced(by: 86_400),
                    fingerprint: [UInt8](repeating: UInt8(index), count: 32)),
                standing: standing)
        }
        return world
    }

    private func writes(_ useCase: UseCase) -> [AttributeWrite] {
        switch useCase {
        case .lock: [PlanWorld.write("employeeType", "left"), PlanWorld.write("description", "x")]
        case .deactivate: [PlanWorld.write("employeeType", "away"), PlanWorld.write("title")]
        case .reactivate, .unlock, .restoreRoles: []
        }
    }

    private func after(_ sequence: [UseCase], restoresRoles: Bool = false) -> PlanWorld {
        var world = everything()
        for useCase in sequence {
            world.carryOut(useCase, writing: writes(useCase), restoresRoles: restoresRoles)
        }
        return world
    }

    @Test(arguments: sequences)
    func `after carrying a plan out the next one changes nothing`(sequence: [UseCase]) throws {
        let world = after(sequence)
        let last = try #require(sequence.last)
        let next = world.plan(last, writing: writes(last))
        if last == .lock { #expect(next.steps == []) }
        if last != .unlock {
            var again = world
            again.carryOut(next, last)
            #expect(again.seen == world.seen)
        }
        switch UserRule.verdict(on: last, of: world.state) {
        case .become: Issue.record("\(last.word) would be begun again")
        case .unchanged, .refused: break
        }
    }

    @Test(arguments: [UseCase.deactivate, .reactivate])
    func `a change that the directory made is followed once`(useCase: UseCase) {
        var world = everything()
        world.carryOut(world.following(.deactivate), .deactivate)
        if useCase == .reactivate {
            world.carryOut(world.following(.reactivate), .reactivate)
            #expect(world.seen == everything().seen)
        }
        #expect(world.following(useCase).steps == [])
    }

    @Test(arguments: [
        [UseCase.lock, .unlock], [.deactivate, .reactivate], [.deactivate, .lock, .unlock],
        [.lock, .unlock, .lock, .unlock], [.deactivate, .reactivate, .lock, .unlock],
        [.lock, .unlock, .deactivate, .reactivate],
    ])
    func `what was taken and nobody changed is given back, the roles when they are asked for`(
        sequence: [UseCase]
    ) {
        let (before, world) = (everything(), after(sequence, restoresRoles: true))
        #expect(world.attributes == before.attributes)
        #expect(world.groups == before.groups)
        #expect(world.roles == before.roles)
        #expect(!world.isDisabled)
        let without = after(sequence)
        #expect(without.attributes == before.attributes)
        #expect(without.groups == [])
    }

    @Test func `a lock and its unlock leave what was locked and revoked`() {
        let (before, world) = (everything(), after([.lock, .unlock]))
        for (then, now) in zip(before.credentials, world.credentials) {
            let expected: CredentialState =
                switch then.state {
                case .active, .inactive: .locked
                case .requested: .aborted
                case .locked, .expired, .aborted, .returned: then.state
                }
            #expect(now.state == expected)
        }
        #expect(world.certificates.allSatisfy { $0.revocation != nil })
    }

    @Test func `a deactivation and its end leave credentials and certificates as they were`() {
        let (before, world) = (everything(), after([.deactivate, .reactivate]))
        #expect(world.credentials.map(\.state) == before.credentials.map(\.state))
        #expect(world.certificates.map(\.standing) == before.certificates.map(\.standing))
    }

    @Test func `roles that an unlock left withdrawn come back once`() {
        var world = after([.lock, .unlock])
        #expect(world.groups == [])
        let plan = world.plan(.restoreRoles)
        #expect(
            plan.wishes == ["boats", "keepers"].map { "addToGroup \(PlanWorld.group($0))" })
        world.carryOut(plan, .restoreRoles)
        #expect(world.groups == ["boats", "keepers"])
        #expect(world.withheld.flatMap(\.groups) == [])
        #expect(world.plan(.restoreRoles).steps == [])
    }

    // MARK: Drift

    @Test func `who was enabled and put into a group again is locked again, and nothing else is`() {
        var world = after([.lock])
        world.attributes["pwdAccountLockedTime"] = nil
        world.attributes["pwdEndTime"] = nil
        world.attributes["employeeType"] = ["staff"]
        world.groups = ["boats"]
        world.roles = ["boats"]
        let repair = world.plan(.lock, writing: writes(.lock))
        #expect(
            repair.wishes == [
                "withdrawRole boats", "disableEntry \(PlanWorld.dn)",
                "removeFromGroup \(PlanWorld.group("boats"))",
            ])
        world.carryOut(repair, .lock)
        #expect(world.isDisabled && world.groups == [] && world.roles == [])
        // What others wrote since stays.
        #expect(world.attributes["employeeType"] == ["staff"])
        #expect(world.plan(.lock, writing: writes(.lock)).steps == [])
        #expect(world.standing == 1)
    }

    @Test func `after the repair of drift an unlock gives back what the first lock took`() {
        var world = after([.lock])
        world.attributes["pwdAccountLockedTime"] = nil
        world.attributes["pwdEndTime"] = nil
        world.carryOut(.lock)
        world.carryOut(.unlock, restoresRoles: true)
        #expect(world.attributes == everything().attributes)
        #expect(world.groups == ["boats", "keepers"])
    }

    // MARK: What a newer process superseded

    @Test(arguments: [UseCase.unlock, .reactivate])
    func `a group that was still to be stripped is stripped by what ends the process`(
        useCase: UseCase
    ) {
        var world = everything()
        world.carryOut(useCase == .unlock ? .lock : .deactivate, leaving: [.removeFromGroup])
        #expect(world.groups == ["boats", "keepers"])
        var asked = world
        world.carryOut(useCase)
        #expect(world.groups == [] && world.roles == [])
        // Unless the roles are asked for: then nobody ever left.
        let plan = asked.plan(useCase, restoresRoles: true)
        #expect(!plan.wishes.contains { $0.hasPrefix("removeFromGroup") })
        asked.carryOut(plan, useCase)
        #expect(asked.groups == ["boats", "keepers"] && asked.roles == ["boats", "keepers"])
    }

    @Test(arguments: [UseCase.unlock, .reactivate])
    func `a group of a default role that was never left is not stripped`(useCase: UseCase) {
        var world = everything()
        world.defaultRoles = ["boats"]
        world.carryOut(useCase == .unlock ? .lock : .deactivate, leaving: [.removeFromGroup])
        world.carryOut(useCase)
        #expect(world.groups == ["boats"] && world.roles == ["boats"])
    }

    @Test func `an unlock before the directory was reached undoes nothing that was not done`() {
        var world = everything()
        world.carryOut(
            .lock, writing: writes(.lock), leaving: [.disableEntry, .writeReason, .removeFromGroup])
        #expect(world.seen.attributes == everything().attributes)
        let plan = world.plan(.unlock, restoresRoles: true)
        #expect(
            plan.wishes == ["unlockUser ada"]
                + ["boats", "keepers"].map { "addToGroup \(PlanWorld.group($0))" })
        #expect(
            plan.unchanged.contains(
                Finding(
                    kind: .entry, target: PlanWorld.dn,
                    because: "was never disabled by what is undone here")))
        world.carryOut(plan, .unlock)
        #expect(world.attributes == everything().attributes)
    }

    @Test
    func `an attribute that an unlock did not come to give back is given back by the next lock`() {
        var world = everything()
        world.carryOut(.lock, writing: writes(.lock))
        world.carryOut(.unlock, leaving: [.restoreAttributes])
        #expect(world.attributes["employeeType"] == ["left"])
        let lock = world.plan(.lock, writing: [PlanWorld.write("title", "none")])
        #expect(lock.wishes.contains("restoreAttributes \(PlanWorld.dn)"))
        world.carryOut(lock, .lock)
        #expect(world.attributes["employeeType"] == ["staff"])
        #expect(world.attributes["description"] == nil)
        world.carryOut(.unlock)
        #expect(world.attributes == everything().attributes)
    }
}
