import Ground
import Testing

@testable import Identity

@Suite struct AuthorityRuleTests {
    private static let early = Timestamp(seconds: 1_700_000_000)
    private static let late = Timestamp(seconds: 1_700_010_000)
    private static let ours = Certificate.Standing.onHold(
        Certificate.Held(at: early, by: ProcessID(rawValue: 7)))
    private static let theirs = Certificate.Standing.onHold(Certificate.Held(at: early, by: nil))

    private static func revoked(
        _ reason: RevocationReason, _ at: Timestamp, by: ProcessID? = nil,
        escalated: Timestamp? = nil, held: Certificate.Held? = nil
    ) -> Certificate.Standing {
        .revoked(
            Certificate.Revocation(reason: reason, at: at, by: by, escalatedAt: escalated),
            held: held)
    }

    private func become(
        _ standing: Certificate.Standing, _ word: AuthorityRule.Word,
        wordAt: Timestamp = late, waits: Bool = false, allows: Certificate.Standing = .valid
    ) -> Certificate.Standing? {
        let verdict = AuthorityRule.verdict(
            on: standing, word, wordAt: wordAt, waits: waits, allows: allows)
        if case .become(let standing) = verdict { return standing }
        return nil
    }

    @Test func `what the authority revoked is revoked with its reason and time`() {
        let word = AuthorityRule.Word.revoked(.cACompromise, at: Self.early)
        #expect(become(.valid, word) == Self.revoked(.cACompromise, Self.early))
        #expect(
            become(Self.ours, word)
                == Self.revoked(.cACompromise, Self.early, held: Self.ours.held))
    }

    @Test func `what the authority holds is on hold, unless it is already or is revoked`() {
        let word = AuthorityRule.Word.onHold(since: Self.early)
        #expect(become(.valid, word) == Self.theirs)
        #expect(become(Self.ours, word) == nil)
        #expect(become(Self.revoked(.superseded, Self.early), word) == nil)
    }

    @Test func `what the authority released is valid, unless something of ours holds it`() {
        #expect(become(Self.theirs, .good) == .valid)
        #expect(become(Self.ours, .good) == nil)
        #expect(become(Self.theirs, .good, waits: true) == nil)
        #expect(become(Self.theirs, .good, allows: Self.ours) == Self.ours)
        #expect(become(.valid, .good) == nil)
        #expect(become(Self.revoked(.superseded, Self.early), .good) == nil)
    }

    @Test func `a list of before the hold does not end it`() {
        let word = Timestamp(seconds: Self.early.seconds - 1)
        #expect(become(Self.theirs, .good, wordAt: word) == nil)
    }

    @Test func `of two revocations the first wins, and a compromise is never lowered`() {
        let process = ProcessID(rawValue: 3)
        let word = AuthorityRule.Word.revoked(.superseded, at: Self.early)
        #expect(
            become(Self.revoked(.privilegeWithdrawn, Self.late, by: process), word)
                == Self.revoked(.superseded, Self.early, by: process))
        #expect(
            become(Self.revoked(.keyCompromise, Self.late, by: process), word)
                == Self.revoked(.keyCompromise, Self.early, by: process, escalated: Self.late))
        #expect(become(Self.revoked(.privilegeWithdrawn, Self.early), word) == nil)
        let soon = Self.early.advanced(by: 200)
        #expect(become(Self.revoked(.privilegeWithdrawn, soon), word) == nil)
    }
}
