import Ground
import Identity
import Testing

extension CertificateID: ExpressibleByIntegerLiteral {
    package init(integerLiteral: Int64) { self.init(rawValue: integerLiteral) }
}

extension CredentialID: ExpressibleByIntegerLiteral {
    package init(integerLiteral: Int64) { self.init(rawValue: integerLiteral) }
}

extension ProcessID: ExpressibleByIntegerLiteral {
    package init(integerLiteral: Int64) { self.init(rawValue: integerLiteral) }
}

/// Every cell: what is known of a certificate, what the CA is said to have done, and who has it.
@Suite struct CertificateArrivalTests {
    private static let clock = Timestamp(seconds: 1_800_000_000)
    private typealias Standing = Certificate.Standing
    private typealias Holder = CertificateArrival.Holder

    private static let held = Certificate.Held(at: Timestamp(seconds: 2_000), by: 3)
    private static let ofTheCA = Certificate.Held(at: Timestamp(seconds: 3_000), by: nil)
    private static let first = Certificate.Revocation(
        reason: .superseded, at: Timestamp(seconds: 4_000), by: nil)
    private static let second = Certificate.Revocation(
        reason: .keyCompromise, at: Timestamp(seconds: 1_000), by: nil)
    private static let locked = Holder.locked(process: 7, revocation: .affiliationChanged)
    private static let lock = Certificate.Revocation(
        reason: .affiliationChanged, at: clock, by: 7)
    private static let deactivation = Certificate.Held(at: clock, by: 5)

    private static let ofActive: [(Standing?, Standing?, Verdict<Standing>)] = [
        (nil, nil, .become(.valid)),
        (nil, .valid, .become(.valid)),
        (nil, .onHold(ofTheCA), .become(.onHold(ofTheCA))),
        (nil, .revoked(second, held: nil), .become(.revoked(second, held: nil))),
        (.valid, nil, .unchanged(because: "stands so already")),
        (.valid, .valid, .unchanged(because: "stands so already")),
        (.valid, .onHold(ofTheCA), .become(.onHold(ofTheCA))),
        (.valid, .revoked(second, held: nil), .become(.revoked(second, held: nil))),
        (.onHold(held), nil, .unchanged(because: "stands so already")),
        (.onHold(held), .valid, .refused(because: "is on hold since 1970-01-01T00:33:20Z")),
        (
            .onHold(held), .onHold(ofTheCA),
            .become(.onHold(Certificate.Held(at: held.at, by: nil)))
        ),
        (.onHold(held), .revoked(second, held: nil), .become(.revoked(second, held: held))),
        (.revoked(first, held: held), nil, .unchanged(because: "stands so already")),
        (
            .revoked(first, held: nil), .valid,
            .refused(because: "is revoked (superseded) since 1970-01-01T01:06:40Z")
        ),
        (
            .revoked(first, held: nil), .onHold(ofTheCA),
            .refused(because: "is revoked (superseded) since 1970-01-01T01:06:40Z")
        ),
        (
            .revoked(first, held: nil), .revoked(second, held: nil),
            .unchanged(because: "stands so already")
        ),
    ]

    @Test(arguments: ofActive)
    func `on an active user it stands as the CA has it, and the first revocation stays`(
        known: Certificate.Standing?, wish: Certificate.Standing?,
        verdict: Verdict<Certificate.Standing>
    ) {
        #expect(Self.verdict(known, wish, .active) == verdict)
    }

    private static let ofOthers: [(Holder, Standing?, Standing?, Verdict<Standing>)] = [
        (locked, nil, nil, .become(.revoked(lock, held: nil))),
        (locked, nil, .onHold(ofTheCA), .become(.revoked(lock, held: ofTheCA))),
        (locked, .valid, nil, .become(.revoked(lock, held: nil))),
        (locked, .onHold(held), nil, .become(.revoked(lock, held: held))),
        (
            locked, .revoked(first, held: nil), nil,
            .unchanged(because: "stands so already")
        ),
        (locked, .valid, .revoked(first, held: nil), .become(.revoked(first, held: nil))),
        (.inactive(process: 5), nil, nil, .become(.onHold(deactivation))),
        (.inactive(process: 5), .valid, nil, .become(.onHold(deactivation))),
        (
            .inactive(process: 5), .onHold(held), nil,
            .unchanged(because: "stands so already")
        ),
        (
            .inactive(process: 5), nil, .onHold(ofTheCA),
            .become(.onHold(ofTheCA))
        ),
        (
            .inactive(process: nil), nil, nil,
            .become(.onHold(Certificate.Held(at: clock, by: nil)))
        ),
        (
            .inactive(process: 5), .revoked(first, held: nil), nil,
            .unchanged(because: "stands so already")
        ),
    ]

    @Test(arguments: ofOthers)
    func `on a locked user it is revoked, on an inactive one on hold`(
        holder: CertificateArrival.Holder, known: Certificate.Standing?,
        wish: Certificate.Standing?, verdict: Verdict<Certificate.Standing>
    ) {
        #expect(Self.verdict(known, wish, holder) == verdict)
    }

    @Test(arguments: [CertificateArrival.Holder.active, locked, .inactive(process: 5)])
    func `what is past its end comes alive nowhere, and is revoked by no lock`(
        holder: CertificateArrival.Holder
    ) {
        let end = Self.clock.advanced(by: -1)
        let verdict = CertificateArrival.verdict(
            known: nil, wish: nil, holder: holder, notAfter: end, clock: Self.clock)
        #expect(verdict == .become(.valid))
        #expect(Standing.valid.state(notAfter: end, at: Self.clock) == .expired)
        #expect(Standing.onHold(Self.held).state(notAfter: end, at: Self.clock) == .expired)
        #expect(
            Standing.revoked(Self.first, held: nil).state(notAfter: end, at: Self.clock) == .revoked
        )
    }

    private static func verdict(
        _ known: Standing?, _ wish: Standing?, _ holder: Holder
    ) -> Verdict<Standing> {
        CertificateArrival.verdict(
            known: known, wish: wish, holder: holder, notAfter: clock, clock: clock)
    }
}
