internal import CLDAP
package import LDAP

extension Connection {
    /// Changes one entry, all of it or nothing; with `asserting` only while the filter matches it.
    ///
    /// Where it doesn't match, or the server doesn't know assertions (RFC 4528), nothing is written: 122 or 12.
    package func modify(
        _ dn: DN, _ modifications: [Modification], asserting: Filter? = nil
    ) throws(LDAPFailure) {
        try awaitModify(try beginModify(dn, modifications, asserting: asserting))
    }

    /// Sends a modify; several may be under way, and the server answers each.
    package func beginModify(
        _ dn: DN, _ modifications: [Modification], asserting: Filter? = nil
    ) throws(LDAPFailure) -> PendingRequest {
        let controls = try controls(asserting, .modify, dn)
        guard let changes = ModificationList(try named(modifications, of: dn)) else {
            throw LDAPFailure(attempted: .modify, target: dn.text, code: .noMemory)
        }
        var id: Int32 = 0
        handle.beginOperation()
        let sent = unsafe ldap_modify_ext(
            handle.pointer, dn.text, changes.pointer, controls.pointer, nil, &id)
        return try pending(sent, id, .modify, dn)
    }

    /// The same by names that every server takes; a password that hides behind another of its names may
    /// only be deleted.
    private func named(
        _ modifications: [Modification], of dn: DN
    ) throws(LDAPFailure) -> [Modification] {
        guard let names = handle.schemaNames else { return modifications }
        var named: [Modification] = []
        for one in modifications {
            let isSet = one.kind != .delete && !one.values.isEmpty && !one.attribute.isPassword
            if isSet, try names.isPassword(one.attribute, on: handle) {
                throw LDAPFailure(
                    attempted: .modify, target: dn.text, code: .paramError,
                    diagnostic: "\(one.attribute) is a password by the server's schema, and may "
                        + "only be deleted")
            }
            named.append(
                Modification(one.kind, names.known.requestable(one.attribute), one.values))
        }
        return named
    }

    /// Deletes one entry that has none below it.
    package func delete(_ dn: DN, asserting: Filter? = nil) throws(LDAPFailure) {
        let controls = try controls(asserting, .delete, dn)
        var id: Int32 = 0
        handle.beginOperation()
        let sent = unsafe ldap_delete_ext(handle.pointer, dn.text, controls.pointer, nil, &id)
        try awaitModify(try pending(sent, id, .delete, dn))
    }

    /// Returns once the server has said that it was done.
    package func awaitModify(_ request: PendingRequest) throws(LDAPFailure) {
        let outcome = try handle.outcome(of: request.id, request.attempted, request.dn.text)
        guard outcome.code == .success else {
            throw outcome.failure(request.attempted, request.dn.text)
        }
    }

    private func pending(
        _ sent: Int32, _ id: Int32, _ attempted: LDAPFailure.Attempt, _ dn: DN
    ) throws(LDAPFailure) -> PendingRequest {
        guard sent == LDAP_SUCCESS else { throw handle.failure(attempted, dn.text, code: sent) }
        return PendingRequest(id: id, attempted: attempted, dn: dn)
    }

    /// Always critical: where it is not, 389 and Samba leave it out of account and write.
    private func controls(
        _ asserting: Filter?, _ attempted: LDAPFailure.Attempt, _ dn: DN
    ) throws(LDAPFailure) -> ControlList {
        var controls: [Control] = []
        if let asserting {
            guard let value = handle.assertion(asserting) else {
                throw handle.failure(attempted, dn.text, code: LDAP_FILTER_ERROR)
            }
            controls.append(Control("1.3.6.1.1.12", isCritical: true, value: value))
        }
        guard let list = ControlList(controls) else {
            throw LDAPFailure(attempted: attempted, target: dn.text, code: .noMemory)
        }
        return list
    }
}

extension Handle {
    /// The filter in BER; nil when libldap can't encode it.
    fileprivate func assertion(_ filter: Filter) -> [UInt8]? {
        var text = Array(filter.description.utf8CString)
        var value = unsafe berval()
        let code = unsafe text.withUnsafeMutableBufferPointer {
            unsafe ldap_create_assertion_control_value(pointer, $0.baseAddress, &value)
        }
        defer { unsafe ber_memfree(value.bv_val) }
        return code == LDAP_SUCCESS ? unsafe [UInt8](value) : nil
    }
}

/// A write that was sent and not answered yet.
package struct PendingRequest: Hashable, Sendable {
    let id: Int32
    let attempted: LDAPFailure.Attempt
    package let dn: DN
}
