internal import Ground

/// Which names are one attribute, as a server's schema says (RFC 4512, 2.5.1 and 4.1.2).
///
/// An attribute has an OID and any number of short names; a request may use each of them, an answer
/// carries the first. What the schema was not asked about, or doesn't tell, is known from the standards.
package struct AttributeSynonyms: Sendable {
    /// All names of a type, the schema's first one first and the OID last, by each of them in lower case.
    private var types: [String: [String]] = [:]

    package init() {}

    /// Takes over descriptions of attribute types; one that can't be read is left out.
    package mutating func learn(_ descriptions: [String]) {
        for text in descriptions.compactMap(SchemaText.init) {
            let names = text.values("NAME") + [text.oid]
            for name in names { types[name.asciiLowered] = names }
        }
    }

    /// Whether the schema has told of the attribute.
    package func isTold(_ name: AttributeName) -> Bool { types[name.base.folded] != nil }

    /// Every name of the attribute, with its options; the name alone where nothing is known of it.
    package func names(of name: AttributeName) -> [AttributeName] {
        let base = name.base
        let names = types[base.folded] ?? AttributeTypes.names(of: base.folded)
        let options = name.spelling.dropFirst(base.spelling.count)
        return names.map { AttributeName(trusted: $0 + options) }
    }

    /// What to call the attribute in a request: an OID by its name, which not every server does.
    package func requestable(_ name: AttributeName) -> AttributeName {
        name.isOID ? names(of: name).first ?? name : name
    }

    /// Whether both name one attribute; options are left aside.
    package func areOne(_ left: AttributeName, _ right: AttributeName) -> Bool {
        left.base == right.base || names(of: left.base).contains(right.base)
    }

    /// Whether the attribute holds a secret, by whichever of its names.
    package func isPassword(_ name: AttributeName) -> Bool {
        names(of: name).contains(where: \.isPassword)
    }

    /// The names among these that are one attribute with another of them.
    package func groups(among names: [AttributeName]) -> [[AttributeName]] {
        var groups: [[AttributeName]] = []
        var grouped: Set<AttributeName> = []
        for name in names where !grouped.contains(name) {
            let all = Set(self.names(of: name))
            let group = names.filter { all.contains($0) }
            guard group.count > 1 else { continue }
            grouped.formUnion(group)
            groups.append(group)
        }
        return groups
    }
}

extension AttributeName {
    /// Whether it is a number and no short name.
    package var isOID: Bool { folded.utf8.first.map(\.isASCIIDigit) ?? false }
}
