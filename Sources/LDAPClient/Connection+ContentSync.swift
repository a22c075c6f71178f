package import LDAP

extension Connection {
    /// Starts a refresh: what has changed in a search's content since the cookie was given.
    ///
    /// Without a cookie all of it comes, and OpenLDAP may leave live entries out then: a full read is
    /// ``pages(base:scope:filter:attributes:pageSize:controls:)``. The cookie belongs to the server, the
    /// bind, the base and the filter. With `reloadHint` a server that can't go on from the cookie sends
    /// everything, and not 4096.
    package func contentSync(
        base: DN, scope: SearchScope, filter: Filter, attributes: [AttributeName],
        cookie: [UInt8]?, reloadHint: Bool = false, controls: [Control] = []
    ) throws(LDAPFailure) -> ContentSync {
        let request = SearchRequest(
            base: base, scope: scope, filter: filter, attributes: attributes, controls: controls)
        return try ContentSync(request, cookie: cookie, reloadHint: reloadHint, on: handle)
    }

    /// How far an OpenLDAP server has come with the writes of each server; nil where it doesn't say.
    ///
    /// `suffix` is the naming context's own entry, which alone carries it.
    package func contextCSN(of suffix: DN) throws(LDAPFailure) -> ContextCSN? {
        let name = AttributeName(trusted: "contextCSN")
        let entries = try search(
            base: suffix, scope: .base, filter: .present(AttributeName(trusted: "objectClass")),
            attributes: [name])
        guard let values = entries.first?[name], !values.isEmpty else { return nil }
        guard let known = ContextCSN(values) else {
            throw LDAPFailure(
                attempted: .search, target: suffix.text, code: .decodingError,
                diagnostic: "a contextCSN that is no change sequence number")
        }
        return known
    }
}
