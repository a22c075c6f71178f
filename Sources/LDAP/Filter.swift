internal import Ground

/// A search filter (RFC 4515) as a value: it can only be made well-formed and escaped.
package indirect enum Filter: Hashable, Sendable, CustomStringConvertible {
    case and([Filter])
    case or([Filter])
    case not(Filter)
    case present(AttributeName)
    case equal(AttributeName, AttributeValue)
    case greaterOrEqual(AttributeName, AttributeValue)
    case lessOrEqual(AttributeName, AttributeValue)
    case approximate(AttributeName, AttributeValue)
    case substrings(
        AttributeName, initial: AttributeValue?, any: [AttributeValue], final: AttributeValue?)
    /// `attribute:dn:rule:=value`; each of the first three may be absent.
    case extensible(AttributeName?, dn: Bool, rule: String?, AttributeValue)

    /// nil unless `text` is a filter of RFC 4515.
    ///
    /// As libldap does, allows space between the parenthesised parts and a single comparison
    /// without parentheses (`uid=ada`). Nests at most 100 deep.
    package init?(_ text: String) {
        guard let filter = FilterParser.parse(text) else { return nil }
        self = filter
    }

    /// The filter as RFC 4515 writes it, every value escaped.
    package var description: String {
        switch self {
        case .and(let filters): "(&\(filters.map(\.description).joined()))"
        case .or(let filters): "(|\(filters.map(\.description).joined()))"
        case .not(let filter): "(!\(filter.description))"
        case .present(let name): "(\(name)=*)"
        case .equal(let name, let value): "(\(name)=\(Self.escape(value)))"
        case .greaterOrEqual(let name, let value): "(\(name)>=\(Self.escape(value)))"
        case .lessOrEqual(let name, let value): "(\(name)<=\(Self.escape(value)))"
        case .approximate(let name, let value): "(\(name)~=\(Self.escape(value)))"
        case .substrings(let name, let initial, let any, let final):
            "(\(name)=\(Self.pattern(initial, any, final)))"
        case .extensible(let name, let dn, let rule, let value):
            "(\(name?.spelling ?? "")\(dn ? ":dn" : "")\(rule.map { ":\($0)" } ?? "")"
                + ":=\(Self.escape(value)))"
        }
    }

    /// The filter where what it says of these attributes is taken to hold.
    package func leavingOut(_ names: Set<AttributeName>) -> Filter {
        if case .and(let filters) = self { return .and(filters.map { $0.leavingOut(names) }) }
        return looks(at: names) ? .present(AttributeName(trusted: "objectClass")) : self
    }

    /// Whether one of the attributes decides what matches.
    package func looks(at names: Set<AttributeName>) -> Bool {
        switch self {
        case .and(let filters), .or(let filters): filters.contains { $0.looks(at: names) }
        case .not(let filter): filter.looks(at: names)
        case .present(let name), .equal(let name, _), .greaterOrEqual(let name, _),
            .lessOrEqual(let name, _), .approximate(let name, _), .substrings(let name, _, _, _):
            names.contains(name)
        case .extensible(let name, _, _, _): name.map(names.contains) ?? false
        }
    }

    private static func pattern(
        _ initial: AttributeValue?, _ any: [AttributeValue], _ final: AttributeValue?
    ) -> String {
        ([initial.map(escape) ?? ""] + any.map(escape) + [final.map(escape) ?? ""])
            .joined(separator: "*")
    }

    /// Escapes what RFC 4515, 3 demands, control characters, and every octet of a value that is
    /// not ASCII where the value is no text.
    private static func escape(_ value: AttributeValue) -> String {
        let isText = value.text != nil
        var escaped: [UInt8] = []
        escaped.reserveCapacity(value.bytes.count)
        for byte in value.bytes {
            switch byte {
            case UInt8(ascii: "*"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "\\"):
                escaped.append(UInt8(ascii: "\\"))
                escaped.append(hexadecimal: byte)
            case _ where byte.isASCIIControl || byte >= 0x80 && !isText:
                escaped.append(UInt8(ascii: "\\"))
                escaped.append(hexadecimal: byte)
            default:
                escaped.append(byte)
            }
        }
        return String(decoding: escaped, as: UTF8.self)
    }
}

extension Filter {
    /// The attributes of which an entry that matches shows a value.
    package var namedAttributes: [AttributeName] {
        switch self {
        case .and(let filters), .or(let filters): filters.flatMap(\.namedAttributes)
        case .equal(let name, _), .extensible(let name?, _, _, _): [name]
        case .not, .present, .greaterOrEqual, .lessOrEqual, .approximate, .substrings, .extensible:
            []
        }
    }

    /// False where the entry carries nothing of what the filter asks for by value.
    ///
    /// What came is held against what was asked, and no more: a server knows more names of an attribute than
    /// we do, and folds more, so one that shows the value anywhere may be it.
    package func mayHold(of entry: Entry) -> Bool {
        switch self {
        case .and(let filters): return filters.allSatisfy { $0.mayHold(of: entry) }
        case .or(let filters): return filters.contains { $0.mayHold(of: entry) }
        case .equal(let name, let value), .extensible(let name?, _, _, let value):
            let known = entry[name]
            let values = known.isEmpty ? entry.attributes.flatMap(\.values) : known
            return values.contains { $0.mayEqual(value) }
        case .not, .present, .greaterOrEqual, .lessOrEqual, .approximate, .substrings, .extensible:
            return true
        }
    }
}

extension AttributeValue {
    fileprivate func mayEqual(_ other: AttributeValue) -> Bool {
        guard let own = text, let others = other.text else { return bytes == other.bytes }
        if own.widelyFolded == others.widelyFolded { return true }
        guard let name = DN(own), !name.isEmpty else { return false }
        return name == DN(others)
    }
}
