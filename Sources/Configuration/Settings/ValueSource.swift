package import Identity
package import LDAP

/// The first of these that has a value; one of them where the configuration has no list.
package struct ValueSource: Sendable {
    package enum Alternative: Hashable, Sendable {
        case attribute(AttributeName)
        case template(Template)
    }

    package var alternatives: [Alternative]
}

extension ValueSource {
    /// A bare name is an attribute, text with a brace a template, a list has several of them.
    init?(_ field: Field) {
        let read = field.oneOrMore()?.readAll { item -> Alternative? in
            guard let text = item.text() else { return nil }
            guard text.contains("{") || text.contains("}") else {
                return item.attribute().map { .attribute($0) }
            }
            return item.template(names: nil).map { .template($0) }
        }
        guard let read else { return nil }
        alternatives = read
    }
}
