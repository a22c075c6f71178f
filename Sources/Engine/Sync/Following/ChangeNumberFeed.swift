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
        if let base = session.settings.users.bases.first {
            now.witness = try ChangeNumberCookie.witness(
                below: base, since: now.number - Self.lookBack, on: session)
        }
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
        ChangeNumberCookie(cookie) == nil ? .unreadableCookie : nil
    }

    func contextCSN(of cookie: [UInt8]) -> ContextCSN? { nil }

    func changes(
        of stream: ChangeStream, since cookie: [UInt8],
        known: (EntryID) throws -> StreamChanges.Known,
        on session: borrowing DirectorySession, _ check: () throws -> Void
    ) throws -> Told {
        guard let before = ChangeNumberCookie(cookie) else { throw ChangeObstacle.unreadableCookie }
        guard let progress = try before.progress(on: session) else { return .nothing }
        guard progress.unseen == nil else {
            throw ChangeObstacle("the entry that was written last is gone")
        }
        var changes = StreamChanges()
        try stream.sweep(
            [.uSNChanged], hidden: Self.hidden, known, into: &changes, on: session, check
        ) { entry in entry.changeNumber.map { $0 > before.number } }
        let next = try before.followed(
            to: progress.now, below: session.settings.users.bases.first, on: session)
        return Told(changes: changes, cookie: next.octets)
    }
}
