internal import CLDAP
package import LDAP

extension Connection {
    /// All entries of a search that is known to be small.
    ///
    /// Throws when the answer is not all that there is, except when it is `sizeLimit` that ended it.
    package func search(
        base: DN, scope: SearchScope, filter: Filter, attributes: [AttributeName],
        sizeLimit: Int = 0, controls: [Control] = []
    ) throws(LDAPFailure) -> [Entry] {
        let request = SearchRequest(
            base: base, scope: scope, filter: filter, attributes: attributes,
            sizeLimit: sizeLimit, controls: controls)
        let reader = try handle.reader(for: attributes, base)
        let id = try request.send(on: handle)
        return try handle.entries(of: request, id, reader, until: handle.beginOperation())
    }

    /// The entry at each base that matches the filter beside it, nil where there is none.
    ///
    /// All searches are sent before the first answer is waited for.
    package func search(
        bases: [(base: DN, filter: Filter)], attributes: [AttributeName]
    ) throws(LDAPFailure) -> [Entry?] {
        let requests = bases.map {
            SearchRequest(base: $0.base, scope: .base, filter: $0.filter, attributes: attributes)
        }
        let reader = try handle.reader(for: attributes, .root)
        var ids: [Int32] = []
        var found: [Entry?] = []
        do throws(LDAPFailure) {
            for request in requests { ids.append(try request.send(on: handle)) }
            let end = handle.beginOperation()
            for (request, id) in zip(requests, ids) {
                do throws(LDAPFailure) {
                    found.append(try handle.entries(of: request, id, reader, until: end).first)
                } catch  where error.code == .noSuchObject {
                    found.append(nil)
                }
            }
        } catch {
            for id in ids.dropFirst(found.count) { handle.abandon(id) }
            throw error
        }
        return found
    }

    /// Starts a search that is read a page at a time.
    ///
    /// `readsAhead`: the next page is under way while the caller works; not where entries may be large,
    /// and not where the caller asks for something else meanwhile.
    package func pages(
        base: DN, scope: SearchScope, filter: Filter, attributes: [AttributeName],
        pageSize: Int = 1_000, readsAhead: Bool = true, controls: [Control] = []
    ) throws(LDAPFailure) -> PagedSearch {
        let request = SearchRequest(
            base: base, scope: scope, filter: filter, attributes: attributes, controls: controls)
        return try PagedSearch(request, pageSize: pageSize, readsAhead: readsAhead, on: handle)
    }
}

extension Handle {
    /// All entries of the answer, which must be whole.
    func entries(
        of request: SearchRequest, _ id: Int32, _ reader: EntryReader, until end: Instant
    ) throws(LDAPFailure) -> [Entry] {
        let base = request.base
        var reader = reader
        var entries: [Entry] = []
        var octets = 0
        var references = References()
        while true {
            let message = try receive(id, until: end, .search, base.text)
            switch message.type {
            case ber_int_t(LDAP_RES_SEARCH_ENTRY):
                let entry = try readable(reader.read(message, on: self), id, base)
                guard request.reaches(entry.dn) else {
                    abandon(id)
                    throw request.stray(entry.dn)
                }
                octets += reader.octets + Self.octetsOfEntry
                try requireFew(entries.count, octets, request, id)
                entries.append(try reader.complete(entry, on: self))
            case ber_int_t(LDAP_RES_SEARCH_REFERENCE):
                references.note(message, on: self)
            case ber_int_t(LDAP_RES_SEARCH_RESULT):
                let outcome = try outcome(message, .search, base.text)
                try complete(outcome, request, entries.count, references)
                return entries
            default: continue
            }
        }
    }

    /// What an entry costs beside its values.
    private static let octetsOfEntry = 512
    /// Of the answer to a search that is known to be small; a single entry may be larger.
    private static let mostOctets = 32 << 20

    /// Throws for an answer that goes on and on, `before` this one.
    private func requireFew(
        _ before: Int, _ octets: Int, _ request: SearchRequest, _ id: Int32
    ) throws(LDAPFailure) {
        guard before > 0, request.scope == .base || octets > Self.mostOctets else { return }
        abandon(id)
        throw LDAPFailure(
            attempted: .search, target: request.base.text, code: .decodingError,
            diagnostic: request.scope == .base
                ? "the server answered with more than the one entry that was asked for"
                : "the server's answer is larger than any that this search can have",
            isIncomplete: true)
    }

    private func readable(
        _ reading: EntryReader.Reading?, _ id: Int32, _ base: DN
    ) throws(LDAPFailure) -> Entry {
        let words: String
        switch reading {
        case .entry(let entry): return entry
        case .unreadable(let entry): words = "\(entry.dn): \(entry.why)"
        case nil: words = ""
        }
        abandon(id)
        throw LDAPFailure(
            attempted: .search, target: base.text, code: .decodingError, diagnostic: words,
            isIncomplete: true)
    }

    private func complete(
        _ outcome: Outcome, _ request: SearchRequest, _ count: Int, _ references: References
    ) throws(LDAPFailure) {
        let target = request.base.text
        let isAsked = request.sizeLimit > 0 && count >= request.sizeLimit
        if outcome.code == .sizeLimitExceeded, isAsked { return }
        guard outcome.code == .success else {
            throw outcome.failure(.search, target, isIncomplete: true)
        }
        if let gap = try references.gap(in: request, on: self) { throw gap }
    }
}
