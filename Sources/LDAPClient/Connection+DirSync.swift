package import LDAP

extension Connection {
    /// Starts a round of DirSync: what has changed below a naming context since the cookie was given.
    ///
    /// `base` is the naming context's own entry, any other is refused. Without a cookie everything comes.
    /// Changes of the attributes that are asked for are told, and no others.
    package func dirSync(
        base: DN, filter: Filter, attributes: [AttributeName], cookie: [UInt8]
    ) throws(LDAPFailure) -> DirSync {
        let request = SearchRequest(
            base: base, scope: .subtree, filter: filter, attributes: attributes)
        return try DirSync(request, cookie: cookie, on: handle)
    }
}
