internal import LDAP

extension KeyTable {
    static let directory = [
        Key("directories.*", .section, .none, "One LDAP service, under your name for it."),
        Key(
            "directories.*.uri", .oneOrList(.uri),
            .required(example: "uri: ldaps://ldap1.example.com"),
            "Where the servers are: ldaps://host, ldap://host or ldapi://path. A list is tried in order."
        ),
        Key(
            "directories.*.timeout", .section, .standard(.mapping([])), "How long to wait."),
        Key(
            "directories.*.timeout.connect", .duration(atLeast: 1), .standard(.text("5s")),
            "How long to wait for a connection before the next server is tried."),
        Key(
            "directories.*.timeout.operation", .duration(atLeast: 1), .standard(.text("30s")),
            "How long an operation may take as a whole; a page of a search is one."),
        Key(
            "directories.*.dialect", .word(["auto"] + Dialect.Name.allCases.map(\.rawValue)),
            .standard(.text("auto")),
            "How this server disables accounts. auto asks the server; custom: by the attributes that the reasons write."
        ),
        Key(
            "directories.*.canary", .section, .none,
            "An account of no person, which check locks and tries to bind as, to prove that a lock is enforced."
        ),
        Key(
            "directories.*.canary.dn", .dn,
            .required(example: "dn: \"uid=canary,ou=services,dc=example,dc=com\""),
            "The canary's DN."),
        Key(
            "directories.*.canary.passwordFile", .path,
            .required(example: "passwordFile: /etc/lockstep/canary.password"),
            "The file that holds the canary's password."),
    ]

    static let tls = [
        Key(
            "directories.*.tls", .section, .standard(.mapping([])),
            "How connections are protected. Certificates are always verified."),
        Key(
            "directories.*.tls.ca", .path, .none,
            "A PEM file with the CA certificates to trust. Absent: the system's."),
        Key(
            "directories.*.tls.starttls", .boolean, .standard(.text("false")),
            "Whether to begin TLS on an ldap:// connection."),
        Key(
            "directories.*.tls.minimum", .word(TLSVersion.allCases.map(\.rawValue)),
            .standard(.text(TLSVersion.v1_2.rawValue)), "The lowest version of TLS."),
        Key(
            "directories.*.tls.certificate", .path, .none,
            "A PEM file with our own certificate, if the server asks for one. Goes with key."),
        Key(
            "directories.*.tls.key", .path, .none,
            "A PEM file with the private key of our own certificate."),
    ]

    static let bind = [
        Key(
            "directories.*.bind", .section,
            .required(
                example: "bind: {dn: \"cn=lockstep,dc=example,dc=com\", passwordFile: hq.password}"
            ),
            "Who we are to the server: dn with passwordFile, dn with password: ask, or sasl."),
        Key("directories.*.bind.dn", .dn, .none, "The DN to bind as."),
        Key(
            "directories.*.bind.passwordFile", .path, .none,
            "A file that holds the password and nothing else; group-readable at most. One newline at its end is dropped."
        ),
        Key(
            "directories.*.bind.password", .word(["ask"]), .none,
            "ask: asked for on the terminal. A password itself never stands in this file."),
        Key(
            "directories.*.bind.sasl", .word(BindSettings.mechanisms), .none,
            "EXTERNAL: by the socket's user or our certificate. GSSAPI: by Kerberos ticket."),
        Key(
            "directories.*.bind.cleartext", .boolean, .standard(.text("false")),
            "true allows the password to cross the network unprotected, over ldap:// without StartTLS."
        ),
    ]

    static let users = [
        Key(
            "directories.*.users", .section,
            .required(example: "users: {base: \"dc=example,dc=com\", map: {username: uid}}"),
            "Which entries are users, and what is read of them."),
        Key(
            "directories.*.users.base", .oneOrList(.dn),
            .required(example: "base: \"ou=people,dc=example,dc=com\""),
            "Below which entry to look, or a list of such entries."),
        Key(
            "directories.*.users.scope", .word(SearchScope.allCases.map(\.rawValue)),
            .standard(.text(SearchScope.subtree.rawValue)),
            "How far below: base (that entry alone), one (its children), subtree (everything)."),
        Key(
            "directories.*.users.filter", .filter, .standard(.text("(objectClass=*)")),
            "Which entries there are users."),
        Key(
            "directories.*.users.map", .section, .required(example: "map: {username: uid}"),
            "Which attribute is which property: a bare name is an attribute, a list is the first that has a value, braces make a template."
        ),
        Key(
            "directories.*.users.map.username", .oneOrList(.source),
            .required(example: "username: uid"), "The name that people type to find the user."),
        mapped("givenName", .text("givenName"), "The first name."),
        mapped("familyName", .text("sn"), "The last name."),
        mapped(
            "displayName", .texts(["displayName", "cn", "{givenName} {sn}"]),
            "The name that people read."),
        mapped("mail", .text("{mail|lowercase}"), "The mail address."),
        mapped(
            "employeeNumber", .text("employeeNumber"),
            "The number that is the same for one person in every directory."),
        Key(
            "directories.*.users.attributes", .list(.attribute),
            .standard(.texts(["title", "departmentNumber"])),
            "Further attributes, kept as they are, shown by show and searched by find."),
        Key(
            "directories.*.users.certificates", .attribute,
            .standardOrNull(.text("userCertificate;binary")),
            "The attribute that holds X.509 certificates; null: none are read."),
    ]

    private static func mapped(
        _ name: String, _ standard: Node.Content, _ explanation: String
    ) -> Key {
        Key(
            "directories.*.users.map.\(name)", .oneOrList(.source), .standardOrNull(standard),
            explanation + " null: not read.")
    }
}
