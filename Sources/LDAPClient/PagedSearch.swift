internal import CLDAP
internal import Ground
package import LDAP

/// A search that is read a page at a time; the next page is under way while the caller works.
///
/// Ends with nil, once the server has said that it has sent everything, or with an error. What had
/// arrived before an error is given out first. Unfinished when it is dropped, it is abandoned.
package struct PagedSearch: ~Copyable {
    private enum Stage {
        /// The answer to this request is being read.
        case reading(Int32)
        /// The request for the next page is to be sent.
        case due(Control)
        case failed(LDAPFailure)
        case ended
    }

    private enum Paging {
        /// This many entries a page; the server has not said yet whether it can.
        case untried(Int)
        case pages(Int)
        /// One answer, given out in parts of the page's size.
        case none
    }

    private let handle: Handle
    private let request: SearchRequest
    private let pageSize: Int
    private let readsAhead: Bool
    private var stage: Stage
    private var paging: Paging
    private var reader: EntryReader
    private var references = References()
    /// Until when the entries that are being read are waited for.
    private var end = Instant.never

    /// The first hundred entries that were no entries.
    package private(set) var unreadable: [UnreadableEntry] = []
    /// All of them.
    package private(set) var unreadableCount = 0

    init(
        _ request: SearchRequest, pageSize: Int, readsAhead: Bool, on handle: Handle
    ) throws(LDAPFailure) {
        let page = pageSize > 0 ? pageSize : 1_000
        let control = PageControl.request(size: page, cookie: [])
        let reader = try handle.reader(for: request.attributes, request.base)
        let id = try request.send(on: handle, adding: control)
        self.handle = handle
        self.request = request
        self.pageSize = page
        self.readsAhead = readsAhead
        self.reader = reader
        stage = .reading(id)
        paging = .untried(page)
    }

    deinit {
        if case .reading(let id) = stage { handle.abandon(id) }
    }

    /// The entries of the next page; nil once all have been given out.
    package mutating func next() throws(LDAPFailure) -> [Entry]? {
        var entries: [Entry] = []
        do {
            // Empty pages count as one: only entries show that the server gets any further.
            end = handle.beginOperation()
            while entries.count < batch, let id = try underWay() {
                let isPageEnd = try read(id, into: &entries)
                if isPageEnd, !entries.isEmpty { break }
            }
        } catch {
            stage = .failed(error.incomplete(besides: references.urls))
        }
        if !entries.isEmpty { return entries }
        switch stage {
        case .reading, .due, .ended: return nil
        case .failed(let failure): throw failure
        }
    }

    /// The request whose answer is being read; nil at the end of all.
    private mutating func underWay() throws(LDAPFailure) -> Int32? {
        switch stage {
        case .reading(let id): return id
        case .due(let control):
            let id = try request.send(on: handle, adding: control)
            stage = .reading(id)
            return id
        case .failed, .ended: return nil
        }
    }

    /// One more than a page where pages are given, so that a page's end is read with its last entry.
    private var batch: Int {
        switch paging {
        case .untried(let size), .pages(let size): size + 1
        case .none: pageSize
        }
    }

    /// True at the end of a page.
    private mutating func read(
        _ id: Int32, into entries: inout [Entry]
    ) throws(LDAPFailure) -> Bool {
        let message = try handle.receive(id, until: end, .search, request.base.text)
        switch message.type {
        case ber_int_t(LDAP_RES_SEARCH_ENTRY):
            if entries.isEmpty { entries.reserveCapacity(pageSize) }
            try take(message, into: &entries)
        case ber_int_t(LDAP_RES_SEARCH_REFERENCE):
            references.note(message, on: handle)
        case ber_int_t(LDAP_RES_SEARCH_RESULT):
            try finishPage(try handle.outcome(message, .search, request.base.text), entries.isEmpty)
            return true
        default:
            break
        }
        return false
    }

    private mutating func take(
        _ message: borrowing Message, into entries: inout [Entry]
    ) throws(LDAPFailure) {
        switch try reader.read(message, on: handle) {
        case .entry(let entry):
            guard request.reaches(entry.dn) else {
                note(UnreadableEntry(dn: entry.dn.text, why: "is not where it was asked for"))
                return
            }
            entries.append(try reader.complete(entry, on: handle))
            // Ranges are operations of their own.
            if reader.hasRanges, handle.readsRanges { end = handle.beginOperation() }
        case .unreadable(let entry): note(entry)
        case nil:
            throw LDAPFailure(attempted: .search, target: request.base.text, code: .decodingError)
        }
    }

    private mutating func note(_ entry: UnreadableEntry) {
        unreadableCount += 1
        if unreadable.count < 100 { unreadable.append(entry) }
    }

    /// Sends for the next page before this one is given out, where it is read ahead.
    private mutating func finishPage(_ outcome: Outcome, _ isEmpty: Bool) throws(LDAPFailure) {
        guard outcome.code == .success else {
            return try startAgain(after: outcome, isEmpty)
        }
        guard let cookie = try cookie(outcome) else {
            stage = .ended
            if let gap = try references.gap(in: request, on: handle) { throw gap }
            return
        }
        let size = batch - 1
        paging = .pages(size)
        let control = PageControl.request(size: size, cookie: cookie)
        stage = readsAhead ? .reading(try request.send(on: handle, adding: control)) : .due(control)
    }

    /// nil when this was the last page.
    private func cookie(_ outcome: Outcome) throws(LDAPFailure) -> [UInt8]? {
        let control = outcome.controls.first { $0.oid == PageControl.oid }
        guard let control else {
            if case .pages = paging { throw lostPlace }
            return nil
        }
        guard let cookie = PageControl.cookie(control) else { throw lostPlace }
        return cookie.isEmpty ? nil : cookie
    }

    private var lostPlace: LDAPFailure {
        LDAPFailure(
            attempted: .search, target: request.base.text, code: .decodingError,
            diagnostic: "the server did not say whether there are more pages")
    }

    /// Servers that page less, or not at all, refuse the first request: 11 and 53, or 12.
    private mutating func startAgain(
        after outcome: Outcome, _ isEmpty: Bool
    ) throws(LDAPFailure) {
        let refusals: [ResultCode] = [
            .adminLimitExceeded, .unavailableCriticalExtension, .unwillingToPerform,
        ]
        guard case .untried(let size) = paging, isEmpty, refusals.contains(outcome.code) else {
            throw outcome.failure(.search, request.base.text)
        }
        if size > 100, outcome.code != .unavailableCriticalExtension {
            paging = .untried(100)
            let control = PageControl.request(size: 100, cookie: [])
            stage = .reading(try request.send(on: handle, adding: control))
        } else {
            paging = .none
            stage = .reading(try request.send(on: handle))
        }
    }
}

/// The paged results control (RFC 2696).
enum PageControl {
    static let oid = "1.2.840.113556.1.4.319"

    /// Not critical: who can't page answers in one, and says by leaving the control out that it did.
    static func request(size: Int, cookie: [UInt8]) -> Control {
        let content = BER.integer(size) + BER.element(BER.octetString, cookie)
        return Control(oid, isCritical: false, value: BER.element(BER.sequence, content))
    }

    /// nil when the value is not what RFC 2696 wants; empty on the last page.
    static func cookie(_ control: Control) -> [UInt8]? {
        guard let value = control.value, let sequence = BER.content(value[...], tag: BER.sequence)
        else { return nil }
        var fields = BERReader(sequence.content)
        guard fields.take(BER.number) != nil else { return nil }
        return fields.octets()
    }
}
