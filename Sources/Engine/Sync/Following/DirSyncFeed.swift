internal import Configuration
internal import LDAP
internal import LDAPClient
internal import Store

/// Active Directory's DirSync, which tells changes and deletions of a whole naming context.
///
/// Deletions only to who may see them: with the right to replicate alone Samba 4.17 tells of none, and
/// answers success. So where the bind DN was not seen to see deleted objects, all ids are compared as
/// soon as the controller has written anything.
final class DirSyncFeed: ChangeFeed {
    let strategy = SyncStrategy.dirsync
    let attributes: [AttributeName] = []
    let missesRenamedParents = true
    /// The naming context: no other base is taken ([MS-ADTS] 3.1.1.3.4.1.3).
    private let context: DN
    private var start: DirSyncCookie?

    init(context: DN) {
        self.context = context
    }

    func begin(
        on session: borrowing DirectorySession, contextCSN: ContextCSN?
    ) throws -> String? {
        do {
            // A filter that matches nothing gives the cookie of this moment, and no entry.
            let nobody = Filter.equal(
                session.dialect.idAttribute, AttributeValue(bytes: [UInt8](repeating: 0, count: 16))
            )
            var round = try session.connection.dirSync(
                base: context, filter: nobody, attributes: [session.dialect.idAttribute],
                cookie: [])
            while try round.next() != nil {}
            guard var numbers = try ChangeNumberCookie(session) else {
                return "the server shows no invocationId and highestCommittedUSN"
            }
            numbers.witness = try ChangeNumberCookie.witness(
                below: context, since: numbers.number - ChangeNumberFeed.lookBack, on: session)
            start = DirSyncCookie(
                numbers: numbers, seesDeletions: try session.seesDeletions(in: context),
                round: round.cookie)
            return nil
        } catch {
            _ = try error.obstacle
            return error.code == .insufficientAccessRights
                ? "the bind DN has no right to replicate changes of \(context)"
                : "the server does not answer DirSync: \(error.answer)"
        }
    }

    var remark: String? {
        start.map {
            $0.seesDeletions
                ? "deletions are told"
                : "the bind DN was not seen to see deleted objects (CN=Deleted Objects,\(context)), "
                    + "so who is gone is found by comparing all ids"
        }
    }

    func note(_ page: [Entry], of stream: StreamState.Stream) {}

    func cookie(
        of stream: StreamState.Stream, after seconds: Double
    ) -> Result<[UInt8], ChangeObstacle> {
        start.map { .success($0.octets) } ?? .failure(ChangeObstacle(""))
    }

    func obstacle(_ cookie: [UInt8]) -> ChangeObstacle? {
        DirSyncCookie(cookie) == nil ? .unreadableCookie : nil
    }

    func contextCSN(of cookie: [UInt8]) -> ContextCSN? { nil }

    /// Whoever has left the filter or the bases comes too: a look at the entry tells.
    func changes(
        of stream: ChangeStream, since cookie: [UInt8],
        known: (EntryID) throws -> StreamChanges.Known,
        on session: borrowing DirectorySession, _ check: () throws -> Void
    ) throws -> Told {
        guard let before = DirSyncCookie(cookie) else { throw ChangeObstacle.unreadableCookie }
        do {
            guard let progress = try before.numbers.progress(on: session) else { return .nothing }
            // Read before the round: what is told in it was written after this.
            let seesDeletions = try session.seesDeletions(in: context)
            var changes = StreamChanges()
            let round = try follow(stream, before.round, known, on: session, check, into: &changes)
            if let witness = progress.unseen, try !changes.tellsOfAbsence(of: known(witness)) {
                throw ChangeObstacle("the entry that was written last is gone")
            }
            if !(before.seesDeletions && seesDeletions) {
                // Whoever the sweep does not find may be gone.
                try stream.sweep(
                    hidden: ChangeObstacle("an entry shows no id"), known, into: &changes,
                    on: session, check
                ) { _ in false }
            }
            if changes.isTooMuch { throw ChangeObstacle.tooMuch }
            let numbers = try before.numbers.followed(
                to: progress.now, below: context, on: session)
            let next = DirSyncCookie(numbers: numbers, seesDeletions: seesDeletions, round: round)
            return Told(changes: changes, cookie: next.octets)
        } catch let failure as DirectoryFailure where failure.code == .unavailableCriticalExtension
        {
            throw ChangeObstacle("the server no longer takes the cookie (12)")
        } catch let failure as DirectoryFailure {
            throw try failure.obstacle
        }
    }

    /// Where the next round goes on from.
    private func follow(
        _ stream: ChangeStream, _ cookie: [UInt8],
        _ known: (EntryID) throws -> StreamChanges.Known,
        on session: borrowing DirectorySession, _ check: () throws -> Void,
        into changes: inout StreamChanges
    ) throws -> [UInt8] {
        var round = try session.connection.dirSync(
            base: context, filter: stream.stream.classes, attributes: [.all], cookie: cookie)
        while let entry = try round.next() {
            try check()
            guard let id = session.id(of: entry) else {
                throw ChangeObstacle("a changed entry shows no id")
            }
            try changes.note(id, of: entry, in: stream, known)
            if changes.isTooMuch { throw ChangeObstacle.tooMuch }
        }
        return round.cookie
    }
}

extension DirectorySession {
    /// Whether the bind DN sees any object that was deleted: it needs to list CN=Deleted Objects.
    ///
    /// Where none was ever deleted nothing is proven.
    fileprivate func seesDeletions(in context: DN) throws(DirectoryFailure) -> Bool {
        guard let place = DN("CN=Deleted Objects,\(context.text)") else { return false }
        do throws(DirectoryFailure) {
            var search = try connection.pages(
                base: place, scope: .one, filter: .present(.objectClass),
                attributes: [dialect.idAttribute], pageSize: 1, controls: [.showDeleted])
            return try search.next()?.isEmpty == false
        } catch  where [.noSuchObject, .insufficientAccessRights].contains(error.code) {
            return false
        }
    }
}

extension Control {
    /// [MS-ADTS] 3.1.1.3.4.1.14: deleted objects, too.
    fileprivate static let showDeleted = Control("1.2.840.113556.1.4.417", isCritical: true)
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
