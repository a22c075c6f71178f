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
        let entry = entry(shown)
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
        let plan = Dialect.openldap.disable(entry(shown), at: now, hasEndTime: true)
        #expect(describe(plan) == expected)
    }

    @Test(arguments: Dialect.allCases.filter { $0 != .custom }, [false, true])
    func `what was disabled reads back disabled and is disabled only once`(
        dialect: Dialect, hasEndTime: Bool
    ) throws {
        let before = entry(["userAccountControl": "66048"])
        let lock = try #require(dialect.disable(before, at: now, hasEndTime: hasEndTime))
        let after = applying(lock, to: before)
        guard case .disabled = dialect.accountState(of: after, at: now) else {
            Issue.record("\(after)")
            return
        }
        #expect(dialect.disable(after, at: now, hasEndTime: hasEndTime) == [])
        let unlock = try #require(dialect.enable(after, prior: before, written: lock, at: now))
        let again = applying(unlock, to: after)
        #expect(dialect.accountState(of: again, at: now) == .enabled)
        #expect(dialect.enable(again, prior: before, written: lock, at: now) == [])
    }

    @Test(
        arguments: [
            (
                Dialect.openldap, ["pwdAccountLockedTime": "000001010000Z"], [:],
                "replace pwdAccountLockedTime"
            ),
            (
                .openldap,
                ["pwdAccountLockedTime": "000001010000Z", "pwdEndTime": "20261122140000Z"],
                ["pwdEndTime": "20991231000000Z"],
                "replace pwdAccountLockedTime; replace pwdEndTime 20991231000000Z"
            ),
            (
                .openldap,
                ["pwdAccountLockedTime": "000001010000Z", "pwdEndTime": "20261122140000Z"],
                ["pwdAccountLockedTime": "000001010000Z"],
                "replace pwdEndTime"
            ),
            (.openldap, ["pwdAccountLockedTime": "20261123130000Z"], [:], ""),
            (.openldap, ["pwdEndTime": "20991231000000Z"], [:], ""),
            (.directoryServer389, ["nsAccountLock": "true"], [:], "replace nsAccountLock"),
            (
                .directoryServer389, ["nsAccountLock": "true"], ["nsAccountLock": "false"],
                "replace nsAccountLock false"
            ),
            (.directoryServer389, ["nsAccountLock": "true"], ["nsAccountLock": "TRUE"], ""),
            (.freeIPA, [:], [:], ""),
            (
                .activeDirectory, ["userAccountControl": "66050"], ["userAccountControl": "512"],
                "delete userAccountControl 66050; add userAccountControl 66048"
            ),
            (
                .activeDirectory, ["userAccountControl": "66050"], ["userAccountControl": "514"], ""
            ),
            (.activeDirectory, [:], [:], "can't be planned"),
            (.eDirectory, ["loginDisabled": "TRUE"], [:], "replace loginDisabled FALSE"),
            (.eDirectory, ["loginDisabled": "TRUE"], ["loginDisabled": "TRUE"], ""),
            (
                .openDJ, ["ds-pwp-account-disabled": "true"], [:],
                "replace ds-pwp-account-disabled"
            ),
            (.ibmSDS, ["ibm-pwdAccountLocked": "TRUE"], [:], "replace ibm-pwdAccountLocked FALSE"),
            (.custom, [:], [:], ""),
        ] as [(Dialect, [String: String], [String: String], String)])
    func `enabling puts back what stood there before`(
        dialect: Dialect, shown: [String: String], prior: [String: String], expected: String
    ) {
        let plan = dialect.enable(entry(shown), prior: entry(prior), at: now)
        #expect(describe(plan) == expected)
    }

    @Test func `what somebody changed since the lock is left alone`() {
        let written = [
            Modification(
                .replace, AttributeName(trusted: "pwdEndTime"),
                [AttributeValue("20261122140000Z")])
        ]
        let ours = entry(["pwdEndTime": "20261122140000.0Z"])
        let theirs = entry(["pwdEndTime": "20261101000000Z"])
        let openldap = Dialect.openldap
        #expect(
            describe(openldap.enable(ours, prior: nil, written: written, at: now))
                == "replace pwdEndTime")
        #expect(describe(openldap.enable(theirs, prior: nil, written: written, at: now)) == "")
    }

    @Test func `what can't be read is deleted all the same`() {
        let plan = Dialect.openldap.enable(entry([:]), prior: nil, at: now, canRead: false)
        #expect(describe(plan) == "replace pwdAccountLockedTime; replace pwdEndTime")
    }

    @Test func `the schema tells whether there is an end of the password`() {
        let with = makeEntry(
            "cn=Subschema",
            ["attributeTypes": ["( 1.3.6.1.4.1.42.2.27.8.1.31 NAME 'pwdEndTime' DESC 'x' )"]])
        #expect(Dialect.schemaHasEndTime(with))
        #expect(!Dialect.schemaHasEndTime(makeEntry("cn=Subschema", ["attributeTypes": ["x"]])))
    }

    private func entry(_ attributes: [String: String]) -> Entry {
        Entry(
            dn: .root,
            attributes: attributes.map {
                .init(name: AttributeName(trusted: $0), values: [AttributeValue($1)])
            })
    }

    private func describe(_ modifications: [Modification]?) -> String {
        guard let modifications else { return "can't be planned" }
        return modifications.map {
            ([$0.kind.rawValue, $0.attribute.spelling] + $0.values.compactMap(\.text))
                .joined(separator: " ")
        }.joined(separator: "; ")
    }

    /// What a server makes of an entry.
    private func applying(_ modifications: [Modification], to entry: Entry) -> Entry {
        var values = Dictionary(
            uniqueKeysWithValues: entry.attributes.map { ($0.name, $0.values) })
        for modification in modifications {
            let old = values[modification.attribute] ?? []
            switch modification.kind {
            case .add: values[modification.attribute] = old + modification.values
            case .delete:
                values[modification.attribute] = old.filter { !modification.values.contains($0) }
            case .replace: values[modification.attribute] = modification.values
            }
        }
        return Entry(
            dn: entry.dn,
            attributes: values.filter { !$1.isEmpty }.map { .init(name: $0, values: $1) })
    }
}
