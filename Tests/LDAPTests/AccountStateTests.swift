import Ground
import LDAP
import Testing

@Suite struct AccountStateTests {
    /// 2026-11-23T14:00:00Z.
    private let now = Timestamp(seconds: 1_795_442_400)

    @Test(
        arguments: [
            (Dialect.openldap, ["pwdAccountLockedTime": ["000001010000Z"]]),
            (.openldap, ["pwdaccountlockedtime": ["00000101000000Z"]]),
            (.openldap, ["pwdEndTime": ["20261123140000Z"]]),
            (.openldap, ["pwdEndTime": ["20200101000000.5+0100"]]),
            (
                .openldap,
                ["pwdAccountLockedTime": ["20261123130000Z"], "pwdEndTime": ["2026112313Z"]]
            ),
            (.directoryServer389, ["nsAccountLock": ["true"]]),
            (.directoryServer389, ["nsAccountLock": ["TRUE"]]),
            (.directoryServer389, ["nsAccountLock": ["true", "false"]]),
            (.freeIPA, ["nsaccountlock": ["True"]]),
            (.freeIPA, ["nsRole": ["cn=staff,dc=x", "cn=nsdisabledrole,dc=example,dc=com"]]),
            (.activeDirectory, ["userAccountControl": ["514"]]),
            (.activeDirectory, ["userAccountControl": ["-2147483134"]]),
            (.activeDirectory, ["userAccountControl": ["66050"]]),
            (.eDirectory, ["loginDisabled": ["TRUE"]]),
            (.eDirectory, ["loginDisabled": ["true"]]),
            (.openDJ, ["ds-pwp-account-disabled": ["true"]]),
            (.pingDirectory, ["ds-pwp-account-disabled": ["TRUE"]]),
            (.ibmSDS, ["ibm-pwdAccountLocked": ["TRUE"]]),
        ] as [(Dialect, [String: [String]])])
    func `an entry that shows its lock is disabled`(
        dialect: Dialect, attributes: [String: [String]]
    ) {
        let state = dialect.accountState(of: makeEntry(attributes), at: now)
        guard case .disabled = state else {
            Issue.record("\(String(describing: state))")
            return
        }
    }

    @Test(
        arguments: [
            (Dialect.openldap, [:]),
            (.openldap, ["pwdAccountLockedTime": ["20261123130000Z"]]),
            (.openldap, ["pwdAccountLockedTime": ["20991231000000Z"]]),
            (.openldap, ["pwdAccountLockedTime": ["never"]]),
            (.openldap, ["pwdEndTime": ["20261123140001Z"]]),
            (.directoryServer389, [:]),
            (.directoryServer389, ["nsAccountLock": ["false"]]),
            (.directoryServer389, ["nsAccountLock": ["yes"]]),
            (.directoryServer389, ["nsAccountLock": ["1"]]),
            (.directoryServer389, ["nsAccountLock": ["false", "true"]]),
            (.directoryServer389, ["nsAccountLock": ["trueish"]]),
            (.freeIPA, ["nsRole": ["cn=staff,dc=x"]]),
            (.activeDirectory, ["userAccountControl": ["512"]]),
            (.activeDirectory, ["userAccountControl": ["-2147483136"]]),
            (.eDirectory, [:]),
            (.eDirectory, ["loginDisabled": ["FALSE"]]),
            (.openDJ, ["ds-pwp-account-disabled": ["false"]]),
            (.pingDirectory, [:]),
            (.ibmSDS, ["ibm-pwdAccountLocked": ["FALSE"]]),
        ] as [(Dialect, [String: [String]])])
    func `an entry that shows no lock is enabled`(
        dialect: Dialect, attributes: [String: [String]]
    ) {
        #expect(dialect.accountState(of: makeEntry(attributes), at: now) == .enabled)
    }

    @Test(
        arguments: [
            (Dialect.activeDirectory, [:]),
            (.activeDirectory, ["userAccountControl": ["abc"]]),
            (.activeDirectory, ["userAccountControl": ["4294967298"]]),
            (.activeDirectory, ["userAccountControl": ["512", "514"]]),
            (.custom, ["nsAccountLock": ["true"]]),
        ] as [(Dialect, [String: [String]])])
    func `an entry that says nothing is neither`(
        dialect: Dialect, attributes: [String: [String]]
    ) {
        #expect(dialect.accountState(of: makeEntry(attributes), at: now) == nil)
    }

    @Test(arguments: [
        (Dialect.openldap, "pwdAccountLockedTime", "000001010000Z"),
        (.openldap, "pwdEndTime", "20200101000000Z"),
        (.directoryServer389, "nsAccountLock", "TRUE"),
        (.activeDirectory, "userAccountControl", "514"),
        (.eDirectory, "loginDisabled", "TRUE"),
    ])
    func `a disabled entry says by what`(dialect: Dialect, attribute: String, value: String) {
        #expect(
            dialect.accountState(of: makeEntry([attribute: [value]]), at: now)
                == .disabled(because: "\(attribute): \(value)"))
    }

    @Test(
        arguments: [
            (Dialect.openldap, "entryUUID", ["pwdAccountLockedTime", "pwdEndTime"]),
            (.directoryServer389, "nsUniqueId", ["nsAccountLock", "nsRole"]),
            (.freeIPA, "nsUniqueId", ["nsAccountLock", "nsRole"]),
            (.activeDirectory, "objectGUID", ["userAccountControl"]),
            (.eDirectory, "GUID", ["loginDisabled"]),
            (.openDJ, "entryUUID", ["ds-pwp-account-disabled"]),
            (.pingDirectory, "entryUUID", ["ds-pwp-account-disabled"]),
            (.ibmSDS, "ibm-entryUUID", ["ibm-pwdAccountLocked"]),
            (.custom, "entryUUID", []),
        ] as [(Dialect, String, [String])])
    func `a dialect names what to ask for`(dialect: Dialect, id: String, account: [String]) {
        #expect(dialect.idAttribute.spelling == id)
        #expect(dialect.accountAttributes.map(\.spelling) == account)
    }
}
