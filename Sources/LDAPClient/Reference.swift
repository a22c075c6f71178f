internal import CLDAP
internal import LDAP

/// The continuation references of one answer (RFC 4511, 4.5.3): where the rest of the tree is.
///
/// A reference that a referral object of this very server stands for (RFC 3296) leaves nothing out
/// that the server holds: such an object is nobody, and what it refers to is not asked for here. Servers
/// send it whatever the filter says.
struct References {
    /// The first few, for people.
    private(set) var urls: [String] = []
    /// By the first URL: a server may send the same with each page.
    private var different: Set<String> = []
    private static let most = 1_000

    mutating func note(_ message: borrowing Message, on handle: Handle) {
        let found = Self.urls(message, on: handle)
        guard let first = found.first else { return }
        if different.count < Self.most { different.insert(first) }
        for url in found where urls.count < 100 { urls.append(url) }
    }

    /// Why the answer is not whole; nil where it is.
    func gap(in request: SearchRequest, on handle: Handle) throws(LDAPFailure) -> LDAPFailure? {
        guard !different.isEmpty else { return nil }
        let known = try handle.referralObjects(of: request)
        guard different.count > known || different.count >= Self.most else { return nil }
        return LDAPFailure(
            attempted: .search, target: request.base.text, code: .referral,
            diagnostic: "a part of the tree is held by other servers", referrals: urls,
            isIncomplete: true)
    }

    /// Those that matter.
    private static func urls(_ message: borrowing Message, on handle: Handle) -> [String] {
        var urls: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
        guard let pointer = unsafe message.pointer,
            unsafe ldap_parse_reference(handle.pointer, pointer, &urls, nil, 0) == LDAP_SUCCESS
        else { return ["(unreadable)"] }
        defer { unsafe Outcome.free(urls) }
        let texts = unsafe Outcome.strings(urls)
        guard !texts.isEmpty else { return ["(unreadable)"] }
        return texts.allSatisfy { handle.isNoGap($0) } ? [] : texts
    }
}

/// The referral objects that the searches of a connection have met.
struct ReferralObjects {
    struct Place: Hashable {
        let base: DN
        let isWhole: Bool
    }

    fileprivate static let mostNames = 20
    /// How many there are below each base that was looked at.
    fileprivate var counts: [Place: Int] = [:]
    private var all: Set<DN> = []
    /// The first few, for people.
    private(set) var names: [DN] = []

    var count: Int { all.count }

    fileprivate mutating func insert(_ dn: DN) {
        guard all.insert(dn).inserted, names.count < Self.mostNames else { return }
        names.append(dn)
    }
}

extension Handle {
    /// How many referral objects there are where the search looked.
    ///
    /// Asked once for each base. With ManageDsaIT they come as entries, whose class says what they are.
    fileprivate func referralObjects(of request: SearchRequest) throws(LDAPFailure) -> Int {
        let place = ReferralObjects.Place(base: request.base, isWhole: request.scope == .subtree)
        if let count = referrals.counts[place] { return count }
        let objectClass = AttributeName(trusted: "objectClass")
        let search = SearchRequest(
            base: request.base, scope: request.scope,
            filter: .equal(objectClass, AttributeValue("referral")),
            // RFC 4511, 4.5.1.8: no attribute.
            attributes: [AttributeName(trusted: "1.1")], controls: [.manageDSAIT])
        let found = try names(of: search)
        for dn in found { referrals.insert(dn) }
        referrals.counts[place] = found.count
        return found.count
    }

    /// Few, or nobody has to count them: then the references stay what they are.
    private func names(of search: SearchRequest) throws(LDAPFailure) -> [DN] {
        let end = beginOperation()
        let id = try search.send(on: self)
        var reader = EntryReader(search.attributes)
        var names: [DN] = []
        while true {
            let message = try receive(id, until: end, .search, search.base.text)
            switch message.type {
            case ber_int_t(LDAP_RES_SEARCH_ENTRY):
                if case .entry(let entry) = try reader.read(message, on: self),
                    search.reaches(entry.dn), names.count < 1_000
                {
                    names.append(entry.dn)
                }
            case ber_int_t(LDAP_RES_SEARCH_RESULT):
                let outcome = try outcome(message, .search, search.base.text)
                return outcome.code == .success ? names : []
            default: continue
            }
        }
    }

    /// Whether a reference leads to a part of the tree that nobody here wants.
    fileprivate func isNoGap(_ url: String) -> Bool {
        guard let context = LDAPURL.name(inReference: url) else { return false }
        return contextsLeftOut.contains { context.isWithin($0) }
    }
}
