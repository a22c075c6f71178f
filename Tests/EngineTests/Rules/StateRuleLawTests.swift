import Configuration
import Ground
import Identity
import LDAP
import Store
import Testing

@testable import Engine

/// What no combination of stored facts may make a sync do, tried with all of them.
@Suite struct StateRuleLawTests {
    private static let now = Timestamp(seconds: 1_800_000_000)
    private static let person = "uid=ada,ou=people,dc=example,dc=com"

    /// Every setting of what a finding leads to, a key each.
    private static let consequences: [String] = {
        let ways = ["keep", "lock, reason: misuse", "deactivate, reason: holiday"]
        return ["enforce", "report"].flatMap { drift in
            ways.flatMap { way in
                [
                    "missing: {then: \(way)}", "disabled: {then: \(way)}",
                    "expired: {then: \(way)}",
                ].map { "\($0)\n    drift: \(drift)" }
            }
        }
    }()

    private static let everyFact: [UserFacts] = {
        var all = [
            UserFacts(
                user: UserID(rawValue: 7), username: "ada", dn: StoredDN(text: person),
                entryID: EntryID("id"),
                state: .active)
        ]
        func vary<Value>(_ path: WritableKeyPath<UserFacts, Value>, _ values: [Value]) {
            all = all.flatMap { facts in
                values.map {
                    var changed = facts
                    changed[keyPath: path] = $0
                    return changed
                }
            }
        }
        vary(\.state, UserState.allCases)
        vary(\.origin, [.operator, .directory(nil), .directory(.missing), .directory(.disabled)])
        vary(\.heldFor, [nil, "misuse"])
        vary(\.missingSince, [nil, now.advanced(by: -86_400 * 30)])
        vary(\.elsewhere, [nil, "uid=ada,ou=left,dc=example,dc=com"])
        vary(\.disabled, [nil, true, false])
        vary(\.limits, [nil, AccountLimits(expiresAt: now.advanced(by: -1))])
        vary(\.recognised, [nil, "left-organization", "no-longer-configured"])
        vary(\.groups, [[], ["cn=boats,ou=groups,dc=example,dc=com"]])
        vary(\.pending, [[], [.disableEntry], [.restoreAttributes]])
        return all
    }()

    private static func changes(
        _ more: String, believes: Bool = true
    ) throws -> [(facts: UserFacts, change: StateChange)] {
        let rule = StateRule(
            settings: try RuleExamples.directory(more: more), now: now, believesEnabled: believes)
        return everyFact.compactMap { facts in
            guard case .change(let change) = rule.verdict(on: facts) else { return nil }
            return (facts, change)
        }
    }

    @Test(arguments: consequences)
    func `a sync never takes a user out of locked, and never unlocks`(more: String) throws {
        for (facts, change) in try Self.changes(more) {
            #expect(change.useCase != .unlock && change.useCase != .restoreRoles)
            if facts.state == .locked {
                #expect(change.useCase == .lock && change.cause == .drift)
                #expect(change.reason == facts.heldFor)
            }
        }
    }

    @Test(arguments: consequences)
    func `a sync reactivates nobody whom an operator deactivated, and nobody it can't see enabled`(
        more: String
    ) throws {
        for (facts, change) in try Self.changes(more) where change.useCase == .reactivate {
            #expect(facts.state == .inactive && facts.origin != .operator)
            #expect(facts.disabled == false && facts.missingSince == nil)
            #expect(facts.recognised != "left-organization")
            #expect(facts.pending == [])
        }
    }

    @Test(arguments: consequences)
    func `another deactivation of who is inactive is only ever the repair of drift`(more: String)
        throws
    {
        for (facts, change) in try Self.changes(more) where change.useCase == .deactivate {
            switch facts.state {
            case .active: #expect(change.cause != .drift)
            case .inactive: #expect(change.cause == .drift && facts.origin == .operator)
            case .locked: Issue.record("a locked user would be deactivated")
            }
        }
    }

    @Test(arguments: consequences)
    func `an account that could not be read has neither been disabled nor enabled`(more: String)
        throws
    {
        for (facts, change) in try Self.changes(more) where facts.disabled == nil {
            #expect(change.cause != .disabled && change.cause != .reenabled)
            if change.cause == .drift { #expect(!facts.groups.isEmpty) }
        }
    }

    @Test(arguments: consequences)
    func `what a process has still to do is no drift, and no reason that it takes back is one`(
        more: String
    ) throws {
        for (facts, change) in try Self.changes(more) where !facts.pending.isEmpty {
            #expect(change.cause != .drift && change.cause != .reenabled)
        }
    }

    @Test(arguments: consequences)
    func `nobody who is protected is changed but for the better`(more: String) throws {
        let all = try Self.changes(more + "\n    protect: [uid=ada]")
        #expect(all.allSatisfy { $0.change.useCase == .reactivate })
    }

    @Test(arguments: consequences)
    func `where nobody's enabling is believed only a group that was seen is drift`(more: String)
        throws
    {
        for (facts, change) in try Self.changes(more, believes: false) {
            if change.cause == .drift { #expect(!facts.groups.isEmpty) }
            if change.cause == .reenabled { #expect(facts.origin == .directory(.missing)) }
        }
    }
}
