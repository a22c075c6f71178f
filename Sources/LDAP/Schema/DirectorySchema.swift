internal import Ground

/// What a server's subschema entry says of attributes and classes (RFC 4512, 4.2).
package struct DirectorySchema: Sendable {
    /// To be asked for by name: they are operational.
    package static let attributes = ["attributeTypes", "objectClasses", "dITContentRules"]
        .map(AttributeName.init(trusted:))

    private var types: [String: AttributeDefinition] = [:]
    private var classes: [String: ClassDefinition] = [:]

    /// A description that can't be read is left out: nobody can say more of it than that it is there.
    package init(_ subschema: Entry) {
        for text in subschema.texts(Self.attributes[0]).compactMap(SchemaText.init) {
            let definition = AttributeDefinition(text)
            for name in definition.names + [text.oid] { types[name.asciiLowered] = definition }
        }
        for text in subschema.texts(Self.attributes[1]).compactMap(SchemaText.init) {
            let definition = ClassDefinition(text)
            for name in text.values("NAME") + [text.oid] { classes[name.asciiLowered] = definition }
        }
        // Active Directory says in these which attributes its classes have by auxiliary ones. The rule has the
        // OID of its structural class, and a name of its own that is the same as the class's.
        for text in subschema.texts(Self.attributes[2]).compactMap(SchemaText.init) {
            let rule = ClassDefinition(text)
            for name in text.values("NAME") + [text.oid] {
                classes[name.asciiLowered]?.superiors += rule.superiors
                classes[name.asciiLowered]?.attributes += rule.attributes
            }
        }
    }

    /// False where the bind DN may not see the schema.
    package var isReadable: Bool { !types.isEmpty }

    /// nil where the schema has no such attribute; options are left aside.
    package func definition(of name: AttributeName) -> AttributeDefinition? {
        types[name.base.folded]
    }

    package func knows(class name: String) -> Bool { classes[name.asciiLowered] != nil }

    /// Whether one of these classes is this one, or derived from it; names in lower case.
    package func isAny(of objectClasses: [String], derivedFrom name: String) -> Bool {
        var seen: Set<String> = []
        var left = objectClasses
        while let next = left.popLast() {
            if next == name { return true }
            guard seen.insert(next).inserted, let found = classes[next] else { continue }
            left += found.superiors
        }
        return false
    }

    /// Whether an entry of these classes may have the attribute.
    package func allows(_ name: AttributeName, on objectClasses: [String]) -> Bool {
        guard let definition = definition(of: name) else { return false }
        if definition.isOperational { return true }
        let spellings = Set(definition.names.map(\.asciiLowered) + [name.base.folded])
        var seen: Set<String> = []
        var left = objectClasses.map(\.asciiLowered)
        while let next = left.popLast() {
            // RFC 4512, 4.3: such an entry may have every user attribute.
            if next == "extensibleobject" { return true }
            guard seen.insert(next).inserted, let found = classes[next] else { continue }
            if !spellings.isDisjoint(with: found.attributes) { return true }
            left += found.superiors
        }
        return false
    }
}
