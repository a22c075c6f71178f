internal import Engine
internal import Ground
internal import Identity
internal import LDAP
internal import Store

extension ProcessEvidence {
    /// `lock --json` and what an auditor asks besides: trigger, operator, times, before and after.
    func json(user: User?) -> JSONValue {
        var members = ProcessResult(process, user: user).json.object ?? [:]
        members["steps"] = .array(actions.map(\.json))
        members["reasonText"] = .string(process.reasonText)
        // The reason has had this key longer.
        members["revocation"] = JSONValue(process.revocation?.rawValue)
        members["revocationState"] = JSONValue(process.sight?.rawValue)
        members["note"] = JSONValue(process.note)
        members["trigger"] = run == nil ? "operator" : "sync"
        members["run"] = JSONValue(run)
        members["host"] = .string(process.by.host)
        members["terminal"] = JSONValue(process.by.terminal)
        members["state"] = .string(process.state.rawValue)
        members["decision"] =
            decision.map {
                ["by": .string($0.by), "at": $0.at.json, "because": JSONValue($0.because)]
            } ?? .null
        members["requested"] = .array(requested.map(\.json))
        members["finishedAt"] = finished.json
        members["secondsToDisabled"] = JSONValue(secondsToDisabled)
        members["changes"] = .array(actions.compactMap(EvidenceChange.init).map(\.json))
        members["verified"] = .array(actions.filter { $0.step.kind == .verify }.map(\.json))
        return .object(members)
    }
}

extension ProcessEvidence.Action {
    var json: JSONValue {
        var members = step.json.object ?? [:]
        members["detail"] = .string(detail)
        members["at"] = finished.json
        members["attempts"] = .int(Int64(step.attempts))
        members["prior"] = prior?.readable ?? .null
        members["seen"] =
            seen.map { ["at": $0.at.json, "by": .string($0.by.rawValue)] } ?? .null
        return .object(members)
    }
}

extension PriorValues {
    /// Attribute names with their values; a value that is no text says how many octets it has.
    fileprivate var readable: JSONValue {
        var members: [String: JSONValue] = [:]
        for attribute in attributes {
            members[attribute.attribute.spelling] =
                .array(attribute.values.map { .string($0.printable) })
        }
        return .object(members)
    }
}
