internal import CLDAP
internal import Ground
package import LDAP

extension Connection {
    /// A simple bind.
    ///
    /// An empty password is refused here: servers take it for an anonymous bind and say *success*
    /// (RFC 4513, 5.1.2).
    package func bind(dn: DN, password: [UInt8]) throws(LDAPFailure) {
        guard !password.isEmpty else {
            throw LDAPFailure(
                attempted: .bind, target: dn.text, code: .paramError,
                diagnostic: "the password is empty")
        }
        var id: Int32 = 0
        handle.secret.keep(password)
        handle.beginOperation()
        var bytes = password
        defer { bytes.wipe() }
        let sent = unsafe bytes.withUnsafeMutableBytes { buffer in
            var secret = unsafe berval(
                bv_len: ber_len_t(buffer.count),
                bv_val: buffer.baseAddress?.assumingMemoryBound(to: CChar.self))
            return unsafe lockstep_ldap_simple_bind(handle.pointer, dn.text, &secret, nil, &id)
        }
        try finishBind(sent, id, as: dn.text)
    }

    /// SASL EXTERNAL: by the client certificate, or the process that holds the socket's other end.
    package func bindExternal() throws(LDAPFailure) {
        var id: Int32 = 0
        handle.beginOperation()
        var nothing: CChar = 0
        let sent = unsafe withUnsafeMutablePointer(to: &nothing) { start in
            // An empty initial response, not an absent one, says "as whoever I am".
            var response = unsafe berval(bv_len: 0, bv_val: start)
            return unsafe ldap_sasl_bind(
                handle.pointer, "", "EXTERNAL", &response, nil, nil, &id)
        }
        try finishBind(sent, id, as: "SASL EXTERNAL")
    }

    /// SASL GSSAPI by the Kerberos ticket of the environment; nobody is asked for anything.
    package func bindGSSAPI() throws(LDAPFailure) {
        handle.beginOperation()
        let code = unsafe ldap_sasl_interactive_bind_s(
            handle.pointer, nil, "GSSAPI", nil, nil, UInt32(LDAP_SASL_QUIET),
            { _, _, _, _ in LDAP_SUCCESS }, nil)
        guard code == LDAP_SUCCESS else {
            throw handle.failure(.bind, "SASL GSSAPI", code: code)
        }
        handle.expectEntries()
    }

    private func finishBind(_ sent: Int32, _ id: Int32, as name: String) throws(LDAPFailure) {
        guard sent == LDAP_SUCCESS else { throw handle.failure(.bind, name, code: sent) }
        let outcome = try handle.outcome(of: id, .bind, name)
        guard outcome.code == .success else { throw outcome.failure(.bind, name) }
        handle.expectEntries()
    }
}
