import Configuration
import Testing

@testable import Engine

/// Every bound from both sides: what is just allowed, and the first number that is too many.
@Suite struct SafetyLimitTests {
    typealias Limit = LimitSettings.Limit

    @Test(arguments: [
        (Limit.count(2), Int64(2), Int64(0), true), (.count(2), 3, 0, false),
        (.count(2), 1, 1, true), (.count(2), 1, 2, false), (.count(0), 1, 0, false),
        (.percent(5), 5, 0, true), (.percent(5), 6, 0, false),
        // None found is no reason to stop, whatever went missing before.
        (.count(0), 0, 9, true),
    ])
    func `as many people may go missing as the limit says, with those of the day before`(
        limit: Limit, found: Int64, recent: Int64, isAllowed: Bool
    ) {
        let verdict = SafetyLimit.verdict(
            missing: found, recent: recent, of: 100, read: 1, limit: limit)
        #expect((verdict == nil) == isAllowed)
    }

    @Test(arguments: [Limit.count(1000), .percent(100)])
    func `a read that found nobody marks nobody missing, whatever the limit`(limit: Limit) {
        #expect(
            SafetyLimit.verdict(missing: 3, recent: 0, of: 3, read: 0, limit: limit)
                == "the read found no user at all where the store has 3: nobody is marked "
                + "missing. Check users.base, users.filter and what the bind DN may read.")
    }

    @Test func `the sentence says how many, beside whom, and what is allowed`() {
        #expect(
            SafetyLimit.verdict(missing: 1, recent: 12, of: 240, read: 9, limit: .percent(5))
                == "1 user would become missing, beside 12 of the last 24 hours, more than "
                + "limits.missing allows (5% of 240 users, that is 12): nobody is marked missing.")
    }

    @Test(arguments: [
        (Int64(1), Int64(0), true, true), (2, 0, true, false), (1, 1, true, false),
        (1, 0, false, false), (0, 5, false, true),
    ])
    func `roles are withdrawn while few groups are gone and one at least is seen`(
        found: Int64, recent: Int64, isAnySeen: Bool, isAllowed: Bool
    ) {
        let verdict = SafetyLimit.verdict(
            groups: found, recent: recent, of: 20, isAnySeen: isAnySeen, limit: .percent(5))
        #expect((verdict == nil) == isAllowed)
    }

    @Test(arguments: [
        (Int64(0), Int64(0), true), (5, 100, true), (6, 100, false), (1, 1, false), (1, 2, true),
    ])
    func `somebody must look where too many of the entries, or all of them, can't be users`(
        rejected: Int64, read: Int64, isAllowed: Bool
    ) {
        let verdict = SafetyLimit.verdict(rejected: rejected, of: read, limit: .percent(5))
        #expect((verdict == nil) == isAllowed)
    }

    @Test(arguments: [(Int64(0), Int64(0)), (1, 1), (20, 1), (21, 2), (100, 5), (101, 6)])
    func `a percentage is rounded up`(people: Int64, allowed: Int64) {
        #expect(Limit.percent(5).count(of: people) == allowed)
    }
}
