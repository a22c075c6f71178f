internal import Ground
internal import Identity
internal import LDAP

extension Field {
    func uri() -> LDAPURL? {
        guard let text = text() else { return nil }
        if let url = LDAPURL(text) { return url }
        reject(
            "\(shown(text)) is no server's address; "
                + "write ldaps://host, ldap://host or ldapi://path")
        return nil
    }

    /// A DN that names an entry, so not the empty one.
    func dn() -> DN? {
        guard let text = text() else { return nil }
        if let dn = DN(text), !dn.rdns.isEmpty { return dn }
        reject("\(shown(text)) is no DN; write one such as cn=name,dc=example,dc=com")
        return nil
    }

    /// `[ou=people,dc=example,dc=com]` is a list of three, each of which is a DN.
    func isSplitDN(_ items: [Field]) -> Bool {
        guard KeyTable.key(place)?.kind == .oneOrList(.dn), items.count > 1 else { return false }
        let parts = items.compactMap { item -> RDN? in
            guard case .scalar(let scalar) = item.node.content, scalar.isPlain,
                let dn = DN(scalar.text), dn.rdns.count == 1
            else { return nil }
            return dn.rdns.first
        }
        return parts.count == items.count
            && parts.contains { $0.text.lowercased().hasPrefix("dc=") }
    }

    func filter() -> Filter? {
        guard let text = text() else { return nil }
        if let filter = Filter(text) { return filter }
        reject(
            "\(shown(text)) is no filter; "
                + "write one such as (objectClass=person), in parentheses")
        return nil
    }

    func protected() -> ProtectedName? {
        guard let text = text() else { return nil }
        if let dn = DN(text), !dn.rdns.isEmpty {
            guard dn.rdns.count == 1, let rdn = RDN(text) else { return .dn(dn) }
            return .rdn(rdn)
        }
        reject(
            "\(shown(text)) is neither an RDN nor a DN; write uid=name, or the entry's whole DN")
        return nil
    }

    /// An attribute that may be read: never a password.
    func attribute() -> AttributeName? {
        text().flatMap(attribute(named:))
    }

    /// The name of an object class, which is spelled as an attribute's is (RFC 4512, 1.4).
    func objectClass() -> String? {
        guard let text = text() else { return nil }
        if AttributeName(text) != nil { return text }
        reject("\(shown(text)) is no object class; write a name such as posixAccount")
        return nil
    }

    /// The same for a name that stands in a template or as a key.
    func attribute(named text: String) -> AttributeName? {
        guard let name = AttributeName(text) else {
            reject("\(shown(text)) is no attribute; write a name such as mail")
            return nil
        }
        guard !name.isPassword else {
            reject(
                "\(name) holds a password, which is never read; "
                    + "a reason may delete it: write: {\(name): null}")
            return nil
        }
        return name
    }

    /// A template; `names` of nil allows attributes, and no password.
    func template(names: [String]?) -> Template? {
        guard let text = text() else { return nil }
        let template: Template
        do throws(TemplateError) {
            template = try Template(parsing: text)
        } catch {
            reject(error)
            return nil
        }
        guard let names else {
            return template.names.allSatisfy { attribute(named: $0) != nil } ? template : nil
        }
        for name in template.names where !names.contains(name) {
            reject(
                "{\(Excerpt.of(name))} has no meaning here; "
                    + "allowed: \(names.joined(separator: ", "))",
                suggestion: Spelling.nearest(to: name, in: names))
            return nil
        }
        return template
    }

    private func reject(_ error: TemplateError) {
        switch error.problem {
        case .unclosed:
            reject("{ is never closed; write {name}, or {{ for a brace itself", at: error.offset)
        case .stray:
            reject("} closes nothing; write {name}, or }} for a brace itself", at: error.offset)
        case .noName:
            reject("the braces hold no name; write {name}", at: error.offset)
        case .unknownFilter(let filter):
            let filters = TemplateFilter.allCases.map(\.rawValue)
            reject(
                "\"\(Excerpt.of(filter))\" is no filter of a template; "
                    + "allowed: \(filters.joined(separator: ", "))",
                suggestion: Spelling.nearest(to: filter, in: filters), at: error.offset)
        }
    }
}
