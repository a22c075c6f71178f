extension Dialect {
    /// NetIQ (Novell, OpenText) eDirectory, from its documentation: no test here runs one.
    package static let eDirectory = Dialect(
        .eDirectory,
        marks: Marks(schema: loginDisabledOID) { server in
            server.product.contains("edirectory") || server.vendor.contains("novell")
                || server.vendor.contains("netiq")
        },
        // Anything but true, and nothing at all, leaves the account enabled.
        account: AccountFlag(
            attribute: AttributeName(trusted: "loginDisabled"), disabled: "TRUE", enabled: "FALSE",
            // NDS Schema Reference, Login Expiration Time; Locked By Intruder, Login Intruder Reset Time.
            expires: AttributeName(trusted: "loginExpirationTime"),
            lockout: (
                AttributeName(trusted: "lockedByIntruder"),
                AttributeName(trusted: "loginIntruderResetTime")
            )),
        // NDS Schema Reference, GUID.
        id: AttributeName(trusted: "GUID"), .octets,
        // NDS Schema Reference, Group.
        allowsEmptyGroups: true)

    /// `Login Disabled`, whose name in LDAP is loginDisabled.
    private static let loginDisabledOID = AttributeName(trusted: "2.16.840.1.113719.1.1.4.1.40")
}
