/// An entry as one search result told it: the attributes that were asked for, readable and present.
///
/// All of its octets lie in one piece: an array for each value would be most of the work of reading
/// a directory. One reference to all of it: an entry is handed on many times.
package struct Entry: Sendable {
    package struct Attribute: Hashable, Sendable {
        package let name: AttributeName
        package let values: [AttributeValue]

        package init(name: AttributeName, values: [AttributeValue]) {
            self.name = name
            self.values = values
        }
    }

    /// The values of one attribute, where they stand.
    package struct Values: RandomAccessCollection, Sendable {
        private let content: Content?
        package let startIndex: Int
        package let endIndex: Int

        fileprivate init(_ content: Content, ofAttribute index: Int) {
            self.content = content
            let places = content.octets.places(ofAttribute: index)
            startIndex = places.lowerBound
            endIndex = places.upperBound
        }

        private init() {
            content = nil
            startIndex = 0
            endIndex = 0
        }

        package static let none = Values()

        package subscript(index: Int) -> AttributeValue {
            AttributeValue(octets: content?.octets.value(at: index) ?? [])
        }
    }

    fileprivate final class Content: Sendable {
        let dn: DN
        /// Entries that show the same attributes in the same order may share them.
        let names: [AttributeName]
        let octets: EntryContents
        /// Names that are one attribute: it answers to each of them.
        let synonyms: [[AttributeName]]

        init(
            _ dn: DN, _ names: [AttributeName], _ octets: EntryContents,
            _ synonyms: [[AttributeName]]
        ) {
            self.dn = dn
            self.names = names
            self.octets = octets
            self.synonyms = synonyms
        }

        /// Where the attribute stands, by this name or by another one of its own.
        func place(of name: AttributeName) -> Int? {
            // An index: `first(where:)` would copy every name that it looks at.
            for index in names.indices where names[index] == name { return index }
            for group in synonyms where group.contains(name) {
                for index in names.indices where group.contains(names[index]) { return index }
            }
            return nil
        }
    }

    fileprivate let content: Content

    package init(dn: DN, attributes: [Attribute], synonyms: [[AttributeName]] = []) {
        var contents = EntryContents()
        for attribute in attributes {
            for value in attribute.values { contents.append(value.octets) }
            contents.endAttribute()
        }
        self.init(
            dn: dn, names: attributes.map(\.name), contents: contents, synonyms: synonyms)
    }

    /// `contents` has as many attributes as there are names.
    package init(
        dn: DN, names: [AttributeName], contents: EntryContents, synonyms: [[AttributeName]] = []
    ) {
        content = Content(dn, names, contents, synonyms)
    }

    package var dn: DN { content.dn }

    package var attributes: [Attribute] {
        content.names.indices.map {
            Attribute(name: content.names[$0], values: Array(Values(content, ofAttribute: $0)))
        }
    }

    /// The values of an attribute; empty where the entry has none or none that could be read.
    package subscript(name: AttributeName) -> [AttributeValue] {
        Array(values(of: name))
    }

    /// The same where they stand, for what is asked of each entry of a directory.
    package func values(of name: AttributeName) -> Values {
        content.place(of: name).map { Values(content, ofAttribute: $0) } ?? .none
    }

    /// The entry with other attributes; what was one attribute still is.
    package func with(_ attributes: [Attribute]) -> Entry {
        Entry(dn: dn, attributes: attributes, synonyms: content.synonyms)
    }

    /// The entry with other values of one attribute, by whichever of its names.
    package func setting(_ name: AttributeName, to values: [AttributeValue]) -> Entry {
        var changed = attributes
        if let place = content.place(of: name) {
            changed[place] = Attribute(name: content.names[place], values: values)
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
        content.place(of: name) != nil
    }

    /// Whether a value of the entry may have the octet; false: none has.
    package func mayHold(_ octet: UInt8) -> Bool { content.octets.mayHold(octet) }
}

extension Entry: Hashable {
    package static func == (left: Entry, right: Entry) -> Bool {
        left.dn == right.dn && left.content.names == right.content.names
            && left.content.octets == right.content.octets
            && left.content.synonyms == right.content.synonyms
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(dn)
        hasher.combine(content.names)
        hasher.combine(content.octets)
    }
}

/// What an entry says of some attributes, in one piece: the same octets mean the same values in the same
/// order, wherever the attributes stand.
package struct EntryImage {
    package private(set) var octets: [UInt8] = []
    private let attributes: [AttributeName]
    /// Where they stand in the last entry, and most likely in the next.
    private var places: [Int?]
    private var names: [AttributeName] = []
    private var synonyms: [[AttributeName]] = []

    package init(of attributes: [AttributeName]) {
        self.attributes = attributes
        places = attributes.map { _ in nil }
    }

    /// `start` and `mark` are what the octets begin with; the entry's name follows, and the values.
    package mutating func make(of entry: Entry, after start: [UInt8], _ mark: UInt8) {
        let content = entry.content
        find(in: content)
        octets.removeAll(keepingCapacity: true)
        octets += start
        octets.append(mark)
        octets.append(count: content.dn.text.utf8.count)
        octets += content.dn.text.utf8
        for place in places {
            if let place {
                content.octets.append(attribute: place, to: &octets)
            } else {
                octets.append(count: 0)
            }
        }
    }

    /// Entries of one search share the list of their names where they show the same.
    private mutating func find(in content: Entry.Content) {
        guard !names.isSame(as: content.names) || !synonyms.isSame(as: content.synonyms) else {
            return
        }
        names = content.names
        synonyms = content.synonyms
        places = attributes.map(content.place)
    }
}

extension Array {
    /// Whether both are the same piece of memory: equal without a look at what is in them.
    fileprivate func isSame(as other: [Element]) -> Bool {
        unsafe withUnsafeBufferPointer { own in
            unsafe other.withUnsafeBufferPointer {
                unsafe own.baseAddress == $0.baseAddress && own.count == $0.count
            }
        }
    }
}
