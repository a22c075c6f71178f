internal import LDAP
internal import LDAPClient

/// A directory's connection as the rest of the engine sees it: whatever goes wrong on it is a
/// `DirectoryFailure`.
///
/// Each method is the one of the same name of `Connection`, or of what that gives.
struct DirectoryConnection: ~Copyable {
    /// The directory's name, which every failure carries.
    private let directory: String
    private let connection: Connection

    init(_ connection: consuming Connection, of directory: String) {
        self.directory = directory
        self.connection = connection
    }

    var isUsable: Bool { connection.isUsable }
    var tlsVersion: String? { connection.tlsVersion }
    var limit: TimeLimit? { connection.limit }
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
        do throws(LDAPFailure) {
            return try connection.search(
                base: base, scope: scope, filter: filter, attributes: attributes,
                sizeLimit: sizeLimit, controls: controls)
        } catch { throw DirectoryFailure(directory, error) }
    }

    func search(
        bases: [(base: DN, filter: Filter)], attributes: [AttributeName]
    ) throws(DirectoryFailure) -> [Entry?] {
        do throws(LDAPFailure) {
            return try connection.search(bases: bases, attributes: attributes)
        } catch { throw DirectoryFailure(directory, error) }
    }

    func pages(
        base: DN, scope: SearchScope, filter: Filter, attributes: [AttributeName],
        pageSize: Int, readsAhead: Bool = true, controls: [Control] = []
    ) throws(DirectoryFailure) -> DirectoryPages {
        do throws(LDAPFailure) {
            return DirectoryPages(
                directory: directory,
                search: try connection.pages(
                    base: base, scope: scope, filter: filter, attributes: attributes,
                    pageSize: pageSize, readsAhead: readsAhead,
                    controls: controls))
        } catch { throw DirectoryFailure(directory, error) }
    }

    func contentSync(
        base: DN, scope: SearchScope, filter: Filter, attributes: [AttributeName],
        cookie: [UInt8]?, reloadHint: Bool = false, controls: [Control] = []
    ) throws(DirectoryFailure) -> DirectoryContentSync {
        do throws(LDAPFailure) {
            return DirectoryContentSync(
                directory: directory,
                sync: try connection.contentSync(
                    base: base, scope: scope, filter: filter, attributes: attributes,
                    cookie: cookie, reloadHint: reloadHint, controls: controls))
        } catch { throw DirectoryFailure(directory, error) }
    }

    func dirSync(
        base: DN, filter: Filter, attributes: [AttributeName], cookie: [UInt8]
    ) throws(DirectoryFailure) -> DirectoryDirSync {
        do throws(LDAPFailure) {
            return DirectoryDirSync(
                directory: directory,
                round: try connection.dirSync(
                    base: base, filter: filter, attributes: attributes, cookie: cookie))
        } catch { throw DirectoryFailure(directory, error) }
    }

    func contextCSN(of suffix: DN) throws(DirectoryFailure) -> ContextCSN? {
        do throws(LDAPFailure) {
            return try connection.contextCSN(of: suffix)
        } catch { throw DirectoryFailure(directory, error) }
    }

    func whoAmI() throws(DirectoryFailure) -> String {
        do throws(LDAPFailure) {
            return try connection.whoAmI()
        } catch { throw DirectoryFailure(directory, error) }
    }

    func names(of name: AttributeName) throws(DirectoryFailure) -> [AttributeName] {
        do throws(LDAPFailure) {
            return try connection.names(of: name)
        } catch { throw DirectoryFailure(directory, error) }
    }

    func isPassword(_ name: AttributeName) throws(DirectoryFailure) -> Bool {
        do throws(LDAPFailure) {
            return try connection.isPassword(name)
        } catch { throw DirectoryFailure(directory, error) }
    }

    func modify(
        _ dn: DN, _ modifications: [Modification], asserting: Filter? = nil
    ) throws(DirectoryFailure) {
        do throws(LDAPFailure) {
            try connection.modify(dn, modifications, asserting: asserting)
        } catch { throw DirectoryFailure(directory, error) }
    }

    func beginModify(
        _ dn: DN, _ modifications: [Modification], asserting: Filter? = nil
    ) throws(DirectoryFailure) -> PendingRequest {
        do throws(LDAPFailure) {
            return try connection.beginModify(dn, modifications, asserting: asserting)
        } catch { throw DirectoryFailure(directory, error) }
    }

    func awaitModify(_ request: PendingRequest) throws(DirectoryFailure) {
        do throws(LDAPFailure) {
            try connection.awaitModify(request)
        } catch { throw DirectoryFailure(directory, error) }
    }

    func delete(_ dn: DN, asserting: Filter? = nil) throws(DirectoryFailure) {
        do throws(LDAPFailure) {
            try connection.delete(dn, asserting: asserting)
        } catch { throw DirectoryFailure(directory, error) }
    }
}

/// A paged search under way.
struct DirectoryPages: ~Copyable {
    fileprivate let directory: String
    fileprivate var search: PagedSearch

    var unreadable: [UnreadableEntry] { search.unreadable }

    mutating func next() throws(DirectoryFailure) -> [Entry]? {
        do throws(LDAPFailure) {
            return try search.next()
        } catch { throw DirectoryFailure(directory, error) }
    }
}

/// A refresh of content sync under way.
struct DirectoryContentSync: ~Copyable {
    fileprivate let directory: String
    fileprivate var sync: ContentSync

    mutating func next() throws(DirectoryFailure) -> ContentSync.Event? {
        do throws(LDAPFailure) {
            return try sync.next()
        } catch { throw DirectoryFailure(directory, error) }
    }
}

/// A round of DirSync under way.
struct DirectoryDirSync: ~Copyable {
    fileprivate let directory: String
    fileprivate var round: DirSync

    var cookie: [UInt8] { round.cookie }

    mutating func next() throws(DirectoryFailure) -> Entry? {
        do throws(LDAPFailure) {
            return try round.next()
        } catch { throw DirectoryFailure(directory, error) }
    }
}
