internal import Ground
internal import Identity
internal import LDAP
internal import Store

extension Reason {
    /// What the reason writes, every template filled in; a template without a value writes nothing
    /// and is named in `without`.
    func writes(
        for user: User, process: TemplateContext
    ) -> (writes: [AttributeWrite], without: [String]) {
        var writes: [AttributeWrite] = []
        var without: [String] = []
        for written in write {
            switch written.write {
            case .delete:
                writes.append(AttributeWrite(attribute: written.attribute, values: []))
            case .replace(let templates):
                let values = templates.compactMap { template in
                    template.evaluate { process.value(of: $0, user: user, reason: self) }
                }
                if values.count == templates.count {
                    writes.append(
                        AttributeWrite(
                            attribute: written.attribute, values: values.map { AttributeValue($0) })
                    )
                } else {
                    without.append(written.attribute.spelling)
                }
            }
        }
        return (writes, without)
    }
}

/// What a reason's templates may name beside the user and the reason.
struct TemplateContext {
    let clock: Timestamp
    /// The operator's login.
    let by: String
    let note: String?

    func value(of name: String, user: User, reason: Reason) -> String? {
        switch name {
        case "now": clock.rfc3339
        case "operator": by
        case "note": note
        case "reason.code": reason.code
        case "reason.text": reason.text
        case "user.username": user.record.username
        case "user.givenName": user.record.givenName
        case "user.familyName": user.record.familyName
        case "user.displayName": user.record.displayName
        case "user.mail": user.record.mail
        case "user.employeeNumber": user.record.employeeNumber
        case "user.dn": user.record.dn
        default: nil
        }
    }
}
