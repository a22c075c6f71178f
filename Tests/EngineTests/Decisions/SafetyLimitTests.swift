import Configuration
import Identity
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

// The limits of state changes.
extension SafetyLimitTests {
    /// Each limit has a number of its own.
    private var limits: LimitSettings {
        get throws {
            try RuleExamples.directory(
                more: "limits: {missing: 1, disabled: 2, reenabled: 3, locks: 4, drift: 5}"
            ).limits
        }
    }

    @Test(
        arguments: [
            (.missing, 1, "missing", "would change state because their entry is missing"),
            (.disabled, 2, "disabled", "would change state because their entry is disabled"),
            (
                .expired, 2, "disabled",
                "would change state because their account is disabled or has expired"
            ), (.reenabled, 3, "reenabled", "would be reactivated"),
            (.recognised, 4, "locks", "would be locked"),
            (.drift, 5, "drift", "have drifted and would be locked again"),
        ] as [(ChangeCause, Int64, String, String)])
    func `each cause has its own limit, and over means more than`(
        cause: ChangeCause, allowed: Int64, key: String, sentence: String
    ) throws {
        let limits = try limits
        func verdict(_ found: Int64, recent: Int64) -> String? {
            SafetyLimit.verdict(cause, found, recent: recent, of: 100, limits: limits)
        }
        #expect(verdict(allowed, recent: 0) == nil)
        #expect(verdict(0, recent: 1_000) == nil)
        #expect(
            verdict(allowed + 1, recent: 0)
                == "\(allowed + 1) users \(sentence), more than limits.\(key) allows (\(allowed)): "
                + "nobody's state is changed.")
        // What was carried out in the last 24 hours counts, so that a slow fault trips it, too.
        #expect(
            verdict(allowed, recent: 1)?.contains(", beside 1 of the last 24 hours, more") == true)
    }

    @Test func `one user is one user`() throws {
        #expect(
            try SafetyLimit.verdict(.drift, 1, recent: 5, of: 100, limits: limits)
                == "1 user has drifted and would be locked again, beside 5 of the last 24 hours, "
                + "more than limits.drift allows (5): nobody's state is changed.")
    }

    @Test(arguments: [(0, nil), (1, "1 user has"), (2, "2 users have")] as [(Int, String?)])
    func `after an adoption whatever has drifted waits for a person`(drifted: Int, who: String?) {
        let verdict = SafetyLimit.verdict(afterAdoption: drifted)
        #expect(
            verdict
                == who.map {
                    "the store was put back to an older state and adopted, and \($0) drifted from "
                        + "it: nobody's state is changed before the plan is released."
                })
    }

    @Test func `groups and rejected entries have sentences of their own`() {
        #expect(
            SafetyLimit.verdict(
                groups: 3, recent: 0, of: 20, isAnySeen: true, limit: .percent(5))
                == "3 role groups are gone or show no member, more than limits.groups allows (5% of "
                + "20 role groups, that is 1): no role is withdrawn.")
        #expect(
            SafetyLimit.verdict(groups: 1, recent: 1, of: 1, isAnySeen: true, limit: .count(1))
                == "1 role group is gone or shows no member, beside 1 of the last 24 hours, more than "
                + "limits.groups allows (1): no role is withdrawn.")
        #expect(
            SafetyLimit.verdict(groups: 2, recent: 0, of: 2, isAnySeen: false, limit: .percent(100))
                == "the read found no role group at all where the store has 2: no role is withdrawn. "
                + "Check roles.base, roles.filter and what the bind DN may read.")
        #expect(
            SafetyLimit.verdict(rejected: 6, of: 100, limit: .percent(5))
                == "6 of the entries can't be users, more than limits.rejected allows (5% of 100 "
                + "entries, that is 5): somebody must look at them.")
    }

    @Test(arguments: [(Int64(1), LimitSettings.Limit.percent(10)), (3, .count(100))])
    func `where nobody can be a user that is said, and no limit that was kept`(
        entries: Int64, limit: LimitSettings.Limit
    ) {
        #expect(
            SafetyLimit.verdict(rejected: entries, of: entries, limit: limit)
                == "not one of the entries can be a user, \(entries) in all: somebody must look at "
                + "them.")
    }
}
