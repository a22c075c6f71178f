import Ground
import LDAP
import Testing

@Suite struct DisableTests {
    /// 2026-11-23T14:00:00Z.
    private let now = Timestamp(seconds: 1_795_442_400)

    @Test(
        arguments: [
            (Dialect.openldap, [:], "replace pwdAccountLockedTime 000001010000Z"),
            (
                .openldap, ["pwdAccountLockedTime": "20261123130000Z"],
                "replace pwdAccountLockedTime 000001010000Z"
            ),
            (.openldap, ["pwdAccountLockedTime": "000001010000Z"], ""),
            (.directoryServer389, [:], "replace nsAccountLock true"),
            (.directoryServer389, ["nsAccountLock": "false"], "replace nsAccountLock true"),
            (.directoryServer389, ["nsAccountLock": "TRUE"], ""),
            (.freeIPA, ["nsAccountLock": "yes"], "replace nsAccountLock true"),
            (
                .activeDirectory, ["userAccountControl": "66048"],
                "delete userAccountControl 66048; add userAccountControl 66050"
            ),
            (
                .activeDirectory, ["userAccountControl": "-2147483136"],
                "delete userAccountControl -2147483136; add userAccountControl -2147483134"
            ),
            (.activeDirectory, ["userAccountControl": "514"], ""),
            (.activeDirectory, [:], "can't be planned"),
            (.eDirectory, [:], "replace loginDisabled TRUE"),
            (.eDirectory, ["loginDisabled": "FALSE"], "replace loginDisabled TRUE"),
            (.eDirectory, ["loginDisabled": "true"], ""),
            (.openDJ, [:], "replace ds-pwp-account-disabled true"),
            (.pingDirectory, ["ds-pwp-account-disabled": "true"], ""),
            (.ibmSDS, [:], "replace ibm-pwdAccountLocked TRUE"),
            (.custom, [:], ""),
        ] as [(Dialect, [String: String], String)])
    func `disabling writes what is missing`(
        dialect: Dialect, shown: [String: String], expected: String
    ) {
        let entry = makeEntry(shown.mapValues { [$0] })
        let plan = dialect.disable(entry, at: now, hasEndTime: false)
        #expect(describe(plan) == expected)
    }

    @Test(
        arguments: [
            (
                [:],
                "replace pwdAccountLockedTime 000001010000Z; replace pwdEndTime 20261122140000Z"
            ),
            (["pwdAccountLockedTime": "000001010000Z"], "replace pwdEndTime 20261122140000Z"),
            (["pwdEndTime": "20200101000000Z"], "replace pwdAccountLockedTime 000001010000Z"),
            (
                ["pwdEndTime": "20991231000000Z", "pwdAccountLockedTime": "000001010000Z"],
                "replace pwdEndTime 20261122140000Z"
            ),
            (["pwdEndTime": "20200101000000Z", "pwdAccountLockedTime": "000001010000Z"], ""),
        ] as [([String: String], String)])
    func `where the schema has an end of the password it is written too`(
        shown: [String: String], expected: String
    ) {
        let plan = Dialect.openldap.disable(
            makeEntry(shown.mapValues { [$0] }), at: now, hasEndTime: true)
        #expect(describe(plan) == expected)
    }

    @Test(arguments: Dialect.all.filter { $0.name != .custom }, [false, true])
    func `what was disabled reads back disabled and is disabled only once`(
        dialect: Dialect, hasEndTime: Bool
    ) throws {
        let before = makeEntry(["userAccountControl": ["66048"]])
        let lock = try #require(dialect.disable(before, at: now, hasEndTime: hasEndTime))
        let after = before.applying(lock)
        guard case .disabled = dialect.accountState(of: after, at: now) else {
            Issue.record("\(after)")
            return
        }
        #expect(dialect.disable(after, at: now, hasEndTime: hasEndTime) == [])
        let unlock = try #require(dialect.enable(after, prior: before, written: lock))
        let again = after.applying(unlock.modifications)
        #expect(dialect.accountState(of: again, at: now) == .enabled)
        #expect(dialect.enable(again, prior: before, written: lock) == Enabling([]))
    }

    /// What stood there before the lock, what a person has made of it since, and what an unlock does.
    struct Return {
        var dialect = Dialect.openldap
        var prior: [String: [String]] = [:]
        /// Over what the lock has written.
        var since: [String: [String]] = [:]
        let expected: String
    }

