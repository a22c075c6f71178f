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
        guard let dialect = settings.dialect ?? Dialect(rootDSE: rootDSE.entry) else {
            throw DirectoryFailure(
                settings.name, .dialect, .success,
                "\(url) does not say what kind of server it is. Set dialect.")
        }
        self.dialect = dialect
        if dialect == .activeDirectory {
            connection.readRanges()
            connection.leaveOut(contexts: rootDSE.contextsWithoutAccounts)
        }
        if let subschema = rootDSE.subschema {
            connection.nameAttributes(
                by: subschema,
                filtersValues: rootDSE.supports(control: "1.2.826.0.1.3344810.2.3"),
                configured: settings.namedAttributes.map(\.attribute)
                    + settings.reasons.flatMap { $0.write.map(\.attribute) })
        }
        if dialect == .openldap, let subschema = rootDSE.subschema {
            hasPwdEndTime = try connection.schemaKnows(
                AttributeName(trusted: "pwdEndTime"), subschema: subschema)
        } else {
            hasPwdEndTime = false
        }
    }
}
