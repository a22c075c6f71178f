internal import Ground
internal import Identity

/// The columns `attributes` and `left_out` of `users`: JSON, a name to an array of values and an array.
enum KeptAttributes {
    static func append(_ attributes: [UserRecord.Kept], to text: inout [UInt8]) {
        text.append(UInt8(ascii: "{"))
        for (place, attribute) in attributes.enumerated() {
            if place > 0 { text.append(UInt8(ascii: ",")) }
            JSONValue.append(attribute.name, to: &text)
            text.append(UInt8(ascii: ":"))
            text.append(UInt8(ascii: "["))
            for (index, value) in attribute.values.enumerated() {
                if index > 0 { text.append(UInt8(ascii: ",")) }
                JSONValue.append(value, to: &text)
            }
            text.append(UInt8(ascii: "]"))
        }
        text.append(UInt8(ascii: "}"))
    }

    /// The inverse; in the order of the names.
    static func attributes(_ json: JSONValue) throws(Unreadable) -> [UserRecord.Kept] {
        guard let members = json.object else { throw Unreadable("is no object") }
        return try members.sorted { $0.key < $1.key }
            .map { name, values throws(Unreadable) in
                UserRecord.Kept(name: name, values: try values.elements(text))
            }
    }

    /// The column `left_out`: an array; nil for none.
    static func json(leftOut: [String]) -> String? {
        guard !leftOut.isEmpty else { return nil }
        return JSONValue.array(leftOut.map { .string($0) }).text
    }

    static func leftOut(_ json: JSONValue) throws(Unreadable) -> [String] {
        try json.elements(text)
    }

    private static func text(_ json: JSONValue) throws(Unreadable) -> String {
        guard let text = json.string else {
            throw Unreadable("holds something else where a text is due")
        }
        return text
    }
}
