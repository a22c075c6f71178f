internal import Identity
internal import LDAP
internal import LDAPClient

/// A directory's connection as the rest of the engine sees it: whatever goes wrong on it is a
/// `DirectoryFailure`.
///
/// Each method is the one of the same name of `Connection`, or of what that gives.
struct DirectoryConnection: ~Copyable {
    /// Whose failures these are, and who is told of requests.
    private let place: RequestPlace
    private let connection: Connection

    init(_ connection: consuming Connection, at place: RequestPlace) {
        self.place = place
        self.connection = connection
    }

    var isUsable: Bool { connection.isUsable }
    var tlsVersion: String? { connection.tlsVersion }
    var limit: TimeLimit? { connection.limit }
    var descriptor: Int32 { connection.descriptor }
    var referralObjects: [DN] { connection.referralObjects }
    var referralObjectCount: Int { connection.referralObjectCount }

    /// What `ldapsearch -E` takes for RFC 4533; a cookie is text on OpenLDAP and 389.
    private static func sync(_ mode: String, _ cookie: [UInt8]?) -> String {
        let text = cookie.map { String(decoding: $0, as: UTF8.self) } ?? ""
        return "!sync=\(mode)" + (text.isEmpty ? "" : "/\(text)")
    }

    func obey(_ limit: TimeLimit?) { connection.obey(limit) }

    func stopSearches(when isStopped: @escaping () -> Bool) {
        connection.stopSearches(when: isStopped)
    }

    func search(
        base: DN, scope: SearchScope, filter: Filter, attributes: [AttributeName],
        sizeLimit: Int = 0, controls: [Control] = []
    ) throws(DirectoryFailure) -> [Entry] {
        place.tellSearch(
            base, scope, filter, attributes, sizeLimit: sizeLimit, controls: controls)
        return try place.asked { () throws(LDAPFailure) in
            try connection.search(
                base: base, scope: scope, filter: filter, attributes: attributes,
                sizeLimit: sizeLimit, controls: controls)
        }
    }

    func search(
        bases: [(base: DN, filter: Filter)], attributes: [AttributeName]
    ) throws(DirectoryFailure) -> [Entry?] {
        for (base, filter) in bases { place.tellSearch(base, .base, filter, attributes) }
        return try place.asked { () throws(LDAPFailure) in
            try connection.search(bases: bases, attributes: attributes)
        }
    }

    func pages(
        base: DN, scope: SearchScope, filter: Filter, attributes: [AttributeName],
        pageSize: Int, readsAhead: Bool = true, controls: [Control] = []
    ) throws(DirectoryFailure) -> DirectoryPages {
        place.tellSearch(
            base, scope, filter, attributes, extensions: ["pr=\(pageSize)/noprompt"],
            controls: controls)
        return try place.asked { () throws(LDAPFailure) in
            DirectoryPages(
                place: place,
                search: try connection.pages(
                    base: base, scope: scope, filter: filter, attributes: attributes,
                    pageSize: pageSize, readsAhead: readsAhead,
                    controls: controls))
        }
    }

    func contentSync(
        base: DN, scope: SearchScope, filter: Filter, attributes: [AttributeName],
        cookie: [UInt8]?, reloadHint: Bool = false, controls: [Control] = []
    ) throws(DirectoryFailure) -> DirectoryContentSync {
        place.tellSearch(
            base, scope, filter, attributes, extensions: [Self.sync("ro", cookie)],
            controls: controls)
        return try place.asked { () throws(LDAPFailure) in
            DirectoryContentSync(
                place: place,
                sync: try connection.contentSync(
                    base: base, scope: scope, filter: filter, attributes: attributes,
                    cookie: cookie, reloadHint: reloadHint, controls: controls))
        }
    }

    func persistentSearch(
        base: DN, scope: SearchScope, filter: Filter, attributes: [AttributeName],
        cookie: [UInt8]?, controls: [Control] = []
    ) throws(DirectoryFailure) -> DirectoryPersistentSearch {
        place.tellSearch(
            base, scope, filter, attributes, extensions: [Self.sync("rp", cookie)],
            controls: controls)
        return try place.asked { () throws(LDAPFailure) in
            DirectoryPersistentSearch(
                place: place,
                search: try connection.persistentSearch(
                    base: base, scope: scope, filter: filter, attributes: attributes,
                    cookie: cookie, controls: controls))
        }
    }

