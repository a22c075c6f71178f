internal import Configuration
internal import LDAP
internal import LDAPClient
internal import Store

/// Active Directory by the entries' `uSNChanged`, and who is gone by a sweep over all ids.
///
/// For a bind DN that may not replicate: it is told of no deletion ([MS-ADTS] 3.1.1.1.9). The numbers
/// belong to one domain controller as long as it is the same one, which its invocationId says.
final class ChangeNumberFeed: ChangeFeed {
    /// Writes before the beginning among which a witness is looked for.
    static let lookBack: Int64 = 500
    private static let hidden = ChangeObstacle("an entry shows no id or no uSNChanged")

    let strategy = SyncStrategy.modifyTimestamp
    let attributes: [AttributeName] = []
    /// The sweep compares every entry's name.
    let missesRenamedParents = false
    private var start: ChangeNumberCookie?

    func begin(
        on session: borrowing DirectorySession, contextCSN: ContextCSN?
    ) throws -> String? {
        guard var now = try ChangeNumberCookie(session) else {
            return "the server shows no invocationId and highestCommittedUSN"
        }
        now.witness = try witness(since: now.number - Self.lookBack, on: session)
        start = now
        return nil
    }

    func note(_ page: [Entry], of stream: StreamState.Stream) {}

    func cookie(
        of stream: StreamState.Stream, after seconds: Double
    ) -> Result<[UInt8], ChangeObstacle> {
        start.map { .success($0.octets) } ?? .failure(ChangeObstacle(""))
    }

    func obstacle(_ cookie: [UInt8]) -> ChangeObstacle? {
        ChangeNumberCookie(cookie) == nil
            ? ChangeObstacle("the stored cookie can't be read") : nil
    }

    func contextCSN(of cookie: [UInt8]) -> ContextCSN? { nil }

    /// Nothing but the root DSE is read where the server has written nothing since.
    func changes(
        of stream: ChangeStream, since cookie: [UInt8],
        known: (EntryID) throws -> StreamChanges.Known,
        on session: borrowing DirectorySession, _ check: () throws -> Void
    ) throws -> Told {
        guard let before = ChangeNumberCookie(cookie), let now = try ChangeNumberCookie(session)
        else { return .everything(ChangeObstacle("the server no longer shows its numbers")) }
        if let obstacle = before.obstacle(now) { return .everything(obstacle) }
        guard now.number > before.number else { return .changes(StreamChanges(), cookie: nil) }
        switch try before.look(on: session) {
        case .asBefore: break
        case .putBack(let obstacle): return .everything(obstacle)
        case .unseen: return .everything(ChangeObstacle("the entry that was written last is gone"))
        }
        let changes: StreamChanges
        do {
            changes = try sweep(stream, since: before.number, known, on: session, check)
        } catch let obstacle as ChangeObstacle {
            return .everything(obstacle)
        }
        var next = now
        next.witness = try witness(since: before.number, on: session) ?? before.witness
        return .changes(changes, cookie: next.octets)
    }

    private func witness(
        since number: Int64, on session: borrowing DirectorySession
    ) throws(DirectoryFailure) -> ChangeNumberCookie.Witness? {
        guard let context = session.settings.users.bases.first else { return nil }
        return try ChangeNumberCookie.witness(below: context, since: number, on: session)
    }

    private func sweep(
        _ stream: ChangeStream, since number: Int64,
        _ known: (EntryID) throws -> StreamChanges.Known,
        on session: borrowing DirectorySession, _ check: () throws -> Void
    ) throws -> StreamChanges {
        var changes = StreamChanges()
        for base in stream.bases {
            try session.enumerate(
                stream.enumerated, base: base, scope: stream.scope, filter: stream.filter,
                attributes: [session.dialect.idAttribute, .uSNChanged], pageSize: stream.pageSize
            ) { page, unreadable in
                try check()
                guard unreadable.isEmpty else { throw Self.hidden }
                for entry in page {
                    guard let id = session.id(of: entry),
                        let own = entry.changeNumber
                    else { throw Self.hidden }
                    try changes.note(id, at: entry.dn, isChanged: own > number, known)
                }
                if changes.isTooMuch { throw ChangeObstacle.tooMuch }
            }
        }
        changes.nameAllPresent()
        return changes
    }
}
