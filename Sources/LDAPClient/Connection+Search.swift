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
        return try handle.entries(of: request, try request.send(on: handle), reader)
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
            for (request, id) in zip(requests, ids) {
                do throws(LDAPFailure) {
                    found.append(try handle.entries(of: request, id, reader).first)
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
    package func pages(
        base: DN, scope: SearchScope, filter: Filter, attributes: [AttributeName],
        pageSize: Int = 1_000, controls: [Control] = []
    ) throws(LDAPFailure) -> PagedSearch {
        let request = SearchRequest(
            base: base, scope: scope, filter: filter, attributes: attributes, controls: controls)
        return try PagedSearch(request, pageSize: pageSize, on: handle)
    }
}

extension Handle {
    /// All entries of the answer, which must be whole.
    func entries(
        of request: SearchRequest, _ id: Int32, _ reader: EntryReader
    ) throws(LDAPFailure) -> [Entry] {
        let base = request.base
        var reader = reader
        var entries: [Entry] = []
        var referrals: [String] = []
        while true {
            let message = try receive(id, .search, base.text)
            switch message.type {
            case ber_int_t(LDAP_RES_SEARCH_ENTRY):
                let entry = try readable(reader.read(message, on: self), id, base)
                entries.append(try reader.complete(entry, on: self))
            case ber_int_t(LDAP_RES_SEARCH_REFERENCE):
                referrals += Reference.urls(message, on: self)
            case ber_int_t(LDAP_RES_SEARCH_RESULT):
                let outcome = try outcome(message, .search, base.text)
                try complete(outcome, request, entries.count, referrals)
                return entries
            default: continue
            }
        }
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
        _ outcome: Outcome, _ request: SearchRequest, _ count: Int, _ referrals: [String]
    ) throws(LDAPFailure) {
        let target = request.base.text
        let isAsked = request.sizeLimit > 0 && count >= request.sizeLimit
        if outcome.code == .sizeLimitExceeded, isAsked { return }
        guard outcome.code == .success else {
            throw outcome.failure(.search, target, isIncomplete: true)
        }
        guard referrals.isEmpty else {
            throw LDAPFailure(
                attempted: .search, target: target, code: .referral,
                diagnostic: "a part of the tree is held by other servers",
                referrals: referrals, isIncomplete: true)
        }
    }
}
