internal import CLDAP
internal import Ground
package import LDAP

/// One round of Active Directory's DirSync ([MS-ADTS] 3.1.1.3.4.1.3), read an entry at a time.
///
/// Entries that changed since the cookie come with what changed of them, deleted ones under the name that
/// they have among the deleted objects. Ends with nil, and then `cookie` stands for all of it; or with an
/// error, which is thrown again each time. Unfinished when it is dropped, it is abandoned.
///
/// The bind DN needs the right to replicate (50 without). The flag that does without it, object security,
/// is never sent: seen on Samba 4.17, who lacks the right is then not told of deletions, and no error says so.
package struct DirSync: ~Copyable {
    package static let control = "1.2.840.113556.1.4.841"

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
    /// Until when the entry that is being read is waited for.
    private var end = Instant.never
    /// Where the next round goes on from.
    package private(set) var cookie: [UInt8]

    init(_ request: SearchRequest, cookie: [UInt8], on handle: Handle) throws(LDAPFailure) {
        // Changes of an attribute are told by its name alone: a number has to be looked up first.
        if request.attributes.contains(where: \.isOID) {
            _ = try handle.reader(for: request.attributes, request.base)
        }
        let id = try request.send(on: handle, adding: DirSyncControl.request(cookie: cookie))
        self.handle = handle
        self.request = request
        self.cookie = cookie
        reader = EntryReader(request.attributes)
        stage = .reading(id)
    }

    deinit {
        if case .reading(let id) = stage { handle.abandon(id) }
    }

    /// The next changed entry; nil when the server has told all.
    package mutating func next() throws(LDAPFailure) -> Entry? {
        // Rounds without an entry count as one.
        end = handle.beginOperation()
        while true {
            switch stage {
            case .ended: return nil
            case .failed(let failure): throw failure
            case .reading(let id):
                do throws(LDAPFailure) {
                    if let entry = try read(id) { return entry }
                } catch {
                    if handle.isUsable { handle.abandon(id) }
                    let failure = error.incomplete(besides: references.urls)
                    stage = .failed(failure)
                    throw failure
                }
            }
        }
    }

    /// nil for a message that is no entry.
    private mutating func read(_ id: Int32) throws(LDAPFailure) -> Entry? {
        let message = try handle.receive(id, until: end, .search, request.base.text)
        switch message.type {
        case ber_int_t(LDAP_RES_SEARCH_ENTRY):
            guard case .entry(let entry) = try reader.read(message, on: handle) else {
                throw wrong("a changed entry can't be read")
            }
            guard request.reaches(entry.dn) else { throw request.stray(entry.dn) }
            return entry
        case ber_int_t(LDAP_RES_SEARCH_REFERENCE):
            references.note(message, on: handle)
        case ber_int_t(LDAP_RES_SEARCH_RESULT):
            try finish(try handle.outcome(message, .search, request.base.text))
        default: break
        }
        return nil
    }

    private mutating func finish(_ outcome: Outcome) throws(LDAPFailure) {
        guard outcome.code == .success else {
            throw outcome.failure(.search, request.base.text)
        }
        if let gap = try references.gap(in: request, on: handle) { throw gap }
        guard let answer = DirSyncControl(among: outcome.controls), !answer.cookie.isEmpty else {
            throw wrong("the server did not say whether it has told all")
        }
        guard answer.hasMore else {
            cookie = answer.cookie
            stage = .ended
            return
        }
        guard answer.cookie != cookie else { throw wrong("the server does not get any further") }
        cookie = answer.cookie
        stage = .reading(
            try request.send(on: handle, adding: DirSyncControl.request(cookie: answer.cookie)))
    }

    private func wrong(_ words: String) -> LDAPFailure {
        LDAPFailure(
            attempted: .search, target: request.base.text, code: .decodingError, diagnostic: words)
    }
}

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

/// What DirSync's control says at the end of an answer, and asks in a request.
struct DirSyncControl {
    /// Another request with this cookie gives the rest.
    let hasMore: Bool
    let cookie: [UInt8]

    /// Octets of values that one answer may have: Windows' own default and most.
    private static let bound = 1 << 20

    /// Critical: without it, it would be an ordinary search.
    static func request(cookie: [UInt8]) -> Control {
        let content = BER.integer(0) + BER.integer(bound) + BER.element(BER.octetString, cookie)
        return Control(DirSync.control, isCritical: true, value: BER.element(BER.sequence, content))
    }

    /// nil where there is none, or none that can be read.
    init?(among controls: [Control]) {
        guard let value = controls.first(where: { $0.oid == DirSync.control })?.value,
            var reader = BERReader(value, tag: BER.sequence),
            // INTEGER: more or not, and one that means nothing.
            let more = reader.take(0x02), reader.take(0x02) != nil,
            let cookie = reader.octets()
        else { return nil }
        hasMore = more.contains { $0 != 0 }
        self.cookie = cookie
    }
}
