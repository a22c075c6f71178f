import Ground
import Identity
import LDAP
import Testing

/// What an unlock says of the account that it gives back.
@Suite struct AccountOutlookTests {
    /// 2026-11-23T14:00:00Z.
    private let lockedAt = Timestamp(seconds: 1_795_442_400)
    private var now: Timestamp { lockedAt.advanced(by: 3600) }

    private func entry(_ attributes: [String: [String]]) -> Entry {
        Entry(
            dn: .root,
            attributes: attributes.map {
                .init(
                    name: AttributeName(trusted: $0), values: $1.map { AttributeValue($0) })
            })
    }

    /// `since`: what somebody has made of the account after the lock.
    private func outlook(
        _ dialect: Dialect, prior: [String: [String]], since: [String: [String]] = [:]
    ) throws -> AccountOutlook {
        let before = entry(prior)
        let lock = dialect.disable(before, at: lockedAt, hasEndTime: true) ?? []
        let names = since.keys.map { AttributeName(trusted: $0) }
        let shown = before.applying(lock).with(names) { name in
            (since[name.spelling] ?? []).map { AttributeValue($0) }
        }
        return try #require(
            AccountOutlook(
                Account(shown), prior: values(before), disabledAt: lockedAt, dialect: dialect,
                at: now))
    }

    private func values(_ entry: Entry) -> PriorValues {
        PriorValues(
            attributes: entry.attributes.map {
                AttributeWrite(attribute: $0.name, values: $0.values)
            })
    }

    @Test func `an account that was open is open again, and nothing is said`() throws {
        for dialect in [Dialect.openldap, .directoryServer389, .eDirectory] {
            let outlook = try outlook(dialect, prior: [:])
            #expect(outlook.closure == nil)
            #expect((outlook.kept, outlook.remaining) == ([], []))
            #expect(!outlook.enabling.modifications.isEmpty)
        }
    }

    @Test func `an end date that has passed since is told as one`() throws {
        let outlook = try outlook(.openldap, prior: ["pwdEndTime": ["20261123143000Z"]])
        #expect(outlook.closure == "pwdEndTime: 20261123143000Z")
        #expect(
            outlook.remaining == [
                "the end date of 2026-11-23T14:30:00Z has passed since: the account stays closed"
            ])
    }

    @Test func `what disabled the account before the lock is named`() throws {
        let outlook = try outlook(
            .directoryServer389, prior: ["nsAccountLock": ["true", "false"]])
        #expect(
            outlook.remaining == [
                "was disabled before the lock and stays so (nsAccountLock: true)"
            ])
        #expect(outlook.kept == ["was disabled before (nsAccountLock: true) and stays so"])
    }

    @Test func `what somebody else has set since is left, and named where it closes`() throws {
        let changed = try outlook(
            .openldap, prior: [:], since: ["pwdEndTime": ["20200101000000Z"]])
        #expect(changed.kept == ["pwdEndTime: somebody has changed it since"])
        #expect(
            changed.remaining == [
                "stays disabled (pwdEndTime: 20200101000000Z): not by what is undone here"
            ])
    }

    @Test func `an expired account, one that has not begun and one that is locked out are told`()
        throws
    {
        let told: [(Dialect, [String: [String]], String)] = [
            (
                .activeDirectory,
                ["userAccountControl": ["512"], "accountExpires": ["132223104000000000"]],
                "the account has expired (2020-01-01T00:00:00Z): enabled, it still lets nobody in"
            ),
            (
                .activeDirectory,
                ["userAccountControl": ["512"], "lockoutTime": ["134100000000000000"]],
                "the account may be locked out for wrong passwords (lockoutTime: "
                    + "2025-12-12T08:00:00Z, for as long as the domain's lockoutDuration says): "
                    + "enabled, it may still let nobody in"
            ),
            (
                .openldap, ["pwdStartTime": ["20270101000000Z"]],
                "the account has not yet begun: it does at 2027-01-01T00:00:00Z: enabled, it "
                    + "still lets nobody in"
            ),
            (
                .openldap, ["pwdEndTime": ["99991231235959Z"]],
                "the account is refused by the server for pwdEndTime: 99991231235959Z: enabled, "
                    + "it still lets nobody in"
            ),
            (
                .directoryServer389, ["accountUnlockTime": ["20261231000000Z"]],
                "the account is locked out for wrong passwords (accountUnlockTime: "
                    + "20261231000000Z): enabled, it still lets nobody in"
            ),
        ]
        for (dialect, prior, sentence) in told {
            let outlook = try outlook(dialect, prior: prior)
            #expect(outlook.closure == nil)
            #expect(outlook.remaining == [sentence])
        }
        #expect(
            try outlook(.directoryServer389, prior: ["accountUnlockTime": ["20261123140000Z"]])
                .remaining == [])
    }

    @Test func `a role that is inactivated on top of a lock stays, and is named`() throws {
        let role = "cn=nsDisabledRole,dc=example,dc=com"
        let locked = entry(["nsAccountLock": ["true"], "nsRole": [role]])
        let computed = entry(["nsAccountLock": ["true"]])
        let account = Account(
            locked, own: computed, computed: computed,
            of: Dialect.directoryServer389.computedAttributes)
        let outlook = try #require(
            AccountOutlook(
                account, prior: PriorValues(attributes: []), disabledAt: lockedAt,
                dialect: .directoryServer389, at: now))
        #expect(outlook.enabling.modifications.count == 1)
        #expect(
            outlook.remaining == [
                "stays disabled (the inactivated role \(role)): not by what is undone here"
            ])
        let gone = Account(
            locked, own: entry([:]), computed: computed,
            of: Dialect.directoryServer389.computedAttributes)
        #expect(gone.own[AttributeName(trusted: "nsAccountLock")].isEmpty)
        #expect(gone.closure(dialect: .directoryServer389, at: now) != nil)
    }
}
