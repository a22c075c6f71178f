import Ground
import Identity
import LDAP
import Testing

/// What plans say of certificates that others have a part in, and of what was born waiting.
@Suite struct CertificatePlanTests {
    private static let disputed = CertificateTies(others: [], isDisputed: true)

    private static func shared(_ state: UserState, _ names: String...) -> CertificateTies {
        CertificateTies(
            others: names.map { CertificateTies.Holder(username: $0, state: state) },
            isDisputed: false)
    }

    private func certificate(_ standing: Certificate.Standing = .valid) -> Certificate {
        Certificate(
            id: 4, user: 1, credential: nil,
            content: Certificate.Content(
                serial: "0A", issuer: "CN=Example CA", subject: "CN=Ada",
                notBefore: Timestamp(seconds: 0), notAfter: PlanWorld.start,
                fingerprint: [UInt8](repeating: 1, count: 32)),
            standing: standing)
    }

    private func subject(
        _ state: UserState, _ standing: Certificate.Standing, _ ties: CertificateTies?,
        isWaiting: Bool = false
    ) -> PlanSubject {
        var waiting = PlanSubject.Waiting()
        if isWaiting {
            waiting.certificates = [4]
            waiting.credentials = [5]
        }
        return PlanSubject(
            username: "ada", dn: StoredDN(text: PlanWorld.dn), entryID: PlanWorld.entryID,
            state: state,
            roles: [],
            credentials: isWaiting
                ? [
                    Credential(
                        id: 5, user: 1, kind: .mobileID, serial: "M", state: .inactive,
                        changedBy: nil)
                ] : [],
            certificates: [certificate(standing)], ties: ties.map { [4: $0] } ?? [:],
            waiting: waiting)
    }

    private func lock(_ ties: CertificateTies?) -> Plan {
        WithdrawalPlanner(
            useCase: .lock, subject: subject(.active, .valid, ties), revocation: .superseded,
            writes: [],
            withoutValue: [], view: PlanWorld().view, others: [], clock: PlanWorld.start
        ).plan()
    }

    @Test(
        arguments: [
            (nil, "valid → revoked (superseded)"),
            (shared(.active, "ben"), "ben has it too, valid → revoked (superseded)"),
            (
                shared(.active, "ben", "cleo"),
                "ben and cleo have it too, valid → revoked (superseded)"
            ),
            (
                shared(.active, "a", "b", "c", "d", "e"),
                "a and b and c and 2 more have it too, valid → revoked (superseded)"
            ),
            (shared(.active, "a → b"), "a  b has it too, valid → revoked (superseded)"),
        ] as [(CertificateTies?, String)])
    func `who else has a certificate is said where it is revoked`(
        ties: CertificateTies?, detail: String
    ) {
        #expect(lock(ties).steps.filter { $0.kind == .revokeCertificate }.map(\.detail) == [detail])
    }

    @Test func `what the CA has not been told of, and what is disputed, remains`() {
        #expect(
            lock(Self.disputed).remaining.filter { $0.kind == .certificate } == [
                Finding(
                    kind: .certificate, target: "0A",
                    because: "revoked in Lockstep's records: others accept it until the CA has "
                        + "been told"),
                Finding(
                    kind: .certificate, target: "0A",
                    because: "disputed: a different certificate of somebody else has its issuer "
                        + "and serial"),
            ])
    }

    private static let held = Certificate.Standing.onHold(
        Certificate.Held(at: Timestamp(seconds: 5), by: 9))

    @Test(
        arguments: [
            (9, nil, false, true, "onHold → valid"),
            (9, shared(.active, "ben"), false, true, "ben has it too, onHold → valid"),
            (
                9, shared(.inactive, "ben"), false, false,
                "stays on hold: ben has it too, and is not active"
            ),
            (
                9, shared(.locked, "ben"), false, false,
                "stays on hold: ben has it too, and is not active"
            ),
            (8, nil, false, false, "was on hold before the user was deactivated"),
            (nil, nil, false, false, "was on hold before the user was deactivated"),
            // Born on hold, because its holder was born inactive.
            (nil, nil, true, true, "onHold → valid"),
        ] as [(ProcessID?, CertificateTies?, Bool, Bool, String)])
    func `a reactivation releases what this deactivation held, and what only waited`(
        ended: ProcessID?, ties: CertificateTies?, isWaiting: Bool, isReleased: Bool, words: String
    ) {
        let subject = subject(.inactive, Self.held, ties, isWaiting: isWaiting)
        let plan = FollowingPlanner(
            useCase: .reactivate, subject: subject, ended: ended, clock: PlanWorld.start
        ).plan()
        let released = plan.steps.filter { $0.kind == .releaseCertificate }.map(\.detail)
        let kept = plan.unchanged.filter { $0.kind == .certificate }.map(\.because)
        #expect(released == (isReleased ? [words] : []))
        #expect(kept == (isReleased ? [] : [words]))
        let activated = plan.steps.filter { $0.kind == .activateCredential }.map(\.detail)
        #expect(activated == (isWaiting ? ["mobile ID, inactive → active"] : []))
    }

    @Test func `what was born waiting is released by an operator's reactivation, too`() {
        let planner = RestorationPlanner(
            useCase: .reactivate, subject: subject(.inactive, Self.held, nil, isWaiting: true),
            withdrawn: PlanWorld().withdrawn, restoresRoles: false, defaultGroups: [], writes: [],
            withoutValue: [], view: PlanWorld().view, clock: PlanWorld.start)
        #expect(
            planner.plan().wishes.prefix(3) == [
                "reactivateUser ada", "activateCredential M", "releaseCertificate 0A",
            ])
    }
}
