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
            (["vendorName": ["International Business Machines (IBM)"]], .ibmSDS),
            (["vendorName": ["Example Directories Ltd"]], nil),
            (["supportedCapabilities": ["1.2.840.113556.1.4.1851"]], nil),
            ([:], nil),
        ] as [([String: [String]], Dialect?)])
    func `a server is known by its root DSE`(attributes: [String: [String]], dialect: Dialect?) {
        let rootDSE = Entry(
            dn: .root,
            attributes: attributes.map {
                .init(
                    name: AttributeName(trusted: $0), values: $1.map { AttributeValue($0) })
            })
        #expect(Dialect(rootDSE: rootDSE) == dialect)
    }
}
