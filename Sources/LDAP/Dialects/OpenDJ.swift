extension Dialect {
    /// OpenDJ, ForgeRock DS and PingDS, from their documentation: no test here runs one.
    package static let openDJ = Dialect(
        .openDJ,
        // PingDS, LDAP Schema Reference, fullVendorVersion: of OpenDJ, 1.3.6.1.4.1.36733.2.1.1.141.
        marks: Marks(schema: AttributeName(trusted: "fullVendorVersion")) { server in
            server.product.contains("opendj") || server.product.contains("pingds")
                || server.vendor.contains("forgerock")
                || server.product.contains("open identity platform")
        },
        account: disabledByAdministrator,
        // PingDS, LDAP Schema Reference, groupOfNames: 00-core.ldif lets it be without members.
        allowsEmptyGroups: true,
        clock: ("cn=monitor", "currentTime"),
        rights: .effectiveRights)

    /// Of OpenDS, and of all that come from it.
    ///
    /// PingDS, LDAP Schema Reference: "TRUE if the user's account has been disabled by an administrator"
    /// (1.3.6.1.4.1.26027.1.1.166). PingDirectory, Administration Guide: absent or false is enabled, and
    /// it may be written by a modify.
    static let disabledByAdministrator = AccountFlag(
        attribute: AttributeName(trusted: "ds-pwp-account-disabled"), disabled: "true")
}
