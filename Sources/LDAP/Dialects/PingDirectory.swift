extension Dialect {
    /// PingDirectory, once UnboundID's, from its documentation: no test here runs one.
    package static let pingDirectory = Dialect(
        .pingDirectory,
        // By UnboundID's arc of extended operations, too. PingDS, of the same company, is another product.
        marks: Marks { server in
            (server.vendor.contains("unboundid") || server.vendor.contains("ping identity")
                || server.offersOperation(of: "1.3.6.1.4.1.30221."))
                && !server.product.contains("pingds")
        },
        // Security Guide, Externally modifiable user attributes.
        account: ofOpenDS(begins: AttributeName(trusted: "ds-pwp-account-activation-time")),
        // Of OpenDS, as PingDS is.
        allowsEmptyGroups: true,
        clock: ("cn=monitor", "currentTime"),
        rights: .effectiveRights)
}
