internal import CLDAP
package import LDAP

/// A connection to one server: protocol 3, no referrals followed, every wait bounded.
///
/// Opened by `init`, closed with its owner; a search under way keeps it open until it has ended.
/// SIGPIPE must be ignored by `main`: liblber 2.5 writes with write(2), also to a server that has gone.
package struct Connection: ~Copyable {
    let handle: Handle

    /// Connects, and with TLS verifies the server's certificate and name.
    package init(_ options: ConnectionOptions) throws(LDAPFailure) {
        let handle = try Handle.prepare(options)
        if let limit = options.limit { handle.commandEnd = limit.end }
        try handle.apply(options)
        let code = unsafe ldap_connect(handle.pointer)
        guard code == LDAP_SUCCESS else {
            throw handle.failure(.connect, handle.server, code: code)
        }
        try handle.boundSocket()
        switch options.url.scheme {
        case .ldaps: try handle.installTLS(.connect, within: options.secondsToConnect)
        case .ldap where options.startTLS:
            try Self.askForTLS(handle)
            try handle.installTLS(.startTLS, within: options.secondsToConnect)
        case .ldap, .ldapi: break
        }
        try handle.forbidReconnecting()
        // A block at a time, where libldap would read each message in two calls. Below TLS, and after
        // its handshake: nothing that came before it in plain text may be taken for an answer.
        unsafe lockstep_ldap_read_ahead(handle.pointer)
        self.handle = handle
    }

    /// False once a request got no answer: then only a new connection helps.
    package var isUsable: Bool { handle.isUsable }

    /// From now on everything together ends then; nil: each operation by itself.
    package func obey(_ limit: TimeLimit?) {
        handle.commandEnd = limit?.end ?? .never
    }

    /// What it obeys.
    package var limit: TimeLimit? {
        handle.commandEnd == .never ? nil : TimeLimit(end: handle.commandEnd)
    }

    /// Ends every search, whatever the server sends, as soon as `isStopped` says so.
    package func stopSearches(when isStopped: @escaping () -> Bool) {
        handle.isStopped = isStopped
    }

    /// From now on, values that come in ranges are read to their end ([MS-ADTS] 3.1.1.3.1.3.3).
    ///
    /// For Active Directory alone: elsewhere `title;range=5-6` is an attribute that a person wrote.
    package func readRanges() {
        handle.readsRanges = true
    }

    /// The objects that refer to other servers, of those that a search has met; the first few.
    package var referralObjects: [DN] { handle.referrals.names }
    /// All of them.
    package var referralObjectCount: Int { handle.referrals.count }

    /// From now on, a search that is referred to one of these naming contexts is whole without it.
    ///
    /// Any other reference makes it incomplete.
    package func leaveOut(contexts: [DN]) {
        handle.contextsLeftOut = contexts
    }

    /// Such as `TLS1.3`; nil without TLS.
    ///
    /// GnuTLS spells it so, which Debian 12's libldap has; OpenSSL, which Debian 13's has, says `TLSv1.3`.
    package var tlsVersion: String? {
        var text: UnsafeMutablePointer<CChar>?
        unsafe ldap_get_option(handle.pointer, LDAP_OPT_X_TLS_VERSION, &text)
        defer { unsafe ldap_memfree(text) }
        return unsafe text.map { unsafe String(cString: $0).replacing("TLSv", with: "TLS") }
    }

    /// StartTLS (RFC 4511, 4.14), up to the server's consent.
    private static func askForTLS(_ handle: Handle) throws(LDAPFailure) {
        var id: Int32 = 0
        handle.beginOperation()
        let sent = unsafe ldap_start_tls(handle.pointer, nil, nil, &id)
        guard sent == LDAP_SUCCESS else {
            throw handle.failure(.startTLS, handle.server, code: sent)
        }
        let outcome = try handle.outcome(of: id, .startTLS, handle.server)
        guard outcome.code == .success else { throw outcome.failure(.startTLS, handle.server) }
    }
}
