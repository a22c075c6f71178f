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
            // What matches nothing gives the cookie of this moment, and no entry.
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
        DirSyncCookie(cookie) == nil ? ChangeObstacle("the stored cookie can't be read") : nil
    }

    func contextCSN(of cookie: [UInt8]) -> ContextCSN? { nil }

    /// Whoever has left the filter or the bases comes too: a look at the entry tells.
    ///
    /// Nothing but the root DSE is read where the controller has written nothing since.
    func changes(
        of stream: ChangeStream, since cookie: [UInt8],
        known: (EntryID) throws -> StreamChanges.Known,
        on session: borrowing DirectorySession, _ check: () throws -> Void
    ) throws -> Told {
        guard let before = DirSyncCookie(cookie), var now = try ChangeNumberCookie(session) else {
            return .everything(ChangeObstacle("the server no longer shows its numbers"))
        }
        if let obstacle = before.numbers.obstacle(now) { return .everything(obstacle) }
        guard now.number > before.numbers.number else {
            return .changes(StreamChanges(), cookie: nil)
        }
        do {
            let look = try before.numbers.look(on: session)
            if case .putBack(let obstacle) = look { return .everything(obstacle) }
            // Before the round: what is told then was written after it.
            let seesDeletions = try session.seesDeletions(in: context)
            var changes = StreamChanges()
            let round = try follow(stream, before.round, known, on: session, check, into: &changes)
            if case .unseen(let witness) = look, try !changes.tellsOfAbsence(of: known(witness)) {
                return .everything(ChangeObstacle("the entry that was written last is gone"))
            }
            if !(before.seesDeletions && seesDeletions) {
                try sweep(stream, known, on: session, check, into: &changes)
            }
            if changes.isTooMuch { return .everything(.tooMuch) }
            now.witness =
                try ChangeNumberCookie.witness(
                    below: context, since: before.numbers.number, on: session)
                ?? before.numbers.witness
            let next = DirSyncCookie(numbers: now, seesDeletions: seesDeletions, round: round)
            return .changes(changes, cookie: next.octets)
        } catch let obstacle as ChangeObstacle {
            return .everything(obstacle)
        } catch let failure as DirectoryFailure where failure.code == .unavailableCriticalExtension
        {
            return .everything(ChangeObstacle("the server no longer takes the cookie (12)"))
        } catch let failure as DirectoryFailure {
            return .everything(try failure.obstacle)
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

    /// Who is not found by it may be gone.
    private func sweep(
        _ stream: ChangeStream, _ known: (EntryID) throws -> StreamChanges.Known,
        on session: borrowing DirectorySession, _ check: () throws -> Void,
        into changes: inout StreamChanges
    ) throws {
        for base in stream.bases {
            try session.enumerate(
                stream.enumerated, base: base, scope: stream.scope, filter: stream.filter,
                attributes: [session.dialect.idAttribute], pageSize: stream.pageSize
            ) { page, unreadable in
                try check()
                guard unreadable.isEmpty else { throw ChangeObstacle("an entry shows no id") }
                for entry in page {
                    guard let id = session.id(of: entry) else {
                        throw ChangeObstacle("an entry shows no id")
                    }
                    try changes.note(id, at: entry.dn, isChanged: false, known)
                }
                if changes.isTooMuch { throw ChangeObstacle.tooMuch }
            }
        }
        changes.nameAllPresent()
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
