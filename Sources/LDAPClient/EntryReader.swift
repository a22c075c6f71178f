internal import CLDAP
internal import Ground
internal import LDAP

/// Copies entries out of messages: the one place that is passed once for each entry of a directory.
///
/// Attribute names are made once for each search, not once for each entry. Values are walked inside the
/// message and copied once, into one piece.
struct EntryReader {
    enum Reading {
        case entry(Entry)
        case unreadable(UnreadableEntry)
    }

    private struct Known {
        let spelling: [UInt8]
        let name: AttributeName
        let isRange: Bool

        init(_ name: AttributeName) {
            spelling = Array(name.spelling.utf8)
            self.name = name
            isRange = RangedValues.Range(name) != nil
        }

        func isSpelt(as type: Span<UInt8>) -> Bool {
            guard spelling.count == type.count else { return false }
            for index in spelling.indices where spelling[index] != type[index] { return false }
            return true
        }
    }

    /// The names asked for, and those that came in another spelling.
    private var known: [Known]
    private let requested: [AttributeName]
    /// What the server's schema calls them; nil: every answer is taken at its word.
    private let schema: SchemaNames?
    /// Names asked for, and names that came instead, that are one attribute.
    private var synonyms: [[AttributeName]]
    /// Servers send attributes in the same order again: the one after the last that was found.
    private var likely = 0
    /// The last entry's names, and about how many values it had: the next has the same.
    private var names = NameSequence()
    private var expectedValues: Int

    /// Whether the last entry has values that are only a range of all.
    private(set) var hasRanges = false
    /// Of the last entry's values, and a little more.
    private(set) var octets = 0

    /// A hostile server may invent names for ever; beyond this they are forgotten after their entry.
    private static let mostNames = 500
    /// That one entry may show beside those.
    private static let mostInvented = 10_000
    /// After a large group comes a small one, more often than not.
    private static let mostExpected = 100
    /// slapd takes no longer name (SLAP_LDAPDN_MAXLEN).
    private static let longestName = 8_192

    init(
        _ requested: [AttributeName], schema: SchemaNames? = nil,
        synonyms: [[AttributeName]] = []
    ) {
        known = requested.map(Known.init)
        self.requested = requested
        self.schema = schema
        self.synonyms = synonyms
        expectedValues = requested.count
    }

    /// nil when the message can't be decoded at all.
    mutating func read(
        _ message: borrowing Message, on handle: Handle
    ) throws(LDAPFailure) -> Reading? {
        guard let entry = unsafe message.pointer else { return nil }
        var name = unsafe berval()
        guard let whole = unsafe Self.attributes(of: entry, &name, on: handle) else { return nil }
        forgetInvented()
        let octets = unsafe whole.span
        self.octets = octets.count
        var contents = unsafe EntryContents(
            copying: whole, values: expectedValues, attributes: known.count)
        names.begin()
        hasRanges = false
        var start = 0
        while start < octets.count {
            guard let attribute = Self.attribute(in: octets, from: start) else { return nil }
            guard let index = try index(of: octets.extracting(attribute.type), on: handle) else {
                return unsafe .unreadable(
                    Self.unreadable(
                        name,
                        "not an attribute's name: \(Self.text(octets.extracting(attribute.type)))"))
            }
            names.append(index)
            guard Self.note(attribute.values, of: octets, in: &contents) else { return nil }
            start = attribute.end
        }
        expectedValues = min(contents.valueCount, Self.mostExpected)
        return unsafe Self.finish(name, names.end { known[$0].name }, contents, synonyms)
    }

    /// The entry's attributes as they stand in the message, and its name; nil where there is no sense in it.
    private static func attributes(
        of entry: OpaquePointer, _ name: inout berval, on handle: Handle
    ) -> UnsafeBufferPointer<UInt8>? {
        var cursor: OpaquePointer?
        defer { unsafe ber_free(cursor, 0) }
        guard unsafe ldap_get_dn_ber(handle.pointer, entry, &cursor, &name) == LDAP_SUCCESS else {
            return nil
        }
        var count: ber_len_t = 0
        unsafe ber_get_option(
            UnsafeMutableRawPointer(cursor), LBER_OPT_BER_REMAINING_BYTES, &count)
        guard count > 0 else { return unsafe UnsafeBufferPointer(start: nil, count: 0) }
        var first = unsafe berval()
        guard unsafe ber_skip_raw(cursor, &first) != ber_tag_t.max else { return nil }
        return unsafe UnsafeBufferPointer(
            start: UnsafeRawPointer(first.bv_val).assumingMemoryBound(to: UInt8.self),
            count: Int(count))
    }

    /// `PartialAttribute` of RFC 4511, 4.1.7: where its type is, and where its values are.
    private static func attribute(
        in octets: Span<UInt8>, from start: Int
    ) -> (type: Range<Int>, values: Range<Int>, end: Int)? {
        guard
            case .whole(let attribute) = BER.place(
                in: octets, from: start, to: octets.count, tag: BER.sequence),
            case .whole(let type) = BER.place(
                in: octets, from: attribute.lowerBound, to: attribute.upperBound,
                tag: BER.octetString),
            case .whole(let values) = BER.place(
                in: octets, from: type.upperBound, to: attribute.upperBound, tag: BER.set)
        else { return nil }
        // What may follow in a later LDAP is not looked at (RFC 4511, 4).
        return (type, values, attribute.upperBound)
    }

