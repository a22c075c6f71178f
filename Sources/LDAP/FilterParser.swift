internal import Ground

/// Reads a filter of RFC 4515.
struct FilterParser {
    /// Deep enough for any filter that people write, far from what a stack holds.
    private static let deepest = 100

    private let bytes: [UInt8]
    private var position = 0

    static func parse(_ text: String) -> Filter? {
        var parser = FilterParser(bytes: Array(text.utf8))
        parser.skipSpaces()
        let filter: Filter?
        if parser.current == UInt8(ascii: "(") {
            filter = parser.filter(depth: 1)
            parser.skipSpaces()
        } else {
            filter = parser.comparison()
        }
        return parser.position == parser.bytes.count ? filter : nil
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private var current: UInt8? {
        position < bytes.count ? bytes[position] : nil
    }

    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard current == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func skipSpaces() {
        while let byte = current, byte == 0x20 || (0x09...0x0D).contains(byte) { position += 1 }
    }

    /// A filter with its parentheses.
    private mutating func filter(depth: Int) -> Filter? {
        guard depth <= Self.deepest, skip("(") else { return nil }
        skipSpaces()
        let filter: Filter?
        if skip("&") {
            filter = list(depth: depth).map(Filter.and)
        } else if skip("|") {
            filter = list(depth: depth).map(Filter.or)
        } else if skip("!") {
            skipSpaces()
            filter = self.filter(depth: depth + 1).map(Filter.not)
            skipSpaces()
        } else {
            filter = comparison()
        }
        return skip(")") ? filter : nil
    }

    /// Filters up to the closing parenthesis; none is true for `&` and false for `|` (RFC 4526).
    private mutating func list(depth: Int) -> [Filter]? {
        var filters: [Filter] = []
        skipSpaces()
        while current == UInt8(ascii: "(") {
            guard let filter = filter(depth: depth + 1) else { return nil }
            filters.append(filter)
            skipSpaces()
        }
        return filters
    }

    /// Attribute, operator and value, up to the closing parenthesis or the end.
    private mutating func comparison() -> Filter? {
        let start = position
        while let byte = current, byte != UInt8(ascii: "=") {
            guard byte != UInt8(ascii: "("), byte != UInt8(ascii: ")") else { return nil }
            position += 1
        }
        var left = bytes[start..<position]
        guard skip("=") else { return nil }
        let kind = left.popLast()
        if let kind, !":<>~".utf8.contains(kind) { left.append(kind) }
        guard let text = String(validating: left, as: UTF8.self), let pieces = value() else {
            return nil
        }
        switch kind {
        case UInt8(ascii: ":"): return extensible(text, Self.whole(pieces))
        case UInt8(ascii: ">"):
            return AttributeName(text).map { .greaterOrEqual($0, Self.whole(pieces)) }
        case UInt8(ascii: "<"):
            return AttributeName(text).map { .lessOrEqual($0, Self.whole(pieces)) }
        case UInt8(ascii: "~"):
            return AttributeName(text).map { .approximate($0, Self.whole(pieces)) }
        default:
            return AttributeName(text).map { Self.equality($0, pieces) }
        }
    }

    /// The parts of a value between its asterisks, escapes resolved.
    private mutating func value() -> [[UInt8]]? {
        var pieces: [[UInt8]] = [[]]
        while let byte = current, byte != UInt8(ascii: ")") {
            position += 1
            switch byte {
            case UInt8(ascii: "("), 0: return nil
            case UInt8(ascii: "*"): pieces.append([])
            case UInt8(ascii: "\\"):
                guard let escaped = escaped() else { return nil }
                pieces[pieces.count - 1].append(escaped)
            default: pieces[pieces.count - 1].append(byte)
            }
        }
        return pieces
    }

    /// Two hexadecimal digits or, as LDAPv2 had it and libldap still takes it, the character.
    private mutating func escaped() -> UInt8? {
        guard let first = current else { return nil }
        position += 1
        if "*()\\".utf8.contains(first) { return first }
        guard let high = first.hexadecimalValue, let low = current?.hexadecimalValue else {
            return nil
        }
        position += 1
        return high << 4 | low
    }

    /// Only equality knows an asterisk; elsewhere it stands for itself.
    private static func whole(_ pieces: [[UInt8]]) -> AttributeValue {
        AttributeValue(bytes: Array(pieces.joined(separator: [UInt8(ascii: "*")])))
    }

    private static func equality(_ name: AttributeName, _ pieces: [[UInt8]]) -> Filter {
        guard let first = pieces.first, let last = pieces.last, pieces.count > 1 else {
            return .equal(name, whole(pieces))
        }
        // An empty substring is a protocol error (RFC 4511, 4.5.1.7.2): `a**b` is `a*b`.
        let any = pieces.dropFirst().dropLast().filter { !$0.isEmpty }
        if first.isEmpty, any.isEmpty, last.isEmpty { return .present(name) }
        return .substrings(
            name, initial: first.isEmpty ? nil : AttributeValue(bytes: first),
            any: any.map(AttributeValue.init(bytes:)),
            final: last.isEmpty ? nil : AttributeValue(bytes: last))
    }

    /// `attribute[:dn][:rule]` or `[:dn]:rule`.
    private func extensible(_ left: String, _ value: AttributeValue) -> Filter? {
        var parts = left.split(separator: ":", omittingEmptySubsequences: false)[...]
        guard let type = parts.popFirst() else { return nil }
        let attribute = AttributeName(String(type))
        guard attribute != nil || type.isEmpty else { return nil }
        let isDN = parts.first?.lowercased() == "dn"
        if isDN { parts = parts.dropFirst() }
        let rule = parts.popFirst().map(String.init)
        guard parts.isEmpty, attribute != nil || rule != nil,
            rule.map({ AttributeName($0)?.options.isEmpty == true }) ?? true
        else { return nil }
        return .extensible(attribute, dn: isDN, rule: rule, value)
    }
}
