internal import Configuration
internal import Identity
internal import LDAP
internal import LDAPClient

/// What a server says about itself, as far as somebody here asks.
struct ServerFacts {
    let dialect: Dialect
    let rootDSE: RootDSE
    let hasPwdEndTime: Bool

    init(
        _ settings: DirectorySettings, _ url: LDAPURL, _ connection: borrowing Connection
    ) throws {
        rootDSE = try connection.rootDSE()
        var found = settings.dialect ?? Dialect.of(rootDSE: rootDSE.entry)
        if found == nil, let subschema = rootDSE.subschema {
            found = try Self.dialect(by: subschema, connection)
        }
        guard let dialect = found else {
            throw DirectoryFailure(
                settings.name, .dialect, .success,
                "\(url) does not say what kind of server it is. Set dialect.")
        }
        self.dialect = dialect
        if dialect.returnsRanges { connection.readRanges() }
        if dialect.hasDomains { connection.leaveOut(contexts: rootDSE.contextsWithoutAccounts) }
        if let subschema = rootDSE.subschema {
            connection.nameAttributes(
                by: subschema,
                filtersValues: rootDSE.supports(control: "1.2.826.0.1.3344810.2.3"),
                configured: settings.namedAttributes.map(\.attribute)
                    + settings.reasons.flatMap { $0.write.map(\.attribute) })
        }
        if dialect.accountAttributes.contains(.pwdEndTime), let subschema = rootDSE.subschema {
            hasPwdEndTime = try connection.schemaKnows(.pwdEndTime, subschema: subschema)
        } else {
            hasPwdEndTime = false
        }
    }

    /// Where the root DSE does not tell; nil where the schema does not, or may not be read.
    private static func dialect(
        by subschema: DN, _ connection: borrowing Connection
    ) throws(LDAPFailure) -> Dialect? {
        do throws(LDAPFailure) {
            let entries = try connection.search(
                base: subschema, scope: .base, filter: .present(.objectClass),
                attributes: DirectorySchema.attributes)
            return entries.first.flatMap { Dialect.of(schema: DirectorySchema($0)) }
        } catch  where [.noSuchObject, .insufficientAccessRights].contains(error.code) {
            return nil
        }
    }
}
