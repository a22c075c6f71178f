internal import CLDAP
internal import LDAP

/// One refresh of content synchronization (RFC 4533, refreshOnly), read an event at a time.
///
/// Ends with ``Event/done(refreshDeletes:cookie:)`` and then nil, or with an error, which is thrown
/// again each time: whoever has not seen `done` has not seen all. The error's code is
/// `syncRefreshRequired` where the server no longer takes the cookie, 53 where it finds it newer than
/// itself (OpenLDAP). Unfinished when it is dropped, it is abandoned.
package struct ContentSync: ~Copyable {
    private enum Stage {
        /// The answer to this request is being read.
        case reading(Int32)
        case failed(LDAPFailure)
        case ended
    }

    private let handle: Handle
    private let request: SearchRequest
    private var stage: Stage
    private var reader: EntryReader
    private var references = References()

    init(
        _ request: SearchRequest, cookie: [UInt8]?, reloadHint: Bool, on handle: Handle
    ) throws(LDAPFailure) {
        let control = SyncRequestControl.refreshOnly(cookie: cookie, reloadHint: reloadHint)
        let id = try request.send(on: handle, adding: control)
        self.handle = handle
        self.request = request
        reader = EntryReader(request.attributes)
        stage = .reading(id)
    }

    deinit {
        if case .reading(let id) = stage { handle.abandon(id) }
    }

    /// What the server tells next; nil after its `done`.
    package mutating func next() throws(LDAPFailure) -> Event? {
        switch stage {
        case .ended: return nil
        case .failed(let failure): throw failure
        case .reading(let id):
            do throws(LDAPFailure) {
                return try read(id)
            } catch {
                // What is still under way would otherwise be kept until the connection is closed.
                if handle.isUsable { handle.abandon(id) }
                let failure = error.incomplete(besides: references.urls)
                stage = .failed(failure)
                throw failure
            }
        }
    }

    private mutating func read(_ id: Int32) throws(LDAPFailure) -> Event {
        // What tells of nothing does not put the end off.
        let end = handle.beginOperation()
        while true {
            let message = try handle.receive(id, until: end, .search, base)
            switch message.type {
            case ber_int_t(LDAP_RES_SEARCH_ENTRY): return try entry(message)
            case ber_int_t(LDAP_RES_SEARCH_REFERENCE):
                references.note(message, on: handle)
            case ber_int_t(LDAP_RES_INTERMEDIATE):
                if let event = try information(message) { return event }
            case ber_int_t(LDAP_RES_SEARCH_RESULT):
                return try finish(try handle.outcome(message, .search, base))
            default: break
            }
        }
    }

    private mutating func entry(_ message: borrowing Message) throws(LDAPFailure) -> Event {
        guard let controls = Control.list(of: message, on: handle),
            let sync = SyncStateControl(among: controls)
        else { throw wrong("the server did not say what has become of an entry") }
        switch try reader.read(message, on: handle) {
        case .entry(let entry):
            // Who has moved away is told to be gone under the new name.
            guard request.reaches(entry.dn) || sync.state == .delete else {
                throw request.stray(entry.dn)
            }
            let whole = try reader.complete(entry, on: handle)
            return .entry(whole, state: sync.state, uuid: sync.uuid, cookie: sync.cookie)
        case .unreadable(let entry):
            return .unreadable(entry, state: sync.state, uuid: sync.uuid, cookie: sync.cookie)
        case nil: throw wrong("")
        }
    }

    /// nil for a message that is none of content synchronization: RFC 4511, 4.13 lets others come.
    private func information(_ message: borrowing Message) throws(LDAPFailure) -> Event? {
        guard let response = IntermediateResponse(message, on: handle) else { throw wrong("") }
        guard response.oid == SyncInfo.oid else { return nil }
        guard let event = response.value.flatMap(SyncInfo.event) else {
            throw wrong("the server's Sync Info message can't be read")
        }
        return event
    }

    private mutating func finish(_ outcome: Outcome) throws(LDAPFailure) -> Event {
        guard outcome.code == .success else { throw outcome.failure(.search, base) }
        if let gap = try references.gap(in: request, on: handle) { throw gap }
        guard let done = SyncDoneControl(among: outcome.controls) else {
            throw wrong("the server did not say whether the refresh is done")
        }
        stage = .ended
        return .done(refreshDeletes: done.refreshDeletes, cookie: done.cookie)
    }

    private var base: String { request.base.text }

    private func wrong(_ words: String) -> LDAPFailure {
        LDAPFailure(attempted: .search, target: base, code: .decodingError, diagnostic: words)
    }
}
