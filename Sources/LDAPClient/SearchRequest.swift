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

    private var libldapScope: Int32 {
        switch scope {
        case .base: ber_int_t(LDAP_SCOPE_BASE)
        case .one: ber_int_t(LDAP_SCOPE_ONELEVEL)
        case .subtree: ber_int_t(LDAP_SCOPE_SUBTREE)
        }
    }
}
