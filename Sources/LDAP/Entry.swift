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
    /// Names that are one attribute: it answers to each of them.
    private let synonyms: [[AttributeName]]

    package init(dn: DN, attributes: [Attribute], synonyms: [[AttributeName]] = []) {
        var contents = EntryContents()
        for attribute in attributes {
            for value in attribute.values {
                unsafe value.octets.withUnsafeBytes { unsafe contents.append($0) }
            }
            contents.endAttribute()
        }
        self.init(
            dn: dn, names: attributes.map(\.name), contents: contents, synonyms: synonyms)
    }

    /// `contents` has as many attributes as there are names.
    package init(
        dn: DN, names: [AttributeName], contents: EntryContents, synonyms: [[AttributeName]] = []
    ) {
        self.dn = dn
        self.names = names
        self.contents = contents
        self.synonyms = synonyms
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
        place(of: name).map { contents.values(ofAttribute: $0) } ?? .none
    }

    /// Where the attribute stands, by this name or by another one of its own.
    private func place(of name: AttributeName) -> Int? {
        // An index: `first(where:)` would copy every name that it looks at.
        for index in names.indices where names[index] == name { return index }
        for group in synonyms where group.contains(name) {
            for index in names.indices where group.contains(names[index]) { return index }
        }
        return nil
    }

    /// The entry with other attributes; what was one attribute still is.
    package func with(_ attributes: [Attribute]) -> Entry {
        Entry(dn: dn, attributes: attributes, synonyms: synonyms)
    }

    /// The entry with other values of one attribute, by whichever of its names.
    package func setting(_ name: AttributeName, to values: [AttributeValue]) -> Entry {
        var changed = attributes
        if let place = place(of: name) {
            changed[place] = Attribute(name: names[place], values: values)
        } else {
            changed.append(Attribute(name: name, values: values))
        }
        return with(changed)
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
        place(of: name) != nil
    }
}
