internal import Identity
internal import LDAP
internal import LDAPClient

/// A directory's connection as the rest of the engine sees it: whatever goes wrong on it is a
/// `DirectoryFailure`.
///
/// Each method is the one of the same name of `Connection`, or of what that gives.
struct DirectoryConnection: ~Copyable {
    /// The directory's name, which every failure carries.
    private let directory: DirectoryName
    private let connection: Connection

    init(_ connection: consuming Connection, of directory: DirectoryName) {
        self.directory = directory
        self.connection = connection
    }

    var isUsable: Bool { connection.isUsable }
    var tlsVersion: String? { connection.tlsVersion }
    var limit: TimeLimit? { connection.limit }
    var descriptor: Int32 { connection.descriptor }
    var referralObjects: [DN] { connection.referralObjects }
    var referralObjectCount: Int { connection.referralObjectCount }

    func obey(_ limit: TimeLimit?) { connection.obey(limit) }

    func stopSearches(when isStopped: @escaping () -> Bool) {
        connection.stopSearches(when: isStopped)
    }

    func search(
        base: DN, scope: SearchScope, filter: Filter, attributes: [AttributeName],
        sizeLimit: Int = 0, controls: [Control] = []
    ) throws(DirectoryFailure) -> [Entry] {
        try translated(directory) { () throws(LDAPFailure) in
            try connection.search(
                base: base, scope: scope, filter: filter, attributes: attributes,
                sizeLimit: sizeLimit, controls: controls)
        }
    }

    func search(
        bases: [(base: DN, filter: Filter)], attributes: [AttributeName]
    ) throws(DirectoryFailure) -> [Entry?] {
        try translated(directory) { () throws(LDAPFailure) in
            try connection.search(bases: bases, attributes: attributes)
        }
    }

    func pages(
        base: DN, scope: SearchScope, filter: Filter, attributes: [AttributeName],
        pageSize: Int, readsAhead: Bool = true, controls: [Control] = []
    ) throws(DirectoryFailure) -> DirectoryPages {
        try translated(directory) { () throws(LDAPFailure) in
            DirectoryPages(
                directory: directory,
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
        try translated(directory) { () throws(LDAPFailure) in
            DirectoryContentSync(
                directory: directory,
                sync: try connection.contentSync(
                    base: base, scope: scope, filter: filter, attributes: attributes,
                    cookie: cookie, reloadHint: reloadHint, controls: controls))
        }
    }

    func persistentSearch(
        base: DN, scope: SearchScope, filter: Filter, attributes: [AttributeName],
        cookie: [UInt8]?, controls: [Control] = []
    ) throws(DirectoryFailure) -> DirectoryPersistentSearch {
        try translated(directory) { () throws(LDAPFailure) in
            DirectoryPersistentSearch(
                directory: directory,
                search: try connection.persistentSearch(
                    base: base, scope: scope, filter: filter, attributes: attributes,
                    cookie: cookie, controls: controls))
        }
    }

    func dirSync(
        base: DN, filter: Filter, attributes: [AttributeName], cookie: [UInt8]
    ) throws(DirectoryFailure) -> DirectoryDirSync {
        try translated(directory) { () throws(LDAPFailure) in
            DirectoryDirSync(
                directory: directory,
                round: try connection.dirSync(
                    base: base, filter: filter, attributes: attributes, cookie: cookie))
        }
    }

    func contextCSN(of suffix: DN) throws(DirectoryFailure) -> ContextCSN? {
        try translated(directory) { () throws(LDAPFailure) in
            try connection.contextCSN(of: suffix)
        }
    }

    func whoAmI() throws(DirectoryFailure) -> String {
        try translated(directory) { () throws(LDAPFailure) in
            try connection.whoAmI()
        }
    }

    func names(of name: AttributeName) throws(DirectoryFailure) -> [AttributeName] {
        try translated(directory) { () throws(LDAPFailure) in
            try connection.names(of: name)
        }
    }

    func isPassword(_ name: AttributeName) throws(DirectoryFailure) -> Bool {
        try translated(directory) { () throws(LDAPFailure) in
            try connection.isPassword(name)
        }
    }

    func modify(
        _ dn: DN, _ modifications: [Modification], asserting: Filter? = nil
    ) throws(DirectoryFailure) {
        try translated(directory) { () throws(LDAPFailure) in
            try connection.modify(dn, modifications, asserting: asserting)
        }
    }

    func beginModify(
        _ dn: DN, _ modifications: [Modification], asserting: Filter? = nil
    ) throws(DirectoryFailure) -> PendingRequest {
        try translated(directory) { () throws(LDAPFailure) in
            try connection.beginModify(dn, modifications, asserting: asserting)
        }
    }

    func awaitModify(_ request: PendingRequest) throws(DirectoryFailure) {
        try translated(directory) { () throws(LDAPFailure) in
            try connection.awaitModify(request)
        }
    }

    func delete(_ dn: DN, asserting: Filter? = nil) throws(DirectoryFailure) {
        try translated(directory) { () throws(LDAPFailure) in
            try connection.delete(dn, asserting: asserting)
        }
    }
}

/// A paged search under way.
struct DirectoryPages: ~Copyable {
    fileprivate let directory: DirectoryName
    fileprivate var search: PagedSearch

    var unreadable: [UnreadableEntry] { search.unreadable }

    mutating func next() throws(DirectoryFailure) -> [Entry]? {
        try translated(directory) { () throws(LDAPFailure) in
            try search.next()
        }
    }
}

/// A refresh of content sync under way.
struct DirectoryContentSync: ~Copyable {
    fileprivate let directory: DirectoryName
    fileprivate var sync: ContentSync

    mutating func next() throws(DirectoryFailure) -> ContentSync.Event? {
        try translated(directory) { () throws(LDAPFailure) in
            try sync.next()
        }
    }
}

/// A search that stays, and tells of changes.
struct DirectoryPersistentSearch: ~Copyable {
    fileprivate let directory: DirectoryName
    fileprivate let search: PersistentSearch

    func hasNews() throws(DirectoryFailure) -> Bool {
        try translated(directory) { () throws(LDAPFailure) in
            try search.hasNews()
        }
    }
}

/// A round of DirSync under way.
struct DirectoryDirSync: ~Copyable {
    fileprivate let directory: DirectoryName
    fileprivate var round: DirSync

    var cookie: [UInt8] { round.cookie }

    mutating func next() throws(DirectoryFailure) -> Entry? {
        try translated(directory) { () throws(LDAPFailure) in
            try round.next()
        }
    }
}

/// The one place where a failure of the connection becomes the directory's.
private func translated<T: ~Copyable>(
    _ directory: DirectoryName, _ request: () throws(LDAPFailure) -> T
) throws(DirectoryFailure) -> T {
    do throws(LDAPFailure) {
        return try request()
    } catch { throw DirectoryFailure(directory, error) }
}
