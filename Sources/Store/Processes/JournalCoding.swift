package import Identity
internal import LDAP

// What the journal keeps as JSON. Text stays text; octets that are not UTF-8 become
// {"hexadecimal": "…"}, so that nobody's `sqlite3` shows an unreadable row.

extension AttributeValue {
    var json: JSONValue {
        if let text { return .string(text) }
        let digits = Array("0123456789abcdef")
        return [
            "hexadecimal": .string(
                String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }))
        ]
    }

    init?(json: JSONValue) {
        if let text = json.string {
            self.init(text)
            return
        }
        guard let digits = json["hexadecimal"]?.string, digits.utf8.count.isMultiple(of: 2) else {
            return nil
        }
        var bytes: [UInt8] = []
        var rest = Substring(digits)
        while !rest.isEmpty {
            guard let byte = UInt8(rest.prefix(2), radix: 16) else { return nil }
            bytes.append(byte)
            rest = rest.dropFirst(2)
        }
        self.init(bytes: bytes)
    }
}

extension AttributeWrite {
    var json: JSONValue {
        ["attribute": .string(attribute.spelling), "values": .array(values.map(\.json))]
    }

    init?(json: JSONValue) {
        guard let name = json["attribute"]?.string.flatMap({ AttributeName($0) }),
            let values = json["values"]?.array?.compactMap({ AttributeValue(json: $0) })
        else { return nil }
        self.init(attribute: name, values: values)
    }
}

extension DirectoryChange {
    var json: JSONValue {
        switch self {
        case .disable: ["account": "disabled"]
        case .write(let writes): ["write": .array(writes.map(\.json))]
        case .removeMember(let membership):
            ["remove": membership.json]
        case .enable(let prior, let disabledAt):
            ["account": "enabled", "prior": prior.json, "disabledAt": .int(disabledAt.seconds)]
        case .restore(let restorations): ["restore": .array(restorations.map(\.json))]
        case .addMember(let membership): ["add": membership.json]
        case .verify: ["read": "back"]
        }
    }

    init?(json: JSONValue) {
        if json["account"] == "disabled" {
            self = .disable
        } else if let writes = json["write"]?.array {
            self = .write(writes.compactMap { AttributeWrite(json: $0) })
        } else if let prior = json["prior"].flatMap({ PriorValues(json: $0) }),
            let disabledAt = json["disabledAt"]?.int
        {
            self = .enable(prior: prior, disabledAt: Timestamp(seconds: disabledAt))
        } else if let restorations = json["restore"]?.array {
            self = .restore(restorations.compactMap { AttributeRestoration(json: $0) })
        } else if let membership = json["remove"].flatMap({ Membership(json: $0) }) {
            self = .removeMember(membership)
        } else if let membership = json["add"].flatMap({ Membership(json: $0) }) {
            self = .addMember(membership)
        } else if json["read"] == "back" {
            self = .verify
        } else {
            return nil
        }
    }
}

extension Membership {
    var json: JSONValue {
        ["attribute": .string(attribute.spelling), "value": .string(value)]
    }

    init?(json: JSONValue) {
        guard let name = json["attribute"]?.string.flatMap({ AttributeName($0) }),
            let value = json["value"]?.string
        else { return nil }
        self.init(attribute: name, value: value)
    }
}

extension AttributeRestoration {
    var json: JSONValue {
        [
            "attribute": .string(attribute.spelling), "written": .array(written.map(\.json)),
            "prior": .array(prior.map(\.json)),
        ]
    }

    init?(json: JSONValue) {
        guard let name = json["attribute"]?.string.flatMap({ AttributeName($0) }),
            let written = json["written"]?.array?.compactMap({ AttributeValue(json: $0) }),
            let prior = json["prior"]?.array?.compactMap({ AttributeValue(json: $0) })
        else { return nil }
        self.init(attribute: name, written: written, prior: prior)
    }
}

extension PriorValues {
    var json: JSONValue { .array(attributes.map(\.json)) }

    init?(json: JSONValue) {
        guard let attributes = json.array else { return nil }
        self.init(attributes: attributes.compactMap { AttributeWrite(json: $0) })
    }
}

extension Finding {
    /// With the keys that `--json` gives it.
    package var json: JSONValue {
        ["kind": .string(kind), "target": .string(target), "because": .string(because)]
    }

    init?(json: JSONValue) {
        guard let kind = json["kind"]?.string, let target = json["target"]?.string,
            let because = json["because"]?.string
        else { return nil }
        self.init(kind: kind, target: target, because: because)
    }
}
