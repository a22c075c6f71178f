extension Dialect {
    /// IBM Security Directory Server (Tivoli Directory Server), from its documentation: no test here
    /// runs one.
    package static let ibmSDS = Dialect(
        .ibmSDS,
        marks: Marks(schema: accountLocked) { server in
            server.vendor.hasPrefix("international business machines") || server.vendor == "ibm"
        },
        // Administration Guide, Overriding password policy and unlocking accounts: TRUE locks
        // administratively, FALSE unlocks; who writes it needs the access class critical.
        account: AccountFlag(attribute: accountLocked, disabled: "TRUE", enabled: "FALSE"),
        id: AttributeName(trusted: "ibm-entryUUID"))

    private static let accountLocked = AttributeName(trusted: "ibm-pwdAccountLocked")
}
