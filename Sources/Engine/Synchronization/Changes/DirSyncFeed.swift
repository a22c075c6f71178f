internal import Configuration
internal import LDAP
internal import LDAPClient
internal import Store

/// Active Directory's DirSync, which tells changes and deletions of a whole naming context.
final class DirSyncFeed: ChangeFeed {
    let strategy = SyncStrategy.dirsync
    let attributes: [AttributeName] = []
    let missesRenamedParents = true
    /// The naming context: no other base is taken ([MS-ADTS] 3.1.1.3.4.1.3).
    private let context: DN
    private var start: [UInt8]?

    init(context: DN) {
        self.context = context
    }

    func begin(
        on session: borrowing DirectorySession, contextCSN: ContextCSN?
    ) throws -> String? {
        do {
            // What matches nothing gives the cookie of this moment, and no entry.
            let nobody = Filter.equal(
                session.dialect.idAttribute, AttributeValue(bytes: [UInt8](repeating: 0, count: 16))
            )
            var round = try session.connection.dirSync(
                base: context, filter: nobody, attributes: [session.dialect.idAttribute],
                cookie: [])
            while try round.next() != nil {}
            start = round.cookie
            return nil
        } catch {
            _ = try error.obstacle
            return error.code == .insufficientAccessRights
                ? "the bind DN has no right to replicate changes of \(context)"
                : "the server does not answer DirSync: \(error.answer)"
        }
    }

    func note(_ page: [Entry], of stream: StreamState.Stream) {}

    func cookie(
        of stream: StreamState.Stream, after seconds: Double
    ) -> Result<[UInt8], ChangeObstacle> {
        start.map { .success($0) } ?? .failure(ChangeObstacle(""))
    }

    func obstacle(_ cookie: [UInt8]) -> ChangeObstacle? { nil }

    func contextCSN(of cookie: [UInt8]) -> ContextCSN? { nil }

    /// Whoever has left the filter or the bases comes too: a look at the entry tells.
    func changes(
        of stream: ChangeStream, since cookie: [UInt8],
        known: (EntryID) throws -> StreamChanges.Known,
        on session: borrowing DirectorySession, _ check: () throws -> Void
    ) throws -> Told {
        var changes = StreamChanges()
        var isQuiet = true
        do {
            var round = try session.connection.dirSync(
                base: context, filter: stream.stream.classes, attributes: [.all], cookie: cookie)
            while let entry = try round.next() {
                try check()
                isQuiet = false
                guard let id = session.id(of: entry) else {
                    return .everything(ChangeObstacle("a changed entry shows no id"))
                }
                try changes.note(id, of: entry, in: stream, known)
                if changes.isTooMuch { return .everything(.tooMuch) }
            }
            // The cookie has the time in it, and is another one each time.
            return .changes(changes, cookie: isQuiet ? nil : round.cookie)
        } catch let failure as LDAPFailure where failure.code == .unavailableCriticalExtension {
            return .everything(ChangeObstacle("the server no longer takes the cookie (12)"))
        } catch let failure as LDAPFailure {
            return .everything(try failure.obstacle)
        }
    }
}

extension StreamState.Stream {
    /// Of a deleted entry the class alone is left to find it by.
    ///
    /// The users' has what stands above them, too: when one of those is renamed, their names change and
    /// nobody tells of them.
    fileprivate var classes: Filter {
        let isGroup = Filter.equal(.objectClass, AttributeValue("group"))
        switch self {
        case .users: return .not(isGroup)
        case .groups: return isGroup
        }
    }
}

extension StreamChanges {
    fileprivate mutating func note(
        _ id: EntryID, of entry: Entry, in stream: ChangeStream,
        _ known: (EntryID) throws -> Known
    ) throws {
        let isDeleted = entry[.isDeleted].contains { $0.equalsIgnoringCase("true") }
        let isWithin = stream.bases.contains { entry.dn.isWithin($0) }
        if !isDeleted, !isWithin, case .unknown = try known(id) { return }
        try note(id, isDeleted ? .delete : .modify, known)
    }
}

extension AttributeName {
    /// RFC 4511, 4.5.1.8: all user attributes.
    fileprivate static let all = AttributeName(trusted: "*")
    /// [MS-ADA1]: there on what was deleted.
    fileprivate static let isDeleted = AttributeName(trusted: "isDeleted")
}
