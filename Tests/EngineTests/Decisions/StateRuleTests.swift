import Configuration
import Fixtures
import Ground
import Identity
import LDAP
import Store
import Testing

@testable import Engine

/// The rule by itself: every state against every fact.
@Suite struct StateRuleTests {
    private let now = Timestamp(seconds: 1_800_000_000)

    private func settings(_ more: String) throws -> DirectorySettings {
        var configuration = LockConfiguration()
        configuration.more = more + "\n    reasons: {misuse: {recognise: {employeeType: misuse}}}"
        let text = configuration.text(url: "ldap://127.0.0.1:389")
        let all = try Settings.load(bytes: Array(text.utf8), file: "/etc/lockstep/lockstep.yaml")
        return try #require(all.directories.first)
    }

    private func verdict(
        _ more: String = "drift: enforce", believes: Bool = true,
        _ change: (inout UserFacts) -> Void
    ) throws -> StateVerdict {
        var facts = UserFacts(
            user: UserID(rawValue: 7), username: "ada", dn: StoredDN(text: LockLab.person("ada")),
            entryID: EntryID("id"),
            state: .active)
        change(&facts)
        return StateRule(settings: try settings(more), now: now, believesEnabled: believes)
            .verdict(on: facts)
    }

    private func change(
        _ cause: ChangeCause, _ useCase: UseCase, _ reason: String
    ) -> StateVerdict {
        .change(
            StateChange(user: UserID(rawValue: 7), cause: cause, useCase: useCase, reason: reason))
    }

    @Test(arguments: UserState.allCases)
    func `equal states want nothing`(state: UserState) throws {
        let verdict = try verdict {
            $0.state = state
            $0.disabled = state != .active
            $0.origin = .operator
            $0.heldFor = "misuse"
        }
        #expect(verdict == .keep)
    }

    @Test(arguments: UserState.allCases)
    func `an account that can't be read changes nothing`(state: UserState) throws {
        let verdict = try verdict {
            $0.state = state
            $0.heldFor = "misuse"
        }
        #expect(verdict == .keep)
    }

    @Test func `a user is missing once the time has passed, not a second before`() throws {
        let line = "missing: {then: lock, reason: misuse, after: 60s}"
        #expect(try verdict(line) { $0.missingSince = now.advanced(by: -59) } == .keep)
        #expect(
            try verdict(line) { $0.missingSince = now.advanced(by: -60) }
                == change(.missing, .lock, "misuse"))
    }

    @Test(
        arguments: [
            ("expired: {then: lock, reason: misuse}", UseCase.lock, "misuse"),
            ("expired: {then: deactivate}", .deactivate, "directory-disabled"),
            ("expired: {then: keep}", nil, ""), ("drift: enforce", nil, ""),
        ] as [(String, UseCase?, String)])
    func `an expired account is what the configuration makes of it`(
        line: String, useCase: UseCase?, reason: String
    ) throws {
        func expiring(_ seconds: Int64) -> (inout UserFacts) -> Void {
            {
                $0.disabled = false
                $0.limits = AccountLimits(expiresAt: now.advanced(by: seconds))
            }
        }
        #expect(try verdict(line, expiring(1)) == .keep)
        #expect(
            try verdict(line, expiring(0)) == useCase.map { change(.expired, $0, reason) } ?? .keep)
        // Who is disabled as well is that first.
        #expect(
            try verdict(line) {
                expiring(0)(&$0)
                $0.disabled = true
            } == change(.disabled, .deactivate, "directory-disabled"))
        for state in [UserState.inactive, .locked] {
            let held = try verdict(line) {
                expiring(0)(&$0)
                $0.state = state
                $0.heldFor = "misuse"
                $0.disabled = state == .locked
            }
            let isHeld = state == .locked || useCase != nil
            #expect(
                held == (isHeld ? .keep : change(.reenabled, .reactivate, "directory-enabled")))
        }
    }

    @Test func `an expired account counts against the limit of disabled ones`() throws {
        let limits = try settings("limits: {disabled: 1}").limits
        #expect(
            SafetyLimit.verdict(.expired, 2, recent: 0, of: 12, limits: limits)
                == "2 users would change state because their account is disabled or has expired, "
                + "more than limits.disabled allows (1): nobody's state is changed.")
        #expect(ChangeCause.allCases.filter { $0.counted == .disabled } == [.disabled, .expired])
    }

    @Test func `an unlock that still takes the attributes back is not undone`() throws {
        let recognised: (inout UserFacts) -> Void = {
            $0.recognised = "misuse"
            $0.isReturning = true
        }
        #expect(try verdict { recognised(&$0) } == change(.recognised, .lock, "misuse"))
        #expect(
            try verdict {
                recognised(&$0)
                $0.pending = [.restoreAttributes]
            } == .keep)
    }

    @Test func `what is pending is no drift`() throws {
        let open: (inout UserFacts) -> Void = {
            $0.state = .locked
            $0.origin = .operator
            $0.heldFor = "misuse"
            $0.disabled = false
        }
        #expect(try verdict { open(&$0) } == change(.drift, .lock, "misuse"))
        #expect(
            try verdict {
                open(&$0)
                $0.pending = [.disableEntry]
            } == .keep)
        #expect(
            try verdict("drift: report") { open(&$0) }
                == .report(.drift, because: "ada is locked, and is enabled again"))
    }

    @Test func `another reason recognised on a locked user changes nothing`() throws {
        #expect(
            try verdict {
                $0.state = .locked
                $0.disabled = true
                $0.heldFor = "left-organization"
                $0.recognised = "misuse"
            } == .keep)
    }

    @Test func `the account that binds is protected without being named`() throws {
        let verdict = try verdict {
            $0.dn = StoredDN(text: Slapd.serviceDN)
            $0.recognised = "misuse"
        }
        #expect(verdict == .report(.recognised, because: "ada is protected: the entry says misuse"))
    }
}
