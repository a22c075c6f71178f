/// An entry as one search result told it: the attributes that were asked for, readable and present.
///
/// All of its octets lie in one piece: an array for each value would be most of the work of reading
/// a directory.
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
    /// Entries that show the same attributes in the same order may share them.
    private let names: [AttributeName]
    private let contents: EntryContents

    package init(dn: DN, attributes: [Attribute]) {
        var contents = EntryContents()
        for attribute in attributes {
            for value in attribute.values {
                unsafe value.octets.withUnsafeBytes { unsafe contents.append($0) }
            }
            contents.endAttribute()
        }
        self.init(dn: dn, names: attributes.map(\.name), contents: contents)
    }

    /// `contents` has as many attributes as there are names.
    package init(dn: DN, names: [AttributeName], contents: EntryContents) {
        self.dn = dn
        self.names = names
        self.contents = contents
    }

    package var attributes: [Attribute] {
        names.indices.map {
            Attribute(name: names[$0], values: Array(contents.values(ofAttribute: $0)))
        }
    }

    /// The values of an attribute; empty where the entry has none or none that could be read.
    package subscript(name: AttributeName) -> [AttributeValue] {
        Array(values(of: name))
    }

    /// The same where they stand, for what is asked of each entry of a directory.
    package func values(of name: AttributeName) -> EntryContents.Values {
        // An index: `first(where:)` would copy every name that it looks at.
        for index in names.indices where names[index] == name {
            return contents.values(ofAttribute: index)
        }
        return .none
    }

    /// The values of an attribute, whether the server answered with `;binary` or without it.
    ///
    /// The very name goes first: only where it has no values is the other one taken.
    package func values(ignoringBinary name: AttributeName) -> [AttributeValue] {
        let exact = self[name]
        guard exact.isEmpty else { return exact }
        let other = names.firstIndex { $0.matchesIgnoringBinary(name) }
        return other.map { Array(contents.values(ofAttribute: $0)) } ?? []
    }

    /// The first value that is text.
    package func first(_ name: AttributeName) -> String? {
        values(of: name).lazy.compactMap(\.text).first
    }

    /// The values that are text, in the server's order.
    package func texts(_ name: AttributeName) -> [String] {
        values(of: name).compactMap(\.text)
    }

    /// Whether the entry shows the attribute, be it with no values.
    package func has(_ name: AttributeName) -> Bool {
        names.contains { $0 == name }
    }
}
