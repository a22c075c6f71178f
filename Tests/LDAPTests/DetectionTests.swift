import LDAP
import Testing

@Suite struct DetectionTests {
    @Test(
        arguments: [
            (["objectClass": ["top", "OpenLDAProotDSE"]], .openldap),
            (
                [
                    "vendorName": ["389 Project"],
                    "vendorVersion": ["389-Directory/2.3.1 B2023.017.0000"],
                ],
                .directoryServer389
            ),
            (
                [
                    "vendorName": ["389 Project"],
                    "supportedExtension": [
                        "1.3.6.1.4.1.4203.1.11.1", "2.16.840.1.113730.3.8.10.5",
                    ],
                ], .freeIPA
            ),
            (
                ["vendorName": ["389 Project"], "ipatopologypluginversion": ["1.0"]], .freeIPA
            ),
            (
                [
                    "vendorName": ["Samba Team (https://www.samba.org)"],
                    "supportedCapabilities": ["1.2.840.113556.1.4.800", "1.2.840.113556.1.4.1670"],
                ], .activeDirectory
            ),
            (["supportedCapabilities": ["1.2.840.113556.1.4.800"]], .activeDirectory),
            (
                [
                    "vendorName": ["NetIQ Corporation"],
                    "vendorVersion": ["LDAP Agent for NetIQ eDirectory 9.2 (40201.15)"],
                ], .eDirectory
            ),
            (["vendorName": ["Novell, Inc."]], .eDirectory),
            (["vendorName": ["ForgeRock AS."], "vendorVersion": ["7.2.0"]], .openDJ),
            (
                [
                    "vendorName": ["Open Identity Platform Community"],
                    "vendorVersion": ["OpenDJ Server 4.5.0"],
                ], .openDJ
            ),
            (
                [
                    "vendorName": ["Ping Identity Corporation"],
                    "vendorVersion": ["Ping Identity Directory Server 8.3.0.0"],
                ], .pingDirectory
            ),
            (["vendorName": ["UnboundID Corp."]], .pingDirectory),
            (["supportedExtension": ["1.3.6.1.4.1.30221.2.6.43"]], .pingDirectory),
            (
                ["vendorName": ["Ping Identity Corporation"], "vendorVersion": ["PingDS 8.0.0"]],
                .openDJ
            ),
            (["vendorName": ["IBM"]], .ibmSDS),
            (["vendorName": ["International Business Machines (IBM)"]], .ibmSDS),
            (["vendorName": ["Example Directories Ltd"]], nil),
            (["supportedCapabilities": ["1.2.840.113556.1.4.1851"]], nil),
            ([:], nil),
        ] as [([String: [String]], Dialect.Name?)])
    func `a server is known by its root DSE`(attributes: [String: [String]], dialect: Dialect.Name?)
    {
        let rootDSE = Entry(
            dn: .root,
            attributes: attributes.map {
                .init(
                    name: AttributeName(trusted: $0), values: $1.map { AttributeValue($0) })
            })
        #expect(Dialect.of(rootDSE: rootDSE)?.name == dialect)
    }

    @Test(
        arguments: [
            (["( 1.3.6.1.4.1.4203.1.12.2.3.2.0.1 NAME 'olcDatabase' SUP name )"], .openldap),
            (
                [
                    "( 2.16.840.1.113730.3.1.542 NAME 'nsUniqueId' )",
                    "( 2.16.840.1.113730.3.1.2113 NAME 'internalModifiersName' )",
                ], .directoryServer389
            ),
            (
                [
                    "( 2.16.840.1.113730.3.1.2113 NAME 'internalModifiersName' )",
                    "( 2.16.840.1.113730.3.8.3.1 NAME 'ipaUniqueID' )",
                ], .freeIPA
            ),
            (["( 2.16.840.1.113719.1.1.4.1.40 NAME 'loginDisabled' )"], .eDirectory),
            (["( 1.3.6.1.4.1.36733.2.1.1.141 NAME 'fullVendorVersion' )"], .openDJ),
            (["( 1.3.18.0.2.4.3115 NAME 'ibm-pwdAccountLocked' )"], .ibmSDS),
            // Sun's, which 389 comes from, and others that come from OpenDS.
            (
                [
                    "( 2.16.840.1.113730.3.1.542 NAME 'nsUniqueId' )",
                    "( 2.16.840.1.113730.3.1.610 NAME 'nsAccountLock' )",
                ], nil
            ),
            (["( 1.3.6.1.4.1.26027.1.1.166 NAME 'ds-pwp-account-disabled' )"], nil),
            // A gateway before two products.
            (["( 1.2.3 NAME 'olcDatabase' )", "( 1.2.4 NAME 'ibm-pwdAccountLocked' )"], nil),
            ([], nil),
        ] as [([String], Dialect.Name?)])
    func `a server that hides what it is is known by its schema`(
        types: [String], dialect: Dialect.Name?
    ) {
        let schema = DirectorySchema(makeEntry(["attributeTypes": types]))
        #expect(Dialect.of(schema: schema)?.name == dialect)
    }
}
