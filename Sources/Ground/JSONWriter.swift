extension JSONValue {
    /// The canonical encoding, UTF-8.
    package var bytes: [UInt8] {
        var output: [UInt8] = []
        append(to: &output)
        return output
    }

    /// The canonical encoding as text.
    package var text: String { String(decoding: bytes, as: UTF8.self) }

    private func append(to output: inout [UInt8]) {
        switch self {
        case .null: output.append(contentsOf: "null".utf8)
        case .bool(let value): output.append(contentsOf: (value ? "true" : "false").utf8)
        case .int(let value): output.append(contentsOf: String(value).utf8)
        // JSON has neither infinity nor NaN.
        case .double(let value):
            output.append(contentsOf: (value.isFinite ? "\(value)" : "null").utf8)
        case .string(let value): JSONValue.append(value, to: &output)
        case .array(let elements):
            JSONValue.append(elements, between: ("[", "]"), to: &output) { $0.append(to: &$1) }
        case .object(let members):
            let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            JSONValue.append(sorted, between: ("{", "}"), to: &output) {
                JSONValue.append($0.key, to: &$1)
                $1.append(UInt8(ascii: ":"))
                $0.value.append(to: &$1)
            }
        }
    }

    private static func append<Element>(
        _ elements: [Element], between brackets: (String, String), to output: inout [UInt8],
        _ write: (Element, inout [UInt8]) -> Void
    ) {
        output.append(contentsOf: brackets.0.utf8)
        for (index, element) in elements.enumerated() {
            if index > 0 { output.append(UInt8(ascii: ",")) }
            write(element, &output)
        }
        output.append(contentsOf: brackets.1.utf8)
    }

    /// A string with its quotation marks, for who writes JSON without making values of it first.
    package static func append(_ text: String, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        // What most text is made of needs no look at its scalars.
        if isPlain(text.utf8.span) {
            output.append(contentsOf: text.utf8)
        } else {
            for scalar in text.unicodeScalars { append(scalar, to: &output) }
        }
        output.append(UInt8(ascii: "\""))
    }

    private static func isPlain(_ octets: Span<UInt8>) -> Bool {
        for index in 0..<octets.count {
            let octet = octets[index]
            guard (0x20..<0x7f).contains(octet), octet != 0x22, octet != 0x5c else { return false }
        }
        return true
    }

    private static func append(_ scalar: Unicode.Scalar, to output: inout [UInt8]) {
        switch scalar {
        case "\"": output.append(contentsOf: #"\""#.utf8)
        case "\\": output.append(contentsOf: #"\\"#.utf8)
        case "\n": output.append(contentsOf: #"\n"#.utf8)
        case "\r": output.append(contentsOf: #"\r"#.utf8)
        case "\t": output.append(contentsOf: #"\t"#.utf8)
        default:
            if scalar.isHarmless {
                output.append(contentsOf: UTF8.encode(scalar) ?? .init())
            } else {
                for unit in UTF16.encode(scalar) ?? .init() { escape(unit, &output) }
            }
        }
    }

    private static func escape(_ unit: UInt16, _ output: inout [UInt8]) {
        output.append(contentsOf: #"\u"#.utf8)
        output.append(hexadecimal: UInt8(unit >> 8))
        output.append(hexadecimal: UInt8(unit & 0xff))
    }
}

extension Unicode.Scalar {
    /// Whether a terminal does nothing with it but draw it: no control, no change of direction, no
    /// line of its own.
    fileprivate var isHarmless: Bool {
        if isASCII { return (0x20..<0x7f).contains(value) }
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: return false
        default: return true  // an enumeration of Unicode's, not ours
        }
    }
}
