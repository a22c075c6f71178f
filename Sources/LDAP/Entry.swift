/// An entry as one search result told it: the attributes that were asked for, readable and present.
package struct Entry: Hashable, Sendable {
    package struct Attribute: Hashable, Sendable {
        package let name: AttributeName
        package let values: [AttributeValue]

        package init(name: AttributeName, values: [AttributeValue]) {
            self.name = name
            self.values = values
        }
    }

    package let dn: DN
    package let attributes: [Attribute]

    package init(dn: DN, attributes: [Attribute]) {
        self.dn = dn
        self.attributes = attributes
    }

    /// The values of an attribute; empty where the entry has none or none that could be read.
    package subscript(name: AttributeName) -> [AttributeValue] {
        // An index: `first(where:)` would copy every attribute that it looks at, and this is asked
        // some twenty times for each entry of a directory.
        for index in attributes.indices where attributes[index].name == name {
            return attributes[index].values
        }
        return []
    }

    /// The values of an attribute, whether the server answered with `;binary` or without it.
    ///
    /// The very name goes first: only where it has no values is the other one taken.
    package func values(ignoringBinary name: AttributeName) -> [AttributeValue] {
        let exact = self[name]
        guard exact.isEmpty else { return exact }
        return attributes.first { $0.name.matchesIgnoringBinary(name) }?.values ?? []
    }

    /// The first value that is text.
    package func first(_ name: AttributeName) -> String? {
        self[name].lazy.compactMap(\.text).first
    }

    /// The values that are text, in the server's order.
    package func texts(_ name: AttributeName) -> [String] {
        self[name].compactMap(\.text)
    }

    /// Whether the entry shows the attribute, be it with no values.
    package func has(_ name: AttributeName) -> Bool {
        attributes.contains { $0.name == name }
    }
}
