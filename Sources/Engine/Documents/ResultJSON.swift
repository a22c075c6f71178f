package import Ground
package import Identity
internal import LDAP
package import Store

// What `--json` prints, with the keys of the contract. Every key is always there.

extension User {
    /// `{id, username, dn}`: how every result names a user.
    package var reference: JSONValue {
        ["id": JSONValue(id), "username": .string(record.username), "dn": .string(record.dn.text)]
    }

    /// One line of `find`.
    package var finding: JSONValue {
        [
            "id": JSONValue(id), "username": .string(record.username),
            "displayName": JSONValue(record.displayName), "mail": JSONValue(record.mail),
            "employeeNumber": JSONValue(record.employeeNumber), "state": .string(state.rawValue),
            "dn": .string(record.dn.text), "directory": directory.json,
        ]
    }
}

extension Candidate {
    /// `{id, username, dn}`; without an id where the store has no user of the entry.
    package var reference: JSONValue {
        [
            "id": JSONValue(user?.id), "username": JSONValue(username), "dn": .string(dn.text),
        ]
    }
}

extension Timestamp {
    package var json: JSONValue { .string(rfc3339) }
}

extension Optional where Wrapped == Timestamp {
    package var json: JSONValue { JSONValue(self?.rfc3339) }
}

extension StepError {
    package var json: JSONValue {
        ["code": .int(Int64(code.rawValue)), "message": .string(message)]
    }
}

extension Step {
    package var json: JSONValue {
        [
            "kind": .string(kind.rawValue), "target": .string(target),
            "state": .string(state.rawValue), "error": error?.json ?? .null,
        ]
    }
}

extension PlannedStep {
    package var json: JSONValue {
        [
            "kind": .string(kind.rawValue), "target": .string(target),
            "state": .string(StepState.planned.rawValue), "error": .null,
        ]
    }
}

extension Role {
    package var json: JSONValue {
        ["name": .string(name), "group": .string(groupDN.text), "direct": .bool(direct)]
    }
}

extension RecordedLock {
    package var json: JSONValue {
        [
            "process": JSONValue(process), "reason": .string(reason), "text": .string(text),
            "at": at.json, "by": .string(by),
        ]
    }
}

extension Credential {
    /// The certificates on it by their serials.
    package func json(certificates: [String], user: JSONValue? = nil) -> JSONValue {
        var members: [String: JSONValue] = [
            "kind": .string(kind.rawValue), "serial": .string(serial),
            "state": .string(state.rawValue),
            "certificates": .array(certificates.map { .string($0) }),
        ]
        if let user { members["user"] = user }
        return .object(members)
    }
}

extension Reason {
    package var json: JSONValue {
        var written: [String: JSONValue] = [:]
        for entry in write {
            written[entry.attribute.spelling] =
                switch entry.write {
                case .delete: .null
                case .replace(let templates): .array(templates.map { .string($0.source) })
                }
        }
        var classes: [String: JSONValue] = [:]
        for entry in write {
            if let name = entry.ifClass { classes[entry.attribute.spelling] = .string(name) }
        }
        var recognised: [String: JSONValue] = [:]
        for entry in recognise {
            recognised[entry.attribute.spelling] = .array(entry.values.map { .string($0) })
        }
        return [
            "code": .string(code), "text": .string(text),
            "for": .array(useCases.map { .string($0.word) }),
            "revocation": JSONValue(revocation?.rawValue), "write": .object(written),
            "ifClass": .object(classes), "recognise": .object(recognised),
            "enabled": .bool(enabled),
        ]
    }
}
