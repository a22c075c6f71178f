/// What may stand behind a bar in a template.
package enum TemplateFilter: String, Hashable, Sendable, CaseIterable {
    case lowercase
    case uppercase
    case trim
    /// The day of an RFC 3339 or generalized time, as it is written there: `2026-11-23`.
    case date

    /// nil where the value can't be taken so: `date` of what is no time.
    package func apply(_ value: String) -> String? {
        switch self {
        case .lowercase: value.lowercased()
        case .uppercase: value.uppercased()
        case .trim: Self.trimmed(value)
        case .date: Self.day(value)
        }
    }

    private static func trimmed(_ value: String) -> String {
        var rest = value[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }

    private static func day(_ value: String) -> String? {
        let text = Array(value.utf8.prefix(10))
        let dash = UInt8(ascii: "-")
        let isExtended = text.count == 10 && text[4] == dash && text[7] == dash
        let digits = isExtended ? text[0..<4] + text[5..<7] + text[8..<10] : text.prefix(8)
        let zero = UInt8(ascii: "0")
        guard digits.count == 8, digits.allSatisfy({ (zero...(zero + 9)).contains($0) }) else {
            return nil
        }
        let plain = String(decoding: digits, as: UTF8.self)
        return "\(plain.prefix(4))-\(plain.dropFirst(4).prefix(2))-\(plain.suffix(2))"
    }
}
