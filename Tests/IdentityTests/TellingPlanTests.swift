import Ground
import Identity
import LDAP
import Testing

/// Which CA a plan tells of which certificate, and what it says of those that no CA is told of.
struct TellingPlanTests {
    private static let clock = Timestamp(seconds: 1_000_000)
    private static let staff = KnownAuthority(
        name: "staff-ca", isTold: true, knowsHold: true)
    private static let holdless = KnownAuthority(
        name: "old-ca", isTold: true, knowsHold: false)
    private static let silent = KnownAuthority(
        name: "list-ca", isTold: false, knowsHold: true)

    private static let allIssued: [CertificateID: Vouching] = [
        1: .issued(by: staff), 2: .issued(by: staff), 3: .issued(by: staff),
        4: .issued(by: staff),
    ]

    private static func certificate(
        _ id: Int64, _ standing: Certificate.Standing = .valid, ends: Int64 = 2_000_000
    ) -> Certificate {
        Certificate(
            id: CertificateID(rawValue: id), user: UserID(rawValue: 1), credential: nil,
            content: Certificate.Content(
                serial: "A\(id)", issuer: "CN=Lighthouse CA", subject: "CN=ada",
                notBefore: Timestamp(seconds: 0), notAfter: Timestamp(seconds: ends),
                fingerprint: [UInt8](repeating: UInt8(id), count: 32)),
            standing: standing)
    }

    private static func held(by process: ProcessID? = 7) -> Certificate.Standing {
        .onHold(Certificate.Held(at: Timestamp(seconds: 900_000), by: process))
    }

    private static func revoked(_ reason: RevocationReason) -> Certificate.Standing {
        .revoked(
            Certificate.Revocation(reason: reason, at: Timestamp(seconds: 900_000), by: 7),
            held: nil)
    }

    private func subject(
        _ state: UserState, _ certificates: [Certificate], _ vouching: [CertificateID: Vouching],
        untold: Set<CertificateID> = []
    ) -> PlanSubject {
        PlanSubject(
            username: "ada", dn: "uid=ada", entryID: EntryID("e1"), state: state, roles: [],
            credentials: [], certificates: certificates, vouching: vouching, untold: untold)
    }

    private var view: DirectoryView {
        DirectoryView(
            origin: .fresh(nil), dialect: .directoryServer389, disabling: [], account: nil,
            groups: [], outsideGroups: [], placeholder: nil)
    }

    private func withdrawal(_ useCase: UseCase, _ subject: PlanSubject) -> Plan {
        WithdrawalPlanner(
            useCase: useCase, subject: subject, revocation: .affiliationChanged, writes: [],
            withoutValue: [], view: view, others: [], clock: Self.clock
        ).plan()
    }

    private func told(_ plan: Plan) -> [String] {
        plan.steps.compactMap { step in
            guard case .remote(let work) = step.work, let tell = work as? any TellAuthority else {
                return nil
            }
            return "\(step.kind.rawValue) \(step.target): \(step.detail)"
                + (tell.certificate.fingerprint.count == 32 ? "" : ", without a fingerprint")
        }
    }

    private func remaining(_ plan: Plan) -> [String] {
        plan.remaining.filter { $0.kind == .certificate }.map { "\($0.target) \($0.because)" }
    }

    @Test func `a lock tells of each certificate that it revokes, after the directory's steps`() {
        let subject = subject(
            .active,
            [
                Self.certificate(1), Self.certificate(2, Self.held()),
                Self.certificate(3, Self.revoked(.superseded)), Self.certificate(4, ends: 5),
            ], Self.allIssued)
        let plan = withdrawal(.lock, subject)
        #expect(
            told(plan) == [
                "tellRevocation A1: staff-ca, revoke (affiliationChanged)",
                "tellRevocation A2: staff-ca, revoke (affiliationChanged)",
            ])
        #expect(remaining(plan).isEmpty)
        let kinds = plan.steps.map(\.kind)
        #expect(kinds.suffix(2) == [.tellRevocation, .tellRevocation])
        #expect(kinds.dropLast(2).last == .verify)
    }

    @Test func `nobody is told where nobody vouches for it, and the plan says so`() {
        let subject = subject(
            .active, (1...3).map { Self.certificate($0) },
            [2: .forged("staff-ca"), 3: .issued(by: Self.silent)])
        let plan = withdrawal(.lock, subject)
        #expect(told(plan).isEmpty)
        #expect(
            remaining(plan) == [
                "A1 revoked in Lockstep's records: others accept it until the CA has been told",
                "A2 names staff-ca as its issuer and is not signed by it: no CA is told of it",
                "A3 revoked in Lockstep's records: others accept it until the CA has been told",
            ])
    }

    @Test func `a deactivation tells of holds, but not a CA that knows none`() {
        let subject = subject(
            .active, (1...4).map { Self.certificate($0) },
            [
                1: .issued(by: Self.staff), 2: .issued(by: Self.holdless),
                3: .issued(by: Self.silent),
            ])
        let plan = withdrawal(.deactivate, subject)
        #expect(told(plan) == ["tellHold A1: staff-ca, put on hold"])
        #expect(
            remaining(plan) == [
                "A2 on hold in Lockstep's records: old-ca knows no certificateHold, and others "
                    + "accept it",
                "A3 on hold in Lockstep's records: others accept it until the CA has been told",
            ])
    }

    @Test func `a reactivation tells of what it takes from hold, and of nothing else`() {
        let subject = subject(
            .inactive,
            [Self.certificate(1, Self.held()), Self.certificate(2, Self.held(by: 6))],
            [1: .issued(by: Self.staff), 2: .issued(by: Self.staff)])
        let plan = FollowingPlanner(
            useCase: .reactivate, subject: subject, ended: 7, clock: Self.clock
        ).plan()
        #expect(told(plan) == ["tellRelease A1: staff-ca, take from hold"])
    }

    @Test func `what an earlier process had not told, the newest tells, as it stands now`() {
        let subject = subject(
            .locked,
            [
                Self.certificate(1, Self.revoked(.keyCompromise)),
                Self.certificate(2, Self.revoked(.superseded)),
                Self.certificate(3, Self.held(), ends: 5), Self.certificate(4),
            ], Self.allIssued,
            untold: [1, 3, 4])
        let withdrawn = Withdrawn(
            process: 7, processes: [7], disabledAt: nil, account: nil, attributes: [], groups: [])
        let plan = RestorationPlanner(
            useCase: .unlock, subject: subject, withdrawn: withdrawn, restoresRoles: false,
            defaultGroups: [], writes: [], withoutValue: [], view: view, clock: Self.clock
        ).plan()
        #expect(
            told(plan) == [
                "tellRevocation A1: staff-ca, revoke (keyCompromise), not told yet",
                "tellRelease A4: staff-ca, take from hold, not told yet",
            ])
    }
}
