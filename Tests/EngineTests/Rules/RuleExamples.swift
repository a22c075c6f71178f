import Configuration
import Fixtures
import Identity
import LDAP
import Testing

extension StoredDN: ExpressibleByStringLiteral {
    package init(stringLiteral: String) { self.init(text: stringLiteral) }
}

extension DirectoryName: ExpressibleByStringLiteral {
    package init(stringLiteral: String) { self.init(rawValue: stringLiteral) }
}

/// One directory's settings, of a configuration that is read as any other.
enum RuleExamples {
    /// `users` and `map`: lines below those keys; `more`: a line below `hq`.
    static func directory(
        users: [String] = [], username: String = "uid", map: [String] = [], roles: String? = nil,
        more: String = "timeout: {connect: 2s}"
    ) throws -> DirectorySettings {
        try #require(
            settings(users: users, username: username, map: map, roles: roles, more: more)
                .directories.first)
    }

    static func settings(
        users: [String] = [], username: String = "uid", map: [String] = [], roles: String? = nil,
        more: String = "timeout: {connect: 2s}"
    ) throws -> Settings {
        let groups =
            roles ?? "{base: \"ou=groups,dc=example,dc=com\", filter: (objectClass=groupOfNames)}"
        let text = """
            store: store.db
            directories:
              hq:
                uri: ldap://127.0.0.1:389
                bind: {dn: "\(Slapd.serviceDN)", passwordFile: hq.password}
                users:
                  base: ou=people,dc=example,dc=com
                  \(users.joined(separator: "\n      "))
                  map:
                    username: \(username)
                    \(map.joined(separator: "\n        "))
                roles: \(groups)
                \(more)
            reasons:
              left-organization:
                text: The user quits the organization
                for: [lock]
                revocation: affiliationChanged
                recognise: {employeeType: left}
              misuse:
                text: Misuse
                for: [lock]
                revocation: privilegeWithdrawn
                recognise: {employeeType: [misuse, abuse], title: none}
              holiday:
                text: On holiday
                for: [deactivate]

            """
        return try Settings.load(
            bytes: Array(text.utf8), file: "/etc/lockstep/lockstep.yaml")
    }

    static func entry(
        _ attributes: KeyValuePairs<String, [String]>,
        dn: String = "uid=ada,ou=people,dc=example,dc=com"
    ) throws -> Entry {
        Entry(
            dn: try #require(DN(dn)),
            attributes: attributes.map { name, values in
                Entry.Attribute(
                    name: AttributeName(trusted: name), values: values.map { AttributeValue($0) })
            })
    }
}
