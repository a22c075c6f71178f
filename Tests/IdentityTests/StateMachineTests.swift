import Ground
import Identity
import LDAP
import Testing

/// The state machines as the contract's table has them, a test for each cell, named by its words.
///
/// A row begins with the state before a lock or a deactivation. `on reactivate` is what a reactivation
/// makes of that deactivation, `on unlock` what an unlock makes of that lock. A blank cell is *unchanged*.
@Suite struct StateMachineTests {
    typealias Cell = StateMachineCell

    // MARK: Users

    static let users: [Cell<UserState>] = [
        Cell(.active, .lock, "locked", .locked),
        Cell(.active, .deactivate, "inactive", .inactive),
        Cell(.active, .reactivate, "active", .active),
        Cell(.inactive, .lock, "locked", .locked),
        Cell(.inactive, .deactivate, "inactive", .inactive),
        Cell(.inactive, .reactivate, "active", .active),
        Cell(.locked, .lock, "(already locked: a success that changes nothing)", .locked),
        Cell(.locked, .unlock, "active", .active),
    ]

    @Test(arguments: users)
    func `user`(cell: Cell<UserState>) {
        switch UserRule.verdict(on: cell.useCase, of: cell.from) {
        case .become(let state): #expect(state == cell.becomes && state != cell.from)
        case .unchanged: #expect(cell.from == cell.becomes)
        case .refused(let because): Issue.record("refused: \(because)")
        }
    }

    @Test(arguments: [
        Cell(UserState.locked, .deactivate, "refused", .locked),
        Cell(.locked, .reactivate, "refused", .locked),
        Cell(.active, .unlock, "(who is not locked) is refused", .active),
        Cell(.inactive, .unlock, "(who is not locked) is refused", .inactive),
    ])
    func `user, refused with 65`(cell: Cell<UserState>) {
        guard case .refused(let because) = UserRule.verdict(on: cell.useCase, of: cell.from) else {
            Issue.record("not refused")
            return
        }
        #expect(!because.isEmpty)
    }

    @Test(arguments: UseCase.allCases.filter { $0 != .unlock })
    func `locked → active only by the explicit unlock`(useCase: UseCase) {
        let verdict = UserRule.verdict(on: useCase, of: .locked)
        #expect(verdict != .become(.active) && verdict != .become(.inactive))
    }

    // MARK: Credentials

    static let credentials: [Cell<CredentialState>] = [
        Cell(.active, .lock, "locked", .locked),
        Cell(.active, .deactivate, "inactive", .inactive),
        Cell(.active, .reactivate, "active (if this deactivation made it inactive)", .active),
        Cell(.active, .unlock, "stays locked", .locked),
        Cell(.inactive, .lock, "locked", .locked),
        Cell(.inactive, .deactivate, "unchanged", .inactive),
        Cell(.inactive, .reactivate, "", .inactive),
        Cell(.inactive, .unlock, "stays locked", .locked),
        Cell(.requested, .lock, "aborted", .aborted),
        Cell(.requested, .deactivate, "unchanged", .requested),
        Cell(.requested, .reactivate, "", .requested),
        Cell(.requested, .unlock, "", .aborted),
    ]

    /// `locked, expired, aborted, returned`: unchanged in every column.
    static let ended: [Cell<CredentialState>] =
        [.locked, .expired, .aborted, .returned].flatMap { state in
            [UseCase.lock, .deactivate, .reactivate, .unlock].map {
                Cell(state, $0, "unchanged", state)
            }
        }

    @Test(arguments: credentials + ended, CredentialKind.allCases)
    func `card, temporaryCard, virtualSmartcard, mobileID, softToken`(
        cell: Cell<CredentialState>, kind: CredentialKind
    ) {
        var world = PlanWorld()
        world.credentials = [credential(kind, cell.from)]
        world.arrive(at: cell.useCase)
        #expect(world.credentials.map(\.state) == [cell.becomes])
        #expect(world.credentials.map(\.user) == [1])
    }

    @Test(arguments: CredentialKind.allCases)
    func `an inactive card of an active user is no deactivation's to give back`(
        kind: CredentialKind
    ) {
        var world = PlanWorld()
        world.credentials = [credential(kind, .inactive), credential(kind, .active)]
        world.carryOut(.deactivate)
        world.carryOut(.reactivate)
        #expect(world.credentials.map(\.state) == [.inactive, .active])
    }

    @Test func `what a lock of an inactive user locked, the unlock leaves locked`() {
        var world = PlanWorld()
        world.credentials = [credential(.card, .active)]
        for useCase in [UseCase.deactivate, .lock, .unlock] { world.carryOut(useCase) }
        #expect(world.state == .active)
        #expect(world.credentials.map(\.state) == [.locked])
    }

    // MARK: Roles

    struct Roles: Sendable, CustomTestStringConvertible {
        let useCase: UseCase
        let words: String
        var restoresRoles = false
        let groups: Set<String>

        var testDescription: String { "held, on \(useCase.word): \(words)" }
    }

    @Test(arguments: [
        Roles(useCase: .lock, words: "withdrawn, snapshot kept", groups: []),
        Roles(useCase: .deactivate, words: "withdrawn, snapshot kept", groups: []),
        Roles(useCase: .reactivate, words: "default role only (config)", groups: ["everyone"]),
        Roles(
            useCase: .reactivate, words: "--restore-roles for the snapshot", restoresRoles: true,
            groups: ["boats", "everyone", "keepers"]),
        Roles(useCase: .unlock, words: "the same: default role only", groups: ["everyone"]),
        Roles(
            useCase: .unlock, words: "the same: --restore-roles", restoresRoles: true,
            groups: ["boats", "everyone", "keepers"]),
    ])
    func `roles`(row: Roles) {
        var world = PlanWorld(["boats", "keepers"])
        world.defaultRoles = ["everyone"]
        world.arrive(at: row.useCase, restoresRoles: row.restoresRoles)
        #expect(world.groups == row.groups)
        #expect(world.roles == row.groups)
        let snapshot =
            world.withdrawn.groups.map(\.role) + world.withheld.flatMap { $0.groups.map(\.role) }
        #expect(Set(snapshot).union(row.groups).isSuperset(of: ["boats", "keepers"]))
    }

    private func credential(_ kind: CredentialKind, _ state: CredentialState) -> Credential {
        Credential(
            id: state == .active ? 2 : 1, user: 1, kind: kind, serial: "A", state: state,
            changedBy: nil)
    }
}