    @Test(arguments: [
        Return(expected: "replace pwdAccountLockedTime; replace pwdEndTime"),
        Return(
            prior: ["pwdEndTime": ["20991231000000Z"]],
            expected: "replace pwdAccountLockedTime; replace pwdEndTime 20991231000000Z"),
        // An end that passes while the account is locked, and a lock-out that has stood there.
        Return(
            prior: ["pwdEndTime": ["20261123140001Z"]],
            expected: "replace pwdAccountLockedTime; replace pwdEndTime 20261123140001Z"),
        Return(
            prior: ["pwdAccountLockedTime": ["20261123130000Z"]],
            expected:
                "replace pwdAccountLockedTime 20261123130000Z; replace pwdEndTime"),
        Return(
            prior: ["pwdAccountLockedTime": ["000001010000Z"]], expected: "replace pwdEndTime"),
        Return(
            prior: ["pwdEndTime": ["20200101000000Z"]], expected: "replace pwdAccountLockedTime"),
        Return(
            prior: ["pwdAccountLockedTime": ["000001010000Z"], "pwdEndTime": ["20200101000000Z"]],
            expected: ""),
        Return(
            since: ["pwdEndTime": ["20261101000000Z"]],
            expected: "replace pwdAccountLockedTime; changed pwdEndTime"),
        Return(
            since: ["pwdEndTime": ["20261122140000.0Z"], "pwdAccountLockedTime": []],
            expected: "replace pwdEndTime"),
        Return(
            since: ["pwdEndTime": [], "pwdAccountLockedTime": []], expected: ""),
        Return(dialect: .directoryServer389, expected: "replace nsAccountLock"),
        Return(
            dialect: .directoryServer389, since: ["nsAccountLock": ["TRUE"]],
            expected: "replace nsAccountLock"),
        Return(
            dialect: .directoryServer389, prior: ["nsAccountLock": ["false"]],
            expected: "replace nsAccountLock false"),
        Return(
            dialect: .directoryServer389, prior: ["nsAccountLock": ["false", "true"]],
            expected: "replace nsAccountLock false true"),
        Return(
            dialect: .directoryServer389, prior: ["nsAccountLock": ["true", "false"]],
            expected: "replace nsAccountLock true false"),
        Return(dialect: .directoryServer389, prior: ["nsAccountLock": ["TRUE"]], expected: ""),
        Return(
            dialect: .directoryServer389, since: ["nsAccountLock": ["no"]],
            expected: "changed nsAccountLock"),
        Return(
            dialect: .activeDirectory, prior: ["userAccountControl": ["512"]],
            since: ["userAccountControl": ["66050"]],
            expected: "delete userAccountControl 66050; add userAccountControl 66048"),
        Return(
            dialect: .activeDirectory, prior: ["userAccountControl": ["514"]],
            since: ["userAccountControl": ["66050"]], expected: ""),
        Return(
            dialect: .activeDirectory, since: ["userAccountControl": ["514"]],
            expected: "delete userAccountControl 514; add userAccountControl 512"),
        Return(dialect: .activeDirectory, expected: "can't be planned"),
        Return(dialect: .eDirectory, expected: "replace loginDisabled FALSE"),
        Return(dialect: .eDirectory, prior: ["loginDisabled": ["TRUE"]], expected: ""),
        Return(dialect: .openDJ, expected: "replace ds-pwp-account-disabled"),
        Return(
            dialect: .pingDirectory, prior: ["ds-pwp-account-disabled": ["false"]],
            expected: "replace ds-pwp-account-disabled false"),
        Return(dialect: .ibmSDS, expected: "replace ibm-pwdAccountLocked FALSE"),
        Return(dialect: .custom, expected: ""),
    ])
    func `enabling puts back exactly what stood there before, and nothing that somebody changed`(
        row: Return
    ) {
        let prior = makeEntry(row.prior)
        let lock = row.dialect.disable(prior, at: now, hasEndTime: true) ?? []
        let names = row.since.keys.map { AttributeName(trusted: $0) }
        let shown = prior.applying(lock).with(names) { name in
            (row.since[name.spelling] ?? []).map { AttributeValue($0) }
        }
        let enabling = row.dialect.enable(shown, prior: prior, written: lock)
        let changed = enabling?.changed.map { "changed \($0)" } ?? []
        #expect(
            ([describe(enabling?.modifications)] + changed).filter { !$0.isEmpty }
                .joined(separator: "; ") == row.expected)
    }

    private func describe(_ modifications: [Modification]?) -> String {
        guard let modifications else { return "can't be planned" }
        return modifications.map {
            ([$0.kind.rawValue, $0.attribute.spelling] + $0.values.compactMap(\.text))
                .joined(separator: " ")
        }.joined(separator: "; ")
    }
}
