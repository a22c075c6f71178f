package import Ground
package import Identity
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
        ["attribute": .string(attribute.spelling), "values": .array(values.map(\.json))]
    }

    package init(json: JSONValue) throws(Unreadable) {
        self.init(
            attribute: try AttributeName(of: json),
            values: try json.elements("values", AttributeValue.init(json:)))
    }
}

extension DirectoryChange {
    package var json: JSONValue {
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

    package init(json: JSONValue) throws(Unreadable) {
        switch json.object?.keys.sorted() {
        case ["account"] where json["account"] == "disabled": self = .disable
        case ["write"]: self = .write(try json.elements("write", AttributeWrite.init(json:)))
        case ["remove"]: self = .removeMember(try Membership(json: json["remove"] ?? .null))
        case ["account", "disabledAt", "prior"] where json["account"] == "enabled":
            guard let disabledAt = json["disabledAt"]?.int else {
                throw Unreadable("has no time “disabledAt”")
            }
            self = .enable(
                prior: try PriorValues(json: json["prior"] ?? .null),
                disabledAt: Timestamp(seconds: disabledAt))
        case ["restore"]:
            self = .restore(try json.elements("restore", AttributeRestoration.init(json:)))
        case ["add"]: self = .addMember(try Membership(json: json["add"] ?? .null))
        case ["read"] where json["read"] == "back": self = .verify
        default: throw Unreadable("is no change that Lockstep makes")
        }
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
        ["kind": .string(kind), "target": .string(target), "because": .string(because)]
    }

    package init(json: JSONValue) throws(Unreadable) {
        self.init(
            kind: try json.text("kind"), target: try json.text("target"),
            because: try json.text("because"))
    }
}

/// What a process found and was asked for: the column `findings`.
struct KeptFindings {
    let unchanged: [Finding]
    let remaining: [Finding]
    let restoresRoles: Bool
    let rolesOf: Int64?

    /// A key that is not there says nothing: it is so until something is found.
    init(json: JSONValue) throws(Unreadable) {
        guard let members = json.object else { throw Unreadable("is no object") }
        unchanged =
            members["unchanged"] == nil ? [] : try json.elements("unchanged", Finding.init(json:))
        remaining =
            members["remaining"] == nil ? [] : try json.elements("remaining", Finding.init(json:))
        switch members["restoresRoles"] {
        case nil: restoresRoles = false
        case .bool(let isAsked): restoresRoles = isAsked
        default: throw Unreadable("says something else than yes or no of “restoresRoles”")
        }
        switch members["rolesOf"] {
        case nil, .null: rolesOf = nil
        case .int(let process): rolesOf = process
        default: throw Unreadable("names no process in “rolesOf”")
        }
    }
}
