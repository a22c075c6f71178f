/// Cuts a DN that is known to be well-formed between its RDNs.
enum DNSeparators {
    /// The RDNs, without the space around them.
    static func split(_ text: String) -> [String] {
        guard !text.isEmpty else { return [] }
        var parts: [String] = []
        var rest = text[...]
        while let separator = separator(in: rest) {
            parts.append(String(trimmed(rest.utf8[..<separator])))
            rest = rest[rest.utf8.index(after: separator)...]
        }
        return parts + [String(trimmed(rest.utf8))]
    }

    static func head(_ text: String) -> String {
        String(trimmed(text.utf8[..<(separator(in: text[...]) ?? text.endIndex)]))
    }

    /// What stands behind the first separator; empty where there is none.
    static func tail(_ text: String) -> String {
        guard let separator = separator(in: text[...]) else { return "" }
        return String(trimmed(text.utf8[text.utf8.index(after: separator)...]))
    }

    /// The first `,` or `;` that is neither escaped nor quoted.
    private static func separator(in text: Substring) -> String.Index? {
        let bytes = text.utf8.span
        var isQuoted = false
        var position = 0
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\\"): position += 1
            case UInt8(ascii: "\""): isQuoted.toggle()
            case UInt8(ascii: ","), UInt8(ascii: ";"):
                if !isQuoted { return text.utf8.index(text.startIndex, offsetBy: position) }
            default: break
            }
            position += 1
        }
        return nil
    }

    /// Drops space at both ends, but not the one at the end that a backslash stands before.
    private static func trimmed(_ text: Substring.UTF8View) -> Substring {
        var rest = text.drop { $0 == UInt8(ascii: " ") }
        while rest.last == UInt8(ascii: " ") {
            let before = rest.dropLast()
            let backslashes = before.reversed().prefix { $0 == UInt8(ascii: "\\") }.count
            guard backslashes.isMultiple(of: 2) else { break }
            rest = before
        }
        return Substring(rest)
    }
}
