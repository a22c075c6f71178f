import Ground
import LDAP
import Testing

/// The exact change records of the servers that no test here runs, from their vendors' documentation,
/// and what they read back as.
@Suite struct VendorDialectTests {
    /// 2026-11-23T14:00:00Z.
    private let now = Timestamp(seconds: 1_795_442_400)

    struct Vendor: Sendable, CustomTestStringConvertible {
        let dialect: Dialect
        /// What the server shows of an account that is open.
        let open: [String: String]
        let lock: String
        let unlock: String
        /// The entry's state after the lock, as the report gives it.
        let because: String

        var testDescription: String { dialect.description }
    }

    static let vendors = [
        // eDirectory shows nothing where nobody ever disabled the account.
        Vendor(
            dialect: .eDirectory, open: [:],
            lock: "replace: loginDisabled\nloginDisabled: TRUE\n-\n",
            unlock: "replace: loginDisabled\nloginDisabled: FALSE\n-\n",
            because: "loginDisabled: TRUE"),
        // FreeIPA, `ipa user-disable`: the attribute of 389 Directory Server.
        Vendor(
            dialect: .freeIPA, open: [:],
            lock: "replace: nsAccountLock\nnsAccountLock: true\n-\n",
            unlock: "replace: nsAccountLock\n-\n", because: "nsAccountLock: true"),
        // NetIQ eDirectory, loginDisabled (2.16.840.1.113719.1.1.4.1.40).
        Vendor(
            dialect: .eDirectory, open: ["loginDisabled": "FALSE"],
            lock: "replace: loginDisabled\nloginDisabled: TRUE\n-\n",
            unlock: "replace: loginDisabled\nloginDisabled: FALSE\n-\n",
            because: "loginDisabled: TRUE"),
        // PingDS (formerly ForgeRock DS, OpenDJ), LDAP Schema Reference, ds-pwp-account-disabled.
        Vendor(
            dialect: .openDJ, open: [:],
            lock: "replace: ds-pwp-account-disabled\nds-pwp-account-disabled: true\n-\n",
            unlock: "replace: ds-pwp-account-disabled\n-\n",
            because: "ds-pwp-account-disabled: true"),
        // OpenDJ shows false where somebody has enabled it.
        Vendor(
            dialect: .openDJ, open: ["ds-pwp-account-disabled": "false"],
            lock: "replace: ds-pwp-account-disabled\nds-pwp-account-disabled: true\n-\n",
            unlock: "replace: ds-pwp-account-disabled\nds-pwp-account-disabled: false\n-\n",
            because: "ds-pwp-account-disabled: true"),
        Vendor(
            dialect: .pingDirectory, open: [:],
            lock: "replace: ds-pwp-account-disabled\nds-pwp-account-disabled: true\n-\n",
            unlock: "replace: ds-pwp-account-disabled\n-\n",
            because: "ds-pwp-account-disabled: true"),
        // PingDirectory Administration Guide, password policy state attributes that may be written.
        Vendor(
            dialect: .pingDirectory, open: ["ds-pwp-account-disabled": "false"],
            lock: "replace: ds-pwp-account-disabled\nds-pwp-account-disabled: true\n-\n",
            unlock: "replace: ds-pwp-account-disabled\nds-pwp-account-disabled: false\n-\n",
            because: "ds-pwp-account-disabled: true"),
        // IBM Directory Server Administration Guide, Overriding password policy and unlocking accounts.
        Vendor(
            dialect: .ibmSDS, open: [:],
            lock: "replace: ibm-pwdAccountLocked\nibm-pwdAccountLocked: TRUE\n-\n",
            unlock: "replace: ibm-pwdAccountLocked\nibm-pwdAccountLocked: FALSE\n-\n",
            because: "ibm-pwdAccountLocked: TRUE"),
        Vendor(
            dialect: .ibmSDS, open: ["ibm-pwdAccountLocked": "FALSE"],
            lock: "replace: ibm-pwdAccountLocked\nibm-pwdAccountLocked: TRUE\n-\n",
            unlock: "replace: ibm-pwdAccountLocked\nibm-pwdAccountLocked: FALSE\n-\n",
            because: "ibm-pwdAccountLocked: TRUE"),
    ]

