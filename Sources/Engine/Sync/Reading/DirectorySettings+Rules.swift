internal import Configuration
internal import Identity
internal import LDAP

extension DirectorySettings {
    /// All of the configuration that decides what becomes of an entry, as one text.
    ///
    /// Part of every digest: when it changes, every entry is looked at anew.
    func mappingRules(dialect: Dialect) -> String {
        var lines = ["mapping 2", dialect.name.rawValue]
        let map = users.map
        for (name, source) in [
            ("username", map.username), ("givenName", map.givenName),
            ("familyName", map.familyName), ("displayName", map.displayName),
            ("mail", map.mail), ("employeeNumber", map.employeeNumber),
        ] {
            lines.append("\(name): \(source?.rules ?? "")")
        }
        lines.append("attributes: " + users.attributes.map(\.spelling).joined(separator: ","))
        lines.append("certificates: \(users.certificates?.spelling ?? "")")
        lines.append("roles: \(roles == nil ? "no" : "yes")")
        for reason in reasons where reason.isRecognisable {
            lines.append("reason: \(reason.code)")
            for rule in reason.recognise {
                lines.append("\(rule.attribute.folded): \(rule.values)")
            }
        }
        return lines.joined(separator: "\n")
    }
}

extension ValueSource {
    /// Unlike `description` it tells an attribute from a template that is only text.
    fileprivate var rules: String {
        let words = alternatives.map { alternative in
            switch alternative {
            case .attribute(let name): "attribute \(name.folded)"
            case .template(let template): "template \(template.source)"
            }
        }
        return words.joined(separator: "\n")
    }
}

extension Reason {
    /// Whether a sync looks for it.
    var isRecognisable: Bool {
        enabled && useCases.contains(.lock) && !recognise.isEmpty
    }

    /// Whether every attribute under `recognise` has one of the values that it names, in any case.
    func isRecognised(in entry: Entry) -> Bool {
        recognise.allSatisfy { rule in
            let present = entry[rule.attribute].compactMap { $0.text?.directoryFolded }
            return rule.values.contains { present.contains($0.directoryFolded) }
        }
    }
}
