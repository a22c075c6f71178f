package import Ground
package import LDAP

// What the journal keeps as JSON. Text stays text; octets that are not UTF-8 become
// {"hexadecimal": "…"}, so that nobody's `sqlite3` shows an unreadable row.
//
// What is not exactly as it was written is `Unreadable`: half a change is another change.

extension AttributeValue {
    package var json: JSONValue {
        if let text { return .string(text) }
        return ["hexadecimal": .string(String(hexadecimal: bytes))]
    }

    package init(json: JSONValue) throws(Unreadable) {
        if let text = json.string {
            self.init(text)
            return
        }
        let digits = try json.text("hexadecimal")
        guard digits.utf8.count.isMultiple(of: 2) else {
            throw Unreadable("has half an octet")
        }
        guard let bytes = [UInt8](hexadecimal: digits.utf8) else {
            throw Unreadable("has octets that are not hexadecimal")
        }
        self.init(bytes: bytes)
    }
}

extension AttributeName {
    fileprivate init(of json: JSONValue) throws(Unreadable) {
        guard let name = AttributeName(try json.text("attribute")) else {
            throw Unreadable("names no attribute")
        }
        self = name
    }
}

extension AttributeWrite {
    package var json: JSONValue {
        var members: [String: JSONValue] = [
            "attribute": .string(attribute.spelling), "values": .array(values.map(\.json)),
        ]
        if let ifClass { members["ifClass"] = .string(ifClass) }
        return .object(members)
    }

    package init(json: JSONValue) throws(Unreadable) {
        self.init(
            attribute: try AttributeName(of: json),
            values: try json.elements("values", AttributeValue.init(json:)),
            ifClass: json["ifClass"] == nil ? nil : try json.text("ifClass"))
    }
}

extension Membership {
    package var json: JSONValue {
        ["attribute": .string(attribute.spelling), "value": .string(value)]
    }

    package init(json: JSONValue) throws(Unreadable) {
        self.init(attribute: try AttributeName(of: json), value: try json.text("value"))
    }
}

extension AttributeRestoration {
    package var json: JSONValue {
        [
            "attribute": .string(attribute.spelling), "written": .array(written.map(\.json)),
            "prior": .array(prior.map(\.json)),
        ]
    }

    package init(json: JSONValue) throws(Unreadable) {
        self.init(
            attribute: try AttributeName(of: json),
            written: try json.elements("written", AttributeValue.init(json:)),
            prior: try json.elements("prior", AttributeValue.init(json:)))
    }
}

extension PriorValues {
    package var json: JSONValue { .array(attributes.map(\.json)) }

    package init(json: JSONValue) throws(Unreadable) {
        self.init(attributes: try json.elements(AttributeWrite.init(json:)))
    }
}

extension Finding {
    /// With the keys that `--json` gives it.
    package var json: JSONValue {
        ["kind": .string(kind.rawValue), "target": .string(target), "because": .string(because)]
    }

    package init(json: JSONValue) throws(Unreadable) {
        guard let kind = Kind(rawValue: try json.text("kind")) else {
            throw Unreadable("has a finding of no known kind")
        }
        self.init(kind: kind, target: try json.text("target"), because: try json.text("because"))
    }
}
