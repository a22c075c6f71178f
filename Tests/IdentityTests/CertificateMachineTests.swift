import Ground
import Identity
import Testing

/// The state machine of certificates as the contract's table has it, as ``StateMachineTests``.
@Suite struct CertificateMachineTests {
    typealias Cell = StateMachineCell

    static let certificates: [Cell<CertificateState>] = [
        Cell(.valid, .lock, "revoked (the reason's code)", .revoked),
        Cell(.valid, .deactivate, "onHold (6)", .onHold),
        Cell(.valid, .reactivate, "valid, if this deactivation held it", .valid),
        Cell(.valid, .unlock, "stays revoked", .revoked),
        Cell(.onHold, .lock, "revoked (the reason's code, never 6); both times kept", .revoked),
        Cell(.onHold, .deactivate, "unchanged", .onHold),
        Cell(.onHold, .reactivate, "", .onHold),
        Cell(.onHold, .unlock, "stays revoked", .revoked),
        Cell(.revoked, .lock, "unchanged: first reason and time win", .revoked),
        Cell(.revoked, .deactivate, "unchanged", .revoked),
        Cell(.revoked, .reactivate, "unchanged", .revoked),
        Cell(.revoked, .unlock, "unchanged", .revoked),
        Cell(.expired, .lock, "unchanged, reported as skipped", .expired),
        Cell(.expired, .deactivate, "unchanged", .expired),
        Cell(.expired, .reactivate, "unchanged", .expired),
        Cell(.expired, .unlock, "", .expired),
    ]

    @Test(arguments: certificates)
    func `certificate`(cell: Cell<CertificateState>) {
        var world = PlanWorld()
        world.certificates = [certificate(cell.from)]
        let before = world.certificates[0]
        world.arrive(at: cell.useCase)
        let after = world.certificates[0]
        #expect(after.state(at: world.now) == cell.becomes)
        #expect((after.user, after.credential) == (before.user, before.credential))
        // The hold that was there before is kept, whatever came.
        if cell.from == .onHold { #expect(after.held == Self.held) }
        switch (cell.from, cell.becomes) {
        case (.valid, .revoked), (.onHold, .revoked):
            #expect(
                after.revocation
                    == Certificate.Revocation(
                        reason: PlanWorld.lockReason, at: PlanWorld.start, by: 1))
        case (.revoked, _): #expect(after.revocation == Self.revocation)
        default: #expect(after.revocation == nil)
        }
    }

    @Test(arguments: [UseCase.lock, .deactivate, .reactivate, .unlock])
    func `expired is reported as skipped`(useCase: UseCase) {
        var world = PlanWorld()
        world.certificates = [certificate(.expired)]
        switch useCase {
        case .unlock: world.carryOut(.lock)
        case .reactivate: world.carryOut(.deactivate)
        case .lock, .deactivate, .restoreRoles: break
        }
        let findings = world.plan(useCase).unchanged.filter { $0.kind == .certificate }
        #expect(findings.map(\.because) == ["expired at 2027-01-15T07:59:59Z: skipped"])
    }

    @Test func `expired is decided by the process's one clock reading`() {
        var world = PlanWorld()
        let end = PlanWorld.start.advanced(by: 30)
        world.certificates = [certificate(.valid, notAfter: end)]
        let plan = world.plan(.lock)
        // Begun later than it was planned: the plan's clock is the process's.
        world.now = end.advanced(by: 3600)
        #expect(plan.wishes.contains("revokeCertificate 0A"))
        #expect(!world.plan(.lock).wishes.contains("revokeCertificate 0A"))
    }

    @Test func `a revoked certificate never reads expired`() {
        var world = PlanWorld()
        world.certificates = [certificate(.valid)]
        world.carryOut(.lock)
        for later: Int64 in [0, 1, 86_400 * 36_500] {
            #expect(world.certificates[0].state(at: world.now.advanced(by: later)) == .revoked)
        }
    }

    @Test func `a certificate that the lock skipped by a wrong clock is revoked by the next lock`()
    {
        var world = PlanWorld()
        world.certificates = [certificate(.valid, notAfter: PlanWorld.start.advanced(by: 600))]
        world.now = PlanWorld.start.advanced(by: 86_400)
        world.carryOut(.lock)
        #expect(world.certificates[0].standing == .valid)
        world.now = PlanWorld.start
        world.carryOut(.lock)
        #expect(world.certificates[0].state(at: world.now) == .revoked)
    }

    @Test func `a lock's reason that revokes is never certificateHold`() {
        // What a lock reason may name is checked where it is read: ConfigurationTests.
        #expect(RevocationReason.certificateHold.code == 6)
        #expect(PlanWorld.lockReason.code != 6)
    }

    private static let held = Certificate.Held(at: Timestamp(seconds: 1_000), by: nil)
    private static let revocation = Certificate.Revocation(
        reason: .superseded, at: Timestamp(seconds: 2_000), by: nil)

    private func certificate(
        _ state: CertificateState, notAfter: Timestamp = PlanWorld.start.advanced(by: 86_400)
    ) -> Certificate {
        let end = state == .expired ? PlanWorld.start.advanced(by: -1) : notAfter
        let standing: Certificate.Standing =
            switch state {
            case .valid, .expired: .valid
            case .onHold: .onHold(Self.held)
            case .revoked: .revoked(Self.revocation, held: nil)
            }
        return Certificate(
            id: 1, user: 1, credential: 3,
            content: Certificate.Content(
                serial: "0A", issuer: "CN=Example CA", subject: "CN=Ada Ljósberg",
                notBefore: Timestamp(seconds: 0), notAfter: end,
                fingerprint: [UInt8](repeating: 1, count: 32)),
            standing: standing)
    }
}