    /// What such a server shows of an account that was disabled before the lock: it stays so.
    @Test(arguments: [
        (Dialect.eDirectory, "loginDisabled", "true"),
        (.openDJ, "ds-pwp-account-disabled", "TRUE"),
        (.pingDirectory, "ds-pwp-account-disabled", "true"),
        (.ibmSDS, "ibm-pwdAccountLocked", "true"),
    ])
    func `who was disabled before is written nothing, and stays disabled`(
        dialect: Dialect, name: String, value: String
    ) throws {
        let before = try entry([name: value])
        #expect(
            dialect.accountState(of: before, at: now) == .disabled(because: "\(name): \(value)"))
        #expect(dialect.disable(before, at: now, hasEndTime: true) == [])
        #expect(dialect.enable(before, prior: before, written: []) == Enabling([]))
    }

    @Test(
        arguments: [Dialect.eDirectory, .openDJ, .pingDirectory, .ibmSDS],
        ["FALSE", "yes", "1", ""])
    func `nothing but true disables`(dialect: Dialect, value: String) throws {
        let name = try #require(dialect.accountAttributes.first)
        let shown = try entry([name.spelling: value])
        #expect(dialect.accountState(of: shown, at: now) == .enabled)
        #expect(dialect.disable(shown, at: now, hasEndTime: true)?.isEmpty == false)
        #expect(dialect.limits(of: shown) == nil)
        #expect(dialect.computedAttributes == [])
    }

    /// NDS Schema Reference; PingDS, LDAP Schema Reference; PingDirectory, Security Guide.
    @Test(
        arguments: [
            (
                .eDirectory, ["loginExpirationTime": "20261123140000Z"],
                ["has expired (2026-11-23T14:00:00Z)"]
            ),
            (.eDirectory, ["loginExpirationTime": "20261123140001Z"], []),
            (
                .eDirectory,
                ["lockedByIntruder": "TRUE", "loginIntruderResetTime": "20261123140001Z"],
                ["is locked out for wrong passwords (lockedByIntruder: TRUE)"]
            ),
            (
                .eDirectory,
                ["lockedByIntruder": "TRUE", "loginIntruderResetTime": "20261123140000Z"], []
            ),
            (.eDirectory, ["loginIntruderResetTime": "20261123150000Z"], []),
            (
                .openDJ, ["ds-pwp-account-expiration-time": "20200101000000Z"],
                ["has expired (2020-01-01T00:00:00Z)"]
            ),
            (
                .pingDirectory, ["ds-pwp-account-expiration-time": "20200101000000.000Z"],
                ["has expired (2020-01-01T00:00:00Z)"]
            ),
            (
                .pingDirectory, ["ds-pwp-account-activation-time": "20270101000000Z"],
                ["has not yet begun: it does at 2027-01-01T00:00:00Z"]
            ),
            (.openDJ, ["ds-pwp-account-activation-time": "20270101000000Z"], []),
            (.ibmSDS, ["ibm-pwdAccountLocked": "TRUE"], []),
            (.custom, ["pwdEndTime": "20200101000000Z"], []),
        ] as [(Dialect, [String: String], [String])])
    func `an account that is open may let nobody in all the same`(
        dialect: Dialect, attributes: [String: String], hindrances: [String]
    ) throws {
        let shown = try entry(attributes)
        let limits = dialect.limits(of: shown)
        #expect(limits?.hindrances(at: now) ?? [] == hindrances)
        let asked = Set(dialect.watchedAttributes.map(\.folded))
        #expect(hindrances.isEmpty || asked.isSuperset(of: attributes.keys.map(\.asciiLowered)))
    }

    @Test(arguments: vendors)
    func `a lock and its unlock are these very change records`(vendor: Vendor) throws {
        let before = try entry(vendor.open)
        let lock = try #require(vendor.dialect.disable(before, at: now, hasEndTime: false))
        #expect(ldif(lock) == record(vendor.lock))
        let name = try #require(lock.first?.attribute)
        let value = try #require(lock.first?.values.first?.text)
        let after = try entry([name.spelling: value])
        #expect(vendor.dialect.accountState(of: before, at: now) == .enabled)
        #expect(
            vendor.dialect.accountState(of: after, at: now) == .disabled(because: vendor.because))
        #expect(vendor.dialect.disable(after, at: now, hasEndTime: false) == [])
        let unlock = try #require(
            vendor.dialect.enable(after, prior: before, written: lock))
        #expect(ldif(unlock.modifications) == record(vendor.unlock))
    }

    /// A custom dialect writes nothing of its own: the reason's attributes are the lock.
    @Test func `custom writes nothing of its own`() throws {
        let before = try entry(["employeeType": "left"])
        #expect(Dialect.custom.disable(before, at: now, hasEndTime: true) == [])
        #expect(Dialect.custom.enable(before, prior: before, written: []) == Enabling([]))
        #expect(Dialect.custom.accountState(of: before, at: now) == nil)
    }

    private func entry(_ attributes: [String: String]) throws -> Entry {
        Entry(
            dn: try #require(DN("uid=ada,ou=people,dc=example,dc=com")),
            attributes: attributes.map {
                .init(name: AttributeName(trusted: $0), values: [AttributeValue($1)])
            })
    }

    private func record(_ changes: String) -> String {
        "dn: uid=ada,ou=people,dc=example,dc=com\nchangetype: modify\n\(changes)\n"
    }

    private func ldif(_ modifications: [Modification]) -> String {
        var ldif = LDIF()
        if let dn = DN("uid=ada,ou=people,dc=example,dc=com") { ldif.modify(dn, modifications) }
        return String(ldif.text.drop { $0 != "d" })
    }
}
