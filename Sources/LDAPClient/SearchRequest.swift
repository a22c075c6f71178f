internal import CLDAP
internal import LDAP

/// A search as it is sent, once or once a page.
struct SearchRequest {
    let base: DN
    let scope: SearchScope
    let filter: Filter
    let attributes: [AttributeName]
    /// 0 is as many as the server gives.
    var sizeLimit = 0
    var controls: [Control] = []

    /// The id that its answers will carry.
    func send(
        on handle: Handle, adding more: Control? = nil
    ) throws(LDAPFailure) -> Int32 {
        guard let controls = ControlList(self.controls + (more.map { [$0] } ?? [])) else {
            throw LDAPFailure(attempted: .search, target: base.text, code: .noMemory)
        }
        handle.beginOperation()
        var names = CStrings(
            attributes.map { handle.schemaNames?.known.requestable($0) ?? $0 }.map(\.spelling))
        var id: Int32 = 0
        let code = unsafe names.lend { names in
            unsafe ldap_search_ext(
                handle.pointer, base.text, libldapScope, filter.description, names, 0,
                controls.pointer, nil, nil, Int32(clamping: sizeLimit), &id)
        }
        guard code == LDAP_SUCCESS else { throw handle.failure(.search, base.text, code: code) }
        return id
    }

    /// Whether an entry of this name lies where it was asked for.
    func reaches(_ dn: DN) -> Bool {
        // A name made of an id: whoever asks by id looks at the id of what comes.
        base.isOfID || scope.reaches(dn, from: base) || isThereToo(dn)
    }

    /// The same where the server folds more than we do.
    private func isThereToo(_ dn: DN) -> Bool {
        let (there, here) = (dn.rdns, base.rdns)
        switch scope {
        case .base: guard there.count == here.count else { return false }
        case .one: guard there.count == here.count + 1 else { return false }
        case .subtree: guard there.count >= here.count else { return false }
        }
        return zip(there.suffix(here.count), here).allSatisfy { left, right in
            left.normalized.widelyFolded == right.normalized.widelyFolded
        }
    }

    /// Of an entry that came for it and lies elsewhere.
    func stray(_ dn: DN) -> LDAPFailure {
        LDAPFailure(
            attempted: .search, target: base.text, code: .decodingError,
            diagnostic: "the server answered with \(dn), which was not asked for",
            isIncomplete: true)
    }

    private var libldapScope: Int32 {
        switch scope {
        case .base: ber_int_t(LDAP_SCOPE_BASE)
        case .one: ber_int_t(LDAP_SCOPE_ONELEVEL)
        case .subtree: ber_int_t(LDAP_SCOPE_SUBTREE)
        }
    }
}
