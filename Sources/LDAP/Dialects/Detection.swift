internal import Ground

extension Dialect {
    /// What a server says of itself before anybody asks it for entries: its root DSE.
    struct Greeting {
        let entry: Entry
        /// `vendorName` and `vendorVersion` (RFC 3045) in lower case.
        let vendor: String
        let version: String

        /// Both of them.
        var product: String { "\(vendor) \(version)" }

        init(_ rootDSE: Entry) {
            func joined(_ name: String) -> String {
                rootDSE.texts(AttributeName(trusted: name)).joined(separator: " ").asciiLowered
            }
            entry = rootDSE
            vendor = joined("vendorName")
            version = joined("vendorVersion")
        }

        /// Whether an extended operation below this arc, `1.3.6.1.4.1.30221.`, is offered.
        func offersOperation(of arc: String) -> Bool {
            entry.texts(AttributeName(trusted: "supportedExtension")).contains { $0.hasPrefix(arc) }
        }
    }

    /// By what a product is known.
    ///
    /// No two products may have the same.
    struct Marks {
        /// An attribute that the schemas of this product alone have; nil: none is known.
        var schema: AttributeName?
        /// Whether the root DSE is one of this product's.
        let isGreeting: @Sendable (Greeting) -> Bool
    }

    /// What `of(rootDSE:)` reads: ask for it by name, most of it is operational.
    package static let rootDSEAttributes = [
        "objectClass", "vendorName", "vendorVersion", "supportedCapabilities",
        "supportedExtension", "ipaTopologyPluginVersion", "ipaTopologyIsManaged", "ipaDomainLevel",
    ].map(AttributeName.init(trusted:))

    /// Every attribute by which some product's entries, accounts and roles are read.
    package static let ownAttributes = all.flatMap {
        [$0.idAttribute] + $0.watchedAttributes + $0.roleAttributes + $0.loginNames
    }

    /// The dialect of the server with this root DSE (RFC 4512, 5.1).
    ///
    /// nil for a server that does not show there what it is. Seen on slapd 2.5.13, 389 2.3.1 and Samba
    /// 4.17.12; the others as their vendors document it.
    package static func of(rootDSE: Entry) -> Dialect? {
        let greeting = Greeting(rootDSE)
        return all.first { $0.marks.isGreeting(greeting) }
    }

    /// The dialect of the server with this schema, where its root DSE tells nothing: an administrator may
    /// hide the vendor from strangers (RFC 3045).
    ///
    /// nil for a schema of no product, or of several: a gateway before different servers.
    package static func of(schema: DirectorySchema) -> Dialect? {
        var found = all.filter { dialect in
            dialect.marks.schema.map { schema.definition(of: $0) != nil } ?? false
        }
        // FreeIPA's schema is 389's and more.
        if found.contains(where: { $0.name == .freeIPA }) {
            found.removeAll { $0.name == .directoryServer389 }
        }
        return found.count == 1 ? found[0] : nil
    }
}