    /// The entry with all values of an attribute that the server gave a range of.
    func complete(_ entry: Entry, on handle: Handle) throws(LDAPFailure) -> Entry {
        guard hasRanges, handle.readsRanges else { return entry }
        let ranges = RangedValues(handle: handle, entry: entry.dn)
        return entry.with(try ranges.complete(entry.attributes))
    }

    private static func finish(
        _ name: berval, _ attributes: [AttributeName], _ contents: EntryContents,
        _ synonyms: [[AttributeName]]
    ) -> Reading {
        let bytes = unsafe UnsafeRawBufferPointer(start: name.bv_val, count: Int(name.bv_len))
            .assumingMemoryBound(to: UInt8.self)
        guard bytes.count <= longestName, let text = unsafe try? UTF8Span(validating: bytes.span),
            let dn = DN(String(copying: text))
        else {
            return unsafe .unreadable(unreadable(name, "not a distinguished name"))
        }
        return .entry(
            Entry(dn: dn, names: attributes, contents: contents, synonyms: synonyms))
    }

    private static func unreadable(_ name: berval, _ why: String) -> UnreadableEntry {
        unsafe UnreadableEntry(dn: text(name), why: why)
    }

    private static func text(_ value: berval) -> String {
        unsafe text(
            UnsafeBufferPointer(
                start: UnsafeRawPointer(value.bv_val).assumingMemoryBound(to: UInt8.self),
                count: Int(value.bv_len)
            ).span)
    }

    private static func text(_ octets: Span<UInt8>) -> String {
        unsafe octets.withUnsafeBufferPointer {
            unsafe String(decoding: $0.prefix(4_096), as: UTF8.self).boundedWords
        }
    }

    /// nil: it is no name.
    private mutating func index(
        of type: Span<UInt8>, on handle: Handle
    ) throws(LDAPFailure) -> Int? {
        let count = min(known.count, Self.mostNames)
        for step in 0..<count {
            var index = likely + step
            if index >= count { index -= count }
            if known[index].isSpelt(as: type) {
                likely = index + 1 == count ? 0 : index + 1
                if known[index].isRange { hasRanges = true }
                return index
            }
        }
        guard known.count < Self.mostNames + Self.mostInvented,
            let text = try? UTF8Span(validating: type)
        else { return nil }
        return try remember(String(copying: text), on: handle)
    }

    /// A name that was not asked for: an attribute by another of its names, or one that the server
    /// gives besides.
    private mutating func remember(
        _ spelling: String, on handle: Handle
    ) throws(LDAPFailure) -> Int {
        known.append(Known(AttributeName(trusted: spelling)))
        let new = known[known.count - 1]
        if let schema, known.count <= Self.mostNames {
            synonyms += try schema.synonyms(of: new.name, among: requested, on: handle)
        }
        if new.isRange { hasRanges = true }
        return known.count - 1
    }

    private mutating func forgetInvented() {
        guard known.count > Self.mostNames else { return }
        known.removeSubrange(Self.mostNames...)
        names = NameSequence()
    }

    /// Notes where each value of an attribute is; false where there is something else among them.
    private static func note(
        _ values: Range<Int>, of octets: Span<UInt8>, in contents: inout EntryContents
    ) -> Bool {
        var start = values.lowerBound
        while start < values.upperBound {
            guard
                case .whole(let value) = BER.place(
                    in: octets, from: start, to: values.upperBound, tag: BER.octetString)
            else { return false }
            contents.noteValue(value)
            start = value.upperBound
        }
        contents.endAttribute()
        return true
    }
}

/// The names of one entry's attributes after another's: the same array for all that show the same.
struct NameSequence {
    /// By their places among those that are known.
    private var indices: [Int] = []
    private var position = 0
    private var isSame = true
    private var names: [AttributeName] = []

    mutating func begin() {
        position = 0
        isSame = true
    }

    mutating func append(_ index: Int) {
        if position < indices.count {
            if indices[position] != index {
                indices[position] = index
                isSame = false
            }
        } else {
            indices.append(index)
            isSame = false
        }
        position += 1
    }

    /// What was appended since `begin`.
    mutating func end(_ name: (Int) -> AttributeName) -> [AttributeName] {
        if position < indices.count {
            indices.removeSubrange(position...)
            isSame = false
        }
        if !isSame { names = indices.map(name) }
        return names
    }
}

/// An entry that a server sent and that is not one by the rules of LDAP.
package struct UnreadableEntry: Hashable, Sendable {
    /// The name as the server wrote it; octets that are not UTF-8 are replaced.
    package let dn: String
    package let why: String

    package init(dn: String, why: String) {
        self.dn = dn
        self.why = why
    }
}
