internal import Ground

extension Dialect {
    /// What `init(rootDSE:)` reads: ask for it by name, most of it is operational.
    package static let rootDSEAttributes = [
        "objectClass", "vendorName", "vendorVersion", "supportedCapabilities",
        "supportedExtension", "ipaTopologyPluginVersion", "ipaTopologyIsManaged", "ipaDomainLevel",
    ].map(AttributeName.init(trusted:))

    /// The dialect of the server with this root DSE (RFC 4512, 5.1; RFC 3045 for the vendor's name).
    ///
    /// nil for a server that nobody here knows: the configuration has to name its dialect. Seen on
    /// slapd 2.5.13, 389 2.3.1 and Samba 4.17.12; the others as their vendors document it.
    package init?(rootDSE: Entry) {
        let vendor = Self.joined("vendorName", rootDSE)
        let version = Self.joined("vendorVersion", rootDSE)
        let product = "\(vendor) \(version)"
        if rootDSE[AttributeName(trusted: "objectClass")].contains(where: {
            $0.equalsIgnoringCase("OpenLDAProotDSE")
        }) {
            self = .openldap
        } else if Self.hasCapability(Self.activeDirectoryCapability, rootDSE) {
            self = .activeDirectory
        } else if vendor.contains("389 project") || version.hasPrefix("389-directory") {
            self = Self.isFreeIPA(rootDSE) ? .freeIPA : .directoryServer389
        } else if product.contains("edirectory") || vendor.contains("novell")
            || vendor.contains("netiq")
        {
            self = .eDirectory
        } else if vendor.hasPrefix("international business machines") || vendor == "ibm" {
            self = .ibmSDS
        } else if product.contains("opendj") || product.contains("pingds")
            || vendor.contains("forgerock") || product.contains("open identity platform")
        {
            self = .openDJ
        } else if vendor.contains("unboundid") || vendor.contains("ping identity") {
            self = .pingDirectory
        } else {
            return nil
        }
    }

    /// LDAP_CAP_ACTIVE_DIRECTORY_OID, [MS-ADTS] 3.1.1.3.4.3.1; AD LDS does not have it.
    private static let activeDirectoryCapability = "1.2.840.113556.1.4.800"

    /// The arc of FreeIPA's extended operations (keytabs, enrolment, token synchronisation).
    private static let freeIPAOperations = "2.16.840.1.113730.3.8.10."

    private static func hasCapability(_ oid: String, _ rootDSE: Entry) -> Bool {
        rootDSE.texts(AttributeName(trusted: "supportedCapabilities")).contains(oid)
    }

    private static func isFreeIPA(_ rootDSE: Entry) -> Bool {
        rootDSE.attributes.contains { $0.name.folded.hasPrefix("ipa") && !$0.values.isEmpty }
            || rootDSE.texts(AttributeName(trusted: "supportedExtension")).contains {
                $0.hasPrefix(freeIPAOperations)
            }
    }

    private static func joined(_ name: String, _ rootDSE: Entry) -> String {
        rootDSE.texts(AttributeName(trusted: name)).joined(separator: " ").asciiLowered
    }
}
