internal import Configuration
internal import Identity
internal import LDAP

extension UserMapping {
    var sources: [ValueSource] {
        [username] + [givenName, familyName, displayName, mail, employeeNumber].compactMap(\.self)
    }
}

extension ValueSource {
    /// The attributes that are named barely.
    var attributes: [AttributeName] {
        alternatives.compactMap { alternative in
            switch alternative {
            case .attribute(let name): name
            case .template: nil
            }
        }
    }

    /// The names within templates.
    var templateNames: [String] {
        alternatives.flatMap { alternative in
            switch alternative {
            case .attribute: [String]()
            case .template(let template): template.names
            }
        }
    }

    /// As the configuration has it: `uid`, or `displayName, cn`.
    var description: String {
        let words = alternatives.map { alternative in
            switch alternative {
            case .attribute(let name): name.spelling
            case .template(let template): template.source
            }
        }
        return words.joined(separator: ", ")
    }
}
