internal import CLDAP
package import LDAP

extension Connection {
    /// What the server says about itself; needs no bind.
    package func rootDSE() throws(LDAPFailure) -> RootDSE {
        RootDSE(entry: try readOne(.root, RootDSE.attributes))
    }

    /// Whether the server's schema has an attribute type of this name.
    ///
    /// The server looks by itself (objectIdentifierFirstComponentMatch, RFC 4517, 4.2.26): the
    /// answer is one small message where the whole schema would be hundreds of kilobytes.
    package func schemaKnows(
        _ name: AttributeName, subschema: DN
    ) throws(LDAPFailure) -> Bool {
        let isIt = Filter.equal(
            AttributeName(trusted: "attributeTypes"), AttributeValue(name.base.spelling))
        // RFC 4511, 4.5.1.8: "1.1" asks for no attribute.
        return try !search(
            base: subschema, scope: .base, filter: isIt, attributes: [AttributeName(trusted: "1.1")]
        ).isEmpty
    }

    /// Who the server says that we are (RFC 4532): `dn:…`, `u:…` or nothing for anonymous.
    ///
    /// Samba does not know it and answers 2: not a test of a bind.
    package func whoAmI() throws(LDAPFailure) -> String {
        var id: Int32 = 0
        handle.beginOperation()
        let sent = unsafe ldap_whoami(handle.pointer, nil, nil, &id)
        guard sent == LDAP_SUCCESS else {
            throw handle.failure(.whoAmI, handle.server, code: sent)
        }
        let message = try handle.answer(to: id, .whoAmI, handle.server)
        let outcome = try handle.outcome(message, .whoAmI, handle.server)
        guard outcome.code == .success else { throw outcome.failure(.whoAmI, handle.server) }
        var name: UnsafeMutablePointer<berval>?
        let code = unsafe ldap_parse_whoami(handle.pointer, message.pointer, &name)
        defer { unsafe ber_bvfree(name) }
        guard code == LDAP_SUCCESS else {
            throw handle.failure(.whoAmI, handle.server, code: code)
        }
        let text = unsafe name.map { unsafe String(decoding: [UInt8]($0.pointee), as: UTF8.self) }
        return handle.secret.struckOut(of: text ?? "").boundedWords
    }

    private func readOne(
        _ base: DN, _ attributes: [AttributeName]
    ) throws(LDAPFailure) -> Entry {
        let entries = try search(
            base: base, scope: .base, filter: .present(AttributeName(trusted: "objectClass")),
            attributes: attributes)
        guard let entry = entries.first else {
            throw LDAPFailure(
                attempted: .search, target: base.text, code: .noSuchObject,
                diagnostic: "not there, or not readable")
        }
        return entry
    }
}
