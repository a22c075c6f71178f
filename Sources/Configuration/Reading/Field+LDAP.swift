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
