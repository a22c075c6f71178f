internal import Identity

/// The column `attributes` of `users`: JSON, a name to an array of values.
enum KeptAttributes {
    static func json(_ attributes: [UserRecord.Kept]) -> String {
        guard !attributes.isEmpty else { return "{}" }
        var text = "{"
        for attribute in attributes {
            if text.utf8.count > 1 { text += "," }
            quote(attribute.name, into: &text)
            text += ":["
            for (index, value) in attribute.values.enumerated() {
                if index > 0 { text += "," }
                quote(value, into: &text)
            }
            text += "]"
        }
        return text + "}"
    }

    /// The inverse; in the order of the names.
    static func parse(_ json: String) -> [UserRecord.Kept] {
        guard json != "{}" else { return [] }
        guard let members = JSONValue(parsing: Array(json.utf8))?.object else { return [] }
        return members.sorted { $0.key < $1.key }.map { name, values in
            .init(name: name, values: values.array?.compactMap(\.string) ?? [])
        }
    }

    /// RFC 8259, 7: quotation mark, reverse solidus and control characters are escaped.
    private static func quote(_ value: String, into text: inout String) {
        text += "\""
        if value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x22 && $0 != 0x5c }) {
            text += value
        } else {
            for scalar in value.unicodeScalars {
                switch scalar {
                case "\"": text += "\\\""
                case "\\": text += "\\\\"
                case "\0"..<" ": text += "\\u00" + hex(scalar.value >> 4) + hex(scalar.value & 15)
                default: text.unicodeScalars.append(scalar)
                }
            }
        }
        text += "\""
    }

    private static func hex(_ nibble: UInt32) -> String { String(nibble, radix: 16) }
}
