internal import Ground

/// Reads a DN of RFC 4514 and what RFC 2253 and RFC 1779 allowed before it.
///
/// That is, beyond RFC 4514: space around separators, `;` between RDNs, values in double quotes and
/// an `OID.` before a numeric type. Works on octets and never recurses.
struct DNParser {
    private let bytes: [UInt8]
    private var position = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// nil where the text is no DN; no RDNs for the empty DN.
    static func parse(_ text: String) -> [[RDN.Pair]]? {
        guard !text.isEmpty else { return [] }
        var parser = DNParser(text)
        var rdns: [[RDN.Pair]] = []
        repeat {
            guard let rdn = parser.rdn() else { return nil }
            rdns.append(rdn)
        } while parser.skip(UInt8(ascii: ",")) || parser.skip(UInt8(ascii: ";"))
        return parser.position == parser.bytes.count ? rdns : nil
    }

    private var current: UInt8? {
        position < bytes.count ? bytes[position] : nil
    }

    private mutating func skip(_ byte: UInt8) -> Bool {
        guard current == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipSpaces() {
        while skip(UInt8(ascii: " ")) {}
    }

    private mutating func rdn() -> [RDN.Pair]? {
        var pairs: [RDN.Pair] = []
        repeat {
            guard let pair = pair() else { return nil }
            pairs.append(pair)
        } while skip(UInt8(ascii: "+"))
        return pairs
    }

    private mutating func pair() -> RDN.Pair? {
        skipSpaces()
        guard let type = type() else { return nil }
        skipSpaces()
        guard skip(UInt8(ascii: "=")) else { return nil }
        skipSpaces()
        let value: (bytes: [UInt8], isEncoded: Bool)?
        switch current {
        case UInt8(ascii: "#"): value = hexadecimal()
        case UInt8(ascii: "\""): value = quoted().map { ($0, false) }
        default: value = plain().map { ($0, false) }
        }
        skipSpaces()
        return value.map {
            RDN.Pair(
                attribute: type, value: AttributeValue(bytes: $0.bytes), isEncoded: $0.isEncoded)
        }
    }

    /// A descriptor or a numeric OID; an underscore passes, as some old schemas have it.
    private mutating func type() -> AttributeName? {
        let start = position
        while let byte = current,
            byte.isKeyCharacter || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
        {
            position += 1
        }
        var text = Substring(String(decoding: bytes[start..<position], as: UTF8.self))
        if text.utf8.count > 4, text.prefix(4).lowercased() == "oid." { text = text.dropFirst(4) }
        guard let first = text.utf8.first else { return nil }
        let isType =
            first.isASCIILetter
            ? !text.utf8.contains(UInt8(ascii: ".")) : AttributeName.isNumericOID(text.utf8)
        return isType ? AttributeName(trusted: String(text)) : nil
    }

    /// `#` and the BER encoding in hexadecimal; a string is taken out of its encoding.
    private mutating func hexadecimal() -> (bytes: [UInt8], isEncoded: Bool)? {
        position += 1
        let start = position
        while let byte = current, byte.hexadecimalValue != nil { position += 1 }
        guard position > start, let octets = [UInt8](hexadecimal: bytes[start..<position]) else {
            return nil
        }
        return Self.string(inside: octets).map { ($0, false) } ?? (octets, true)
    }

    /// The contents of a primitive OCTET, UTF8, Printable or IA5 STRING with a definite length.
    private static func string(inside encoding: [UInt8]) -> [UInt8]? {
        guard let tag = encoding.first, [0x04, 0x0C, 0x13, 0x16].contains(tag),
            let string = BER.content(encoding[...], tag: tag), string.rest.isEmpty
        else { return nil }
        return Array(string.content)
    }

    private mutating func quoted() -> [UInt8]? {
        position += 1
        var value: [UInt8] = []
        while let byte = current {
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return value
            case UInt8(ascii: "\\"):
                guard let escaped = escaped() else { return nil }
                value.append(escaped)
            case 0: return nil
            default: value.append(byte)
            }
        }
        return nil
    }

    /// Space at the end belongs to the separator unless it is escaped.
    private mutating func plain() -> [UInt8]? {
        var value: [UInt8] = []
        var significant = 0
        while let byte = current {
            switch byte {
            case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "+"):
                return Array(value.prefix(significant))
            case UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"), 0:
                return nil
            case UInt8(ascii: "\\"):
                position += 1
                guard let escaped = escaped() else { return nil }
                value.append(escaped)
                significant = value.count
            default:
                position += 1
                value.append(byte)
                if byte != UInt8(ascii: " ") { significant = value.count }
            }
        }
        return Array(value.prefix(significant))
    }

    /// What stands behind a backslash: a special character or two hexadecimal digits.
    private mutating func escaped() -> UInt8? {
        guard let first = current else { return nil }
        position += 1
        switch first {
        case UInt8(ascii: " "), UInt8(ascii: "\""), UInt8(ascii: "#"), UInt8(ascii: "+"),
            UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "<"), UInt8(ascii: "="),
            UInt8(ascii: ">"), UInt8(ascii: "\\"):
            return first
        default:
            guard let high = first.hexadecimalValue, let low = current?.hexadecimalValue else {
                return nil
            }
            position += 1
            return high << 4 | low
        }
    }
}