    func dirSync(
        base: DN, filter: Filter, attributes: [AttributeName], cookie: [UInt8]
    ) throws(DirectoryFailure) -> DirectoryDirSync {
        // MaxAttributeCount and flags are Lockstep's own; the cookie is not text.
        place.tellSearch(base, .subtree, filter, attributes, extensions: ["!dirSync=1/0"])
        return try place.asked { () throws(LDAPFailure) in
            DirectoryDirSync(
                place: place,
                round: try connection.dirSync(
                    base: base, filter: filter, attributes: attributes, cookie: cookie))
        }
    }

    func contextCSN(of suffix: DN) throws(DirectoryFailure) -> ContextCSN? {
        place.tellSearch(
            suffix, .base, .present(.objectClass), [AttributeName(trusted: "contextCSN")])
        return try place.asked { () throws(LDAPFailure) in
            try connection.contextCSN(of: suffix)
        }
    }

    func whoAmI() throws(DirectoryFailure) -> String {
        try place.asked { () throws(LDAPFailure) in
            try connection.whoAmI()
        }
    }

    func names(of name: AttributeName) throws(DirectoryFailure) -> [AttributeName] {
        try place.asked { () throws(LDAPFailure) in
            try connection.names(of: name)
        }
    }

    func isPassword(_ name: AttributeName) throws(DirectoryFailure) -> Bool {
        try place.asked { () throws(LDAPFailure) in
            try connection.isPassword(name)
        }
    }

    func modify(
        _ dn: DN, _ modifications: [Modification], asserting: Filter? = nil
    ) throws(DirectoryFailure) {
        place.tellChange(asserting) { $0.modify(dn, modifications) }
        return try place.asked { () throws(LDAPFailure) in
            try connection.modify(dn, modifications, asserting: asserting)
        }
    }

    func beginModify(
        _ dn: DN, _ modifications: [Modification], asserting: Filter? = nil
    ) throws(DirectoryFailure) -> PendingRequest {
        place.tellChange(asserting) { $0.modify(dn, modifications) }
        return try place.asked { () throws(LDAPFailure) in
            try connection.beginModify(dn, modifications, asserting: asserting)
        }
    }

    func awaitModify(_ request: PendingRequest) throws(DirectoryFailure) {
        try place.asked { () throws(LDAPFailure) in
            try connection.awaitModify(request)
        }
    }

    func delete(_ dn: DN, asserting: Filter? = nil) throws(DirectoryFailure) {
        place.tellChange(asserting) { $0.delete(dn) }
        return try place.asked { () throws(LDAPFailure) in
            try connection.delete(dn, asserting: asserting)
        }
    }
}

/// A paged search under way.
struct DirectoryPages: ~Copyable {
    fileprivate let place: RequestPlace
    fileprivate var search: PagedSearch

    var unreadable: [UnreadableEntry] { search.unreadable }

    mutating func next() throws(DirectoryFailure) -> [Entry]? {
        try place.asked { () throws(LDAPFailure) in
            try search.next()
        }
    }
}

/// A refresh of content sync under way.
struct DirectoryContentSync: ~Copyable {
    fileprivate let place: RequestPlace
    fileprivate var sync: ContentSync

    mutating func next() throws(DirectoryFailure) -> ContentSync.Event? {
        try place.asked { () throws(LDAPFailure) in
            try sync.next()
        }
    }
}

/// A search that stays, and tells of changes.
struct DirectoryPersistentSearch: ~Copyable {
    fileprivate let place: RequestPlace
    fileprivate let search: PersistentSearch

    var isOwed: Bool { search.isOwed }

    func hasNews() throws(DirectoryFailure) -> Bool {
        try place.asked { () throws(LDAPFailure) in
            try search.hasNews()
        }
    }
}

/// A round of DirSync under way.
struct DirectoryDirSync: ~Copyable {
    fileprivate let place: RequestPlace
    fileprivate var round: DirSync

    var cookie: [UInt8] { round.cookie }

    mutating func next() throws(DirectoryFailure) -> Entry? {
        try place.asked { () throws(LDAPFailure) in
            try round.next()
        }
    }
}
