internal import Configuration
internal import Identity
internal import LDAP

/// Whether the schema has the attributes that are mapped, kept, named as certificates or as a role's name.
enum MapCheck {
    static func verdicts(
        _ settings: DirectorySettings, _ schema: DirectorySchema
    ) -> [CheckVerdict] {
        let named = settings.namedAttributes
        var verdicts = named.compactMap { key, attribute -> CheckVerdict? in
            guard let definition = schema.definition(of: attribute) else {
                return .failed(
                    "\(key) names \(attribute), which the schema lacks. Correct the name, or load its "
                        + "schema on the server.")
            }
            guard definition.isPassword else { return nil }
            return .failed(
                "\(key) names \(attribute), which is a password by the schema ("
                    + definition.names.joined(separator: ", ") + ") and never read. Leave it out.")
        }
        for (key, attribute) in named
        where key.hasPrefix("users.") && key != DirectorySettings.certificatesKey
            && schema.definition(of: attribute)?.isBinary == true
        {
            verdicts.append(
                .warning(
                    "\(key) names \(attribute), which is binary. A value that is no text is left "
                        + "out; name it no more to be rid of this line."))
        }
        return verdicts.isEmpty
            ? [.ok("the schema has all \(named.count) attributes that are read")] : verdicts
    }
}

extension DirectorySettings {
    fileprivate static let certificatesKey = "users.certificates"

    /// Each attribute with the key under which it stands.
    var namedAttributes: [(key: String, attribute: AttributeName)] {
        let map: [(String, ValueSource?)] = [
            ("username", users.map.username), ("givenName", users.map.givenName),
            ("familyName", users.map.familyName), ("displayName", users.map.displayName),
            ("mail", users.map.mail), ("employeeNumber", users.map.employeeNumber),
        ]
        var named: [(key: String, attribute: AttributeName)] = []
        for (property, source) in map {
            let names =
                (source?.attributes ?? [])
                + (source?.templateNames ?? []).compactMap(AttributeName.init)
            named += names.map { ("users.map.\(property)", $0) }
        }
        named += users.attributes.map { ("users.attributes", $0) }
        named += [users.certificates].compactMap(\.self).map { (Self.certificatesKey, $0) }
        named += [roles?.name].compactMap(\.self).map { ("roles.name", $0) }
        for reason in reasons {
            named += reason.recognise.map { ("reasons.\(reason.code).recognise", $0.attribute) }
        }
        return named
    }
}
