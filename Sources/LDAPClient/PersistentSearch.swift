internal import CLDAP
package import LDAP

/// A content synchronization that stays after its refresh (RFC 4533, refreshAndPersist).
///
/// It tells that something has changed, and is not asked what. Dropped, it is abandoned; after an
/// error its connection is to be given up.
package struct PersistentSearch: ~Copyable {
    /// Messages that are taken at a time: a server that sends without end keeps nobody from the rest.
    private static let most = 10_000

    private let handle: Handle
    private let request: SearchRequest
    private let id: Int32

    init(_ request: SearchRequest, cookie: [UInt8]?, on handle: Handle) throws(LDAPFailure) {
        id = try request.send(
            on: handle, adding: SyncRequestControl.refreshAndPersist(cookie: cookie))
        self.handle = handle
        self.request = request
    }

    deinit { if handle.isUsable { handle.abandon(id) } }

    /// Whether something has changed since this was last asked; it does not wait for it.
    ///
    /// Throws where the server has ended the search, or the connection is lost.
    package func hasNews() throws(LDAPFailure) -> Bool {
        var isNews = false
        for _ in 0..<Self.most {
            guard let message = try handle.arrived(id, .search, request.base.text) else { break }
            switch message.type {
            case ber_int_t(LDAP_RES_SEARCH_ENTRY): isNews = isNews || tellsOfChange(message)
            case ber_int_t(LDAP_RES_INTERMEDIATE): isNews = isNews || tellsOfDeletion(message)
            case ber_int_t(LDAP_RES_SEARCH_RESULT): throw try ended(message)
            default: break
            }
        }
        return isNews
    }

    /// Whether something came for it while another request's answer was read, which no poll(2) shows.
    package var isOwed: Bool { handle.hasKept(for: id) }

    /// Of an entry that is there as before only the name comes, in a refresh.
    private func tellsOfChange(_ message: borrowing Message) -> Bool {
        guard let controls = Control.list(of: message, on: handle),
            let sync = SyncStateControl(among: controls)
        else { return true }
        return sync.state != .present
    }

    private func tellsOfDeletion(_ message: borrowing Message) -> Bool {
        guard let response = IntermediateResponse(message, on: handle),
            response.oid == SyncInfo.oid, let event = response.value.flatMap(SyncInfo.event)
        else { return false }
        return if case .idSet(_, refreshDeletes: true, _) = event { true } else { false }
    }

    private func ended(_ message: borrowing Message) throws(LDAPFailure) -> LDAPFailure {
        let outcome = try handle.outcome(message, .search, request.base.text)
        guard outcome.code == .success else { return outcome.failure(.search, request.base.text) }
        return LDAPFailure(
            attempted: .search, target: request.base.text, code: .decodingError,
            diagnostic: "the server has ended a search that was to stay")
    }
}

extension Connection {
    /// Starts a search that stays and tells of each change in its content since the cookie was given.
    ///
    /// Without a cookie all of it comes first.
    package func persistentSearch(
        base: DN, scope: SearchScope, filter: Filter, attributes: [AttributeName],
        cookie: [UInt8]?, controls: [Control] = []
    ) throws(LDAPFailure) -> PersistentSearch {
        let request = SearchRequest(
            base: base, scope: scope, filter: filter, attributes: attributes, controls: controls)
        return try PersistentSearch(request, cookie: cookie, on: handle)
    }

    /// The socket, for poll(2): readable when the server has sent something.
    ///
    /// Lent, never kept.
    package var descriptor: Int32 {
        var number: Int32 = -1
        unsafe ldap_get_option(handle.pointer, LDAP_OPT_DESC, &number)
        return number
    }
}
