internal import CLDAP
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

    /// A hostile server may invent names for ever; beyond this they are not remembered.
    private static let mostNames = 500
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
        var cursor: OpaquePointer?
        var name = unsafe berval()
        defer { unsafe ber_free(cursor, 0) }
        guard unsafe ldap_get_dn_ber(handle.pointer, entry, &cursor, &name) == LDAP_SUCCESS else {
            return nil
        }
        octets = unsafe Self.rest(of: cursor)
        var contents = EntryContents(
            octets: octets, values: expectedValues, attributes: known.count)
        names.begin()
        hasRanges = false
        while true {
            var type = unsafe berval()
            var values: UnsafeMutablePointer<berval>?
            let code = unsafe ldap_get_attribute_ber(
                handle.pointer, entry, cursor, &type, &values)
            defer { unsafe ber_memfree(values) }
            guard code == LDAP_SUCCESS else { return nil }
            guard unsafe type.bv_val != nil else { break }
            guard let attribute = try unsafe attributeName(type, on: handle) else {
                return unsafe .unreadable(
                    Self.unreadable(name, "not an attribute's name: \(Self.text(type))"))
            }
            names.append(attribute)
            unsafe Self.copy(values, to: &contents)
        }
        expectedValues = min(contents.valueCount, Self.mostExpected)
        return unsafe Self.finish(name, names.end(), contents, synonyms)
    }

    /// The octets behind the cursor: all values, and a little more.
    private static func rest(of cursor: OpaquePointer?) -> Int {
        var count: ber_len_t = 0
        unsafe ber_get_option(
            UnsafeMutableRawPointer(cursor), LBER_OPT_BER_REMAINING_BYTES, &count)
        return Int(clamping: count)
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
        String(decoding: unsafe [UInt8](value).prefix(4_096), as: UTF8.self).boundedWords
    }

    private mutating func attributeName(
        _ type: berval, on handle: Handle
    ) throws(LDAPFailure) -> AttributeName? {
        let bytes = unsafe UnsafeRawBufferPointer(start: type.bv_val, count: Int(type.bv_len))
        let count = known.count
        for step in 0..<count {
            var index = likely + step
            if index >= count { index -= count }
            if unsafe Self.equal(known[index].spelling, bytes) {
                likely = index + 1 == count ? 0 : index + 1
                if known[index].isRange { hasRanges = true }
                return known[index].name
            }
        }
        let text = unsafe bytes.assumingMemoryBound(to: UInt8.self)
        guard let spelling = unsafe String(validating: text, as: UTF8.self) else { return nil }
        return try remember(spelling, on: handle)
    }

    /// A name that was not asked for: an attribute by another of its names, or one that the server
    /// gives besides.
    private mutating func remember(
        _ spelling: String, on handle: Handle
    ) throws(LDAPFailure) -> AttributeName {
        let new = Known(AttributeName(trusted: spelling))
        if known.count < Self.mostNames {
            known.append(new)
            if let schema {
                synonyms += try schema.synonyms(of: new.name, among: requested, on: handle)
            }
        }
        if new.isRange { hasRanges = true }
        return new.name
    }

    private static func equal(_ known: [UInt8], _ bytes: UnsafeRawBufferPointer) -> Bool {
        guard known.count == bytes.count else { return false }
        return unsafe known.withUnsafeBytes { known in
            unsafe zip(known, bytes).allSatisfy { $0 == $1 }
        }
    }

    /// The array ends with a null pointer; the values lie in the message.
    private static func copy(
        _ values: UnsafeMutablePointer<berval>?, to contents: inout EntryContents
    ) {
        if var value = unsafe values {
            while let octets = unsafe value.pointee.bv_val {
                unsafe contents.append(
                    UnsafeRawBufferPointer(start: octets, count: Int(value.pointee.bv_len)))
                unsafe value += 1
            }
        }
        contents.endAttribute()
    }
}

/// The names of one entry's attributes after another's: the same array for all that show the same.
struct NameSequence {
    private var names: [AttributeName] = []
    private var position = 0

    mutating func begin() {
        position = 0
    }

    mutating func append(_ name: AttributeName) {
        if position < names.count {
            if names[position].spelling == name.spelling {
                position += 1
                return
            }
            names.removeSubrange(position...)
        }
        names.append(name)
        position += 1
    }

    /// What was appended since `begin`.
    mutating func end() -> [AttributeName] {
        if position < names.count { names.removeSubrange(position...) }
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
