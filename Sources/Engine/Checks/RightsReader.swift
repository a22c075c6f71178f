internal import Configuration
internal import Identity
internal import LDAP

/// Finds out what the bind DN may write, without writing anything.
struct RightsReader {
    /// [MS-ADTS] 3.1.1.4.5.7: the attributes that the requester may write.
    private static let allowed = AttributeName(trusted: "allowedAttributesEffective")

    let shared: SharedSession

    /// How it is found out here, in words; nil where it can't be.
    var method: String? {
        switch shared.session.dialect.rights {
        case .attempts: "each tried with a modify that can't succeed"
        case .allowedAttributes: "by allowedAttributesEffective"
        case .effectiveRights:
            shared.session.offersEffectiveRights
                ? "by the effective rights that the server tells" : nil
        case .untold: nil
        }
    }

    /// The rights to put `wanted` into an entry: each attribute with the values that it is to get.
    func rights(to wanted: [AttributeWrite], on dn: DN) throws -> [AttributeName: WriteRight] {
        try rights(to: wanted.map(\.attribute), on: dn) { name in
            let values = wanted.first { $0.attribute == name }?.values ?? []
            // The same value is deleted twice: the second deletion fails whatever stands there, and with
            // it all of the modify.
            return [
                Modification(.replace, name, values),
                Modification(.delete, name, []), Modification(.delete, name, []),
            ].filter { !($0.kind == .replace && values.isEmpty) }
        }
    }

    /// The rights to take a member out of a group, and to put a placeholder in.
    func rights(toMembers attribute: AttributeName, of group: DN, adding: Bool) throws
        -> WriteRight
    {
        let name = "cn=lockstep-check,\(group)"
        let value = AttributeValue(attribute == .memberUid ? "lockstep-check" : name)
        let removal = Modification(.delete, attribute, [value])
        let found = try rights(to: [attribute], on: group) { _ in
            (adding ? [Modification(.add, attribute, [value])] : []) + [removal, removal]
        }
        return found[attribute] ?? .unknown("the server said nothing of it")
    }

    private func rights(
        to attributes: [AttributeName], on dn: DN,
        attempt: (AttributeName) -> [Modification]
    ) throws -> [AttributeName: WriteRight] {
        var rights: [AttributeName: WriteRight] = [:]
        do throws(DirectoryFailure) {
            switch shared.session.dialect.rights {
            case .attempts:
                for name in attributes { rights[name] = try tried(attempt(name), on: dn) }
            case .allowedAttributes:
                let allowed = try allowedAttributes(of: dn)
                for name in attributes { rights[name] = allowed(try folded(name)) }
            case .effectiveRights, .untold:
                let told = try effectiveRights(on: dn, to: attributes)
                for name in attributes { rights[name] = told(try folded(name)) }
            }
        } catch {
            guard shared.session.connection.isUsable else { throw error }
            for name in attributes { rights[name] = .unknown(error.answer) }
        }
        return rights
    }

    /// Every name that an answer may have for the attribute, in lower case.
    private func folded(_ name: AttributeName) throws(DirectoryFailure) -> [String] {
        try shared.session.connection.names(of: name.base).map(\.folded) + [name.base.folded]
    }

    /// slapd looks at the rights to all of a modify before it does the first of it (2.5.13).
    ///
    /// It does nothing of one that fails. An assertion (RFC 4528) would not help: slapd answers that it
    /// does not hold, 122, before it looks at the rights.
    private func tried(_ attempt: [Modification], on dn: DN) throws(DirectoryFailure) -> WriteRight
    {
        do throws(DirectoryFailure) {
            try shared.session.connection.modify(dn, attempt)
        } catch {
            switch error.code {
            case .noSuchAttribute, .typeOrValueExists: return .granted
            case .insufficientAccessRights, .strongerAuthRequired, .confidentialityRequired:
                return .denied(error.answer)
            case .constraintViolation, .invalidAttributeSyntax: return .refused(error.answer)
            case _ where !shared.session.connection.isUsable: throw error
            default: return .unknown(error.answer)
            }
        }
        return .unknown("the server did what can't be done")
    }

    private func allowedAttributes(
        of dn: DN
    ) throws(DirectoryFailure) -> ([String]) -> WriteRight {
        let entry = try shared.session.read(dn, attributes: [Self.allowed])
        let names = Set((entry?.texts(Self.allowed) ?? []).map { $0.lowercased() })
        guard entry != nil else { return { _ in .unknown("the entry can't be seen") } }
        return { anyOf in
            anyOf.contains(where: names.contains)
                ? .granted : .denied("allowedAttributesEffective does not name it")
        }
    }

    private func effectiveRights(
        on dn: DN, to attributes: [AttributeName]
    ) throws(DirectoryFailure) -> ([String]) -> WriteRight {
        let told = try shared.session.effectiveRights(on: dn, to: attributes)
        guard let told else {
            return { _ in .unknown("the server does not tell effective rights") }
        }
        return { anyOf in
            guard let letters = anyOf.lazy.compactMap({ told[$0] }).first else {
                return .unknown("the server said nothing of it")
            }
            return letters.contains("w") && letters.contains("o")
                ? .granted : .denied("effective rights: \(letters)")
        }
    }
}

/// Whether the bind DN may write one attribute of one entry.
enum WriteRight: Hashable {
    case granted
    /// The server's answer.
    case denied(String)
    /// The right is there, and the server would still refuse that value; its answer.
    case refused(String)
    /// Nothing here could find it out; why.
    case unknown(String)
}
