internal import Ground

/// The immutable id that a server gave an entry, in its dialect's canonical text form.
///
/// `entryUUID` and `objectGUID`: 8-4-4-4-12 hexadecimal digits in lower case; `nsUniqueId`: four
/// groups of eight.
package struct EntryID: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    /// An id that was canonical before, out of the store.
    package init(_ text: String) {
        self.text = text
    }

    package var description: String { text }

    /// The value of the dialect's `idAttribute`; nil unless it has the attribute's form.
    package init?(_ value: AttributeValue, dialect: Dialect) {
        switch dialect.idForm {
        case .uuidText: self.init(text: value, groups: Self.uuidGroups)
        case .nsUniqueId: self.init(text: value, groups: Self.nsUniqueIdGroups)
        case .guidOctets: self.init(octets: Self.swapped(value.bytes), groups: Self.uuidGroups)
        case .octets: self.init(octets: value.bytes, groups: Self.uuidGroups)
        }
    }

    /// The UUID of a sync state or sync id set message (RFC 4533), 16 octets.
    ///
    /// On 389 it holds the digits of `nsUniqueId` and not those of its `entryUUID`.
    package init?(syncUUID octets: [UInt8], dialect: Dialect) {
        self.init(
            octets: octets,
            groups: dialect.idForm == .nsUniqueId ? Self.nsUniqueIdGroups : Self.uuidGroups)
    }

    /// The id as the value of the dialect's `idAttribute`, to search by.
    ///
    /// nil where the text is no id of that dialect.
    package func value(for dialect: Dialect) -> AttributeValue? {
        switch dialect.idForm {
        case .uuidText: Self.octets(of: text, groups: Self.uuidGroups) == nil ? nil : .init(text)
        case .nsUniqueId:
            Self.octets(of: text, groups: Self.nsUniqueIdGroups) == nil ? nil : .init(text)
        case .guidOctets:
            Self.octets(of: text, groups: Self.uuidGroups).map {
                AttributeValue(bytes: Self.swapped($0))
            }
        case .octets:
            Self.octets(of: text, groups: Self.uuidGroups).map(AttributeValue.init(bytes:))
        }
    }

    /// Finds the one entry of this id.
    package func filter(for dialect: Dialect) -> Filter? {
        value(for: dialect).map { .equal(dialect.idAttribute, $0) }
    }

    private static let uuidGroups = [8, 4, 4, 4, 12]
    private static let nsUniqueIdGroups = [8, 8, 8, 8]

    private init?(text value: AttributeValue, groups: [Int]) {
        guard Self.isGrouped(value.octets.span, groups) else { return nil }
        text = String(decoding: value.octets, as: UTF8.self).asciiLowered
    }

    private init?(octets: [UInt8], groups: [Int]) {
        guard octets.count == 16 else { return nil }
        var digits: [UInt8] = []
        for octet in octets { digits.append(hexadecimal: octet) }
        var end = 0
        for length in groups.dropLast() {
            end += length
            digits.insert(UInt8(ascii: "-"), at: end)
            end += 1
        }
        text = String(decoding: digits, as: UTF8.self)
    }

    /// The 16 octets of a text in groups of hexadecimal digits; nil for any other text.
    private static func octets(of text: String, groups: [Int]) -> [UInt8]? {
        let bytes = Array(text.utf8)
        guard isGrouped(bytes.span, groups) else { return nil }
        return [UInt8](hexadecimal: bytes.filter { $0 != UInt8(ascii: "-") })
    }

    private static func isGrouped(_ bytes: Span<UInt8>, _ groups: [Int]) -> Bool {
        var position = 0
        for length in groups {
            if position > 0 {
                guard position < bytes.count, bytes[position] == UInt8(ascii: "-") else {
                    return false
                }
                position += 1
            }
            guard position + length <= bytes.count else { return false }
            for index in position..<position + length where bytes[index].hexadecimalValue == nil {
                return false
            }
            position += length
        }
        return position == bytes.count
    }

    /// The first three groups of a GUID are stored with the least octet first ([MS-DTYP] 2.3.4.2).
    private static func swapped(_ octets: [UInt8]) -> [UInt8] {
        guard octets.count == 16 else { return [] }
        return octets[0..<4].reversed() + octets[4..<6].reversed() + octets[6..<8].reversed()
            + octets[8...]
    }
}
