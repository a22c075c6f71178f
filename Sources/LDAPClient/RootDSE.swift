package import LDAP

/// What a server says about itself (RFC 4512, 5.1); the attributes that were asked for by name.
package struct RootDSE: Sendable {
    package let entry: Entry

    /// Asked for by name: most are operational, and `+` is OpenLDAP's alone.
    static let attributes: [AttributeName] = {
        let own = [
            "namingContexts", "supportedControl", "supportedFeatures", "supportedSASLMechanisms",
            "subschemaSubentry", "dnsHostName", "contextCSN", "defaultNamingContext",
            "rootDomainNamingContext", "configurationNamingContext", "schemaNamingContext",
            "dsServiceName",
            "highestCommittedUSN", "firstChangeNumber", "lastChangeNumber", "changeLog",
            "dataversion", "netscapemdsuffix",
        ]
        return Dialect.rootDSEAttributes + own.map(AttributeName.init(trusted:))
    }()

    /// The text of an attribute's first value.
    package func first(_ name: String) -> String? { all(name).first }

    package func all(_ name: String) -> [String] {
        entry[AttributeName(trusted: name)].compactMap(\.text)
    }

    package var vendorName: String? { first("vendorName") }
    package var vendorVersion: String? { first("vendorVersion") }
    package var namingContexts: [DN] { all("namingContexts").compactMap { DN($0) } }
    /// The naming contexts of Active Directory that can't hold anybody, nor a group of theirs.
    ///
    /// A search from the domain's root is always referred to them. Configuration and schema have no
    /// accounts, application partitions can't have any ([MS-ADTS] 3.1.1.1.5); a child domain, which has
    /// its own, is none of them.
    package var contextsWithoutAccounts: [DN] {
        let domains = ["defaultNamingContext", "rootDomainNamingContext"].compactMap {
            first($0).flatMap { DN($0) }
        }
        let zones = domains.flatMap { domain in
            ["DC=DomainDnsZones", "DC=ForestDnsZones"].compactMap(RDN.init).map(domain.appending)
        }
        return zones
            + ["configurationNamingContext", "schemaNamingContext"].compactMap {
                first($0).flatMap { DN($0) }
            }
    }
    package var subschema: DN? { first("subschemaSubentry").flatMap { DN($0) } }

    package func supports(control oid: String) -> Bool { all("supportedControl").contains(oid) }
    package func supports(extension oid: String) -> Bool { all("supportedExtension").contains(oid) }
    package func supports(capability oid: String) -> Bool {
        all("supportedCapabilities").contains(oid)
    }
}
