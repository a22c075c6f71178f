internal import Configuration
internal import Crypto
internal import LDAP

/// What a stream's state depends on besides the server: when it changes, everything is read again.
enum StreamBinding {
    static func users(
        _ settings: DirectorySettings, dialect: Dialect, requested: [AttributeName]
    ) -> [UInt8] {
        let users = settings.users
        return hash(
            ["users 1", bind(settings), bases(users.bases), "\(users.scope)"]
                + [users.filter.description, names(requested)]
                + [settings.mappingRules(dialect: dialect)])
    }

    static func groups(
        _ roles: RolesSettings, _ settings: DirectorySettings, dialect: Dialect,
        requested: [AttributeName]
    ) -> [UInt8] {
        var placeholder = ""
        if case .placeholder(let dn) = roles.lastMember { placeholder = dn.normalized }
        let renamed = roles.rename.sorted { $0.key < $1.key }.map { "\($0.key)\n\($0.value)" }
        return hash(
            [
                "groups 2", dialect.name.rawValue, bind(settings), bases(roles.bases),
                "\(roles.scope)",
            ]
                + [roles.filter.description, names(requested), bases(settings.users.bases)]
                + [placeholder] + renamed)
    }

    /// What may be read is the bind DN's.
    private static func bind(_ settings: DirectorySettings) -> String {
        switch settings.bind {
        case .simple(let dn, _, _): "dn:\(dn.normalized)"
        case .external: "EXTERNAL \(settings.tls.certificate ?? "")"
        case .gssapi: "GSSAPI"
        }
    }

    private static func bases(_ bases: [DN]) -> String {
        bases.map(\.normalized).joined(separator: "\n")
    }

    private static func names(_ names: [AttributeName]) -> String {
        names.map(\.folded).joined(separator: ",")
    }

    /// Each part with its length: no two lists of parts make one text.
    private static func hash(_ parts: [String]) -> [UInt8] {
        SHA256.hash(parts.map { "\($0.utf8.count):\($0)" }.joined(separator: "\n"))
    }
}
