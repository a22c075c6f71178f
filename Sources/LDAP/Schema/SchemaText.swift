/// A description of RFC 4512, 4.1, such as `( 2.5.4.41 NAME 'name' SYNTAX … )`, taken apart.
struct SchemaText {
    /// The numeric OID, or whatever a server has put in its place.
    let oid: String
    /// What stands behind each keyword, in upper case; empty for one that stands alone.
    private let fields: [String: [String]]

    /// Keywords that nothing follows (RFC 4512, 4.1.1 and 4.1.2).
    private static let flags: Set<String> = [
        "OBSOLETE", "SINGLE-VALUE", "COLLECTIVE", "NO-USER-MODIFICATION", "ABSTRACT", "STRUCTURAL",
        "AUXILIARY",
    ]

    /// nil unless `text` begins as a description does.
    init?(_ text: String) {
        var tokens = Self.tokens(text)[...]
        guard tokens.popFirst() == "(", let oid = tokens.popFirst(), oid != ")" else { return nil }
        self.oid = oid
        var fields: [String: [String]] = [:]
        while let word = tokens.popFirst(), word != ")" {
            let keyword = word.uppercased()
            fields[keyword] = Self.flags.contains(keyword) ? [] : Self.values(&tokens)
        }
        self.fields = fields
    }

    func has(_ keyword: String) -> Bool { fields[keyword] != nil }

    func values(_ keyword: String) -> [String] { fields[keyword] ?? [] }

    /// One value, or several in parentheses with spaces or dollar signs between them.
    private static func values(_ tokens: inout ArraySlice<String>) -> [String] {
        guard let first = tokens.popFirst() else { return [] }
        guard first == "(" else { return [first] }
        var values: [String] = []
        while let value = tokens.popFirst(), value != ")" {
            if value != "$" { values.append(value) }
        }
        return values
    }

    /// Parentheses, dollar signs, words, and what stands in quotes without them.
    private static func tokens(_ text: String) -> [String] {
        var tokens: [String] = []
        var rest = text.utf8[...]
        while let octet = rest.first {
            switch octet {
            // A control character ends a word and begins none.
            case 0...0x20: rest = rest.dropFirst()
            case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "$"):
                tokens.append(String(UnicodeScalar(octet)))
                rest = rest.dropFirst()
            case UInt8(ascii: "'"):
                let quoted = rest.dropFirst().prefix { $0 != UInt8(ascii: "'") }
                tokens.append(String(Substring(quoted)))
                rest = rest[quoted.endIndex...].dropFirst()
            default:
                let word = rest.prefix { !Self.endsWord($0) }
                tokens.append(String(Substring(word)))
                rest = rest[word.endIndex...]
            }
        }
        return tokens
    }

    private static func endsWord(_ octet: UInt8) -> Bool {
        octet <= 0x20 || octet == UInt8(ascii: "(") || octet == UInt8(ascii: ")")
            || octet == UInt8(ascii: "$") || octet == UInt8(ascii: "'")
    }
}
