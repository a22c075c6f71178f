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
        account: ofOpenDS(),
        // PingDS, LDAP Schema Reference, groupOfNames: 00-core.ldif lets it be without members.
        allowsEmptyGroups: true,
        clock: ("cn=monitor", "currentTime"),
        rights: .effectiveRights)

    /// The accounts of OpenDS, and of all that come from it.
    ///
    /// PingDS, LDAP Schema Reference: "TRUE if the user's account has been disabled by an administrator"
    /// (1.3.6.1.4.1.26027.1.1.166), and when one expires (1.3.6.1.4.1.26027.1.1.237). PingDirectory,
    /// Security Guide, Externally modifiable user attributes: absent or false is enabled.
    static func ofOpenDS(begins: AttributeName? = nil) -> AccountFlag {
        AccountFlag(
            attribute: AttributeName(trusted: "ds-pwp-account-disabled"), disabled: "true",
            begins: begins, expires: AttributeName(trusted: "ds-pwp-account-expiration-time"))
    }
}
