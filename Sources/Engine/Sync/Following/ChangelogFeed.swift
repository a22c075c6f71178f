internal import Configuration
internal import Ground
internal import LDAP
internal import LDAPClient
internal import Store

/// The content synchronization of 389: RFC 4533 on top of the retro changelog.
///
/// Seen on 389 2.3.1: every refresh with a cookie is a delta, whatever its end says; an entry that
/// leaves the filter is not told of, so everything below the base is followed and the filter asked
/// afterwards; a cookie older than the changelog, or a changelog that does not keep `targetUniqueId`,
/// loses deletions without a word. So both are looked at before a refresh is believed.
final class ChangelogFeed: ChangeFeed {
    private static let unproven =
        "the bind DN does not see in cn=changelog that deletions can be told "
        + "(nsslapd-attribute: nsuniqueid:targetUniqueId)"

    let strategy = SyncStrategy.syncrepl
    let attributes: [AttributeName] = []
    let missesRenamedParents = true
    /// Our clock.
    private let now: Timestamp
    private var starts: [StreamState.Stream: ChangelogCookie] = [:]

    init(now: Timestamp) {
        self.now = now
    }

    /// A cookie is bound to server, bind DN, base and filter, not to the scope: the base alone gives one.
    func begin(
        on session: borrowing DirectorySession, contextCSN: ContextCSN?
    ) throws -> String? {
        do {
            guard let last = session.changeNumbers?.upperBound,
                try namesTargets(last, on: session)
            else { return Self.unproven }
            for name in StreamState.Stream.allCases {
                guard let stream = ChangeStream(name, of: session.settings) else { continue }
                var cookies: [[UInt8]] = []
                for base in stream.bases {
                    try follow(base, .base, from: nil, on: session) { event in
                        if case .done(_, let cookie?) = event { cookies.append(cookie) }
                    }
                }
                guard cookies.count == stream.bases.count,
                    let start = ChangelogCookie(fullAt: now, cookies: cookies)
                else { return "the server's content sync gives no cookie that can be read" }
                starts[name] = start
            }
        } catch let failure as DirectoryFailure {
            return try failure.obstacle.why
        }
        return nil
    }

    func note(_ page: [Entry], of stream: StreamState.Stream) {}

    func cookie(
        of stream: StreamState.Stream, after seconds: Double
    ) -> Result<[UInt8], ChangeObstacle> {
        starts[stream].map { .success($0.octets) } ?? .failure(ChangeObstacle(""))
    }

    /// An account that is inactivated by its role changes without any change of its entry.
    func obstacle(_ cookie: [UInt8]) -> ChangeObstacle? {
        guard let stored = ChangelogCookie(cookie) else { return .unreadableCookie }
        return ChangeObstacle(fullAt: stored.fullAt, now: now)
    }

    func contextCSN(of cookie: [UInt8]) -> ContextCSN? { nil }

    func changes(
        of stream: ChangeStream, since cookie: [UInt8],
        known: (EntryID) throws -> StreamChanges.Known,
        on session: borrowing DirectorySession, _ check: () throws -> Void
    ) throws -> Told {
        guard let before = ChangelogCookie(cookie), before.cookies.count == stream.bases.count,
            let log = session.changeNumbers
        else { throw ChangeObstacle("the server shows no changelog") }
        try before.requireWithin(log)
        guard before.numbers.contains(where: { $0 < log.upperBound }) else { return .nothing }
        var changes = StreamChanges()
        var cookies: [[UInt8]] = []
        do {
            guard try namesTargets(log.upperBound, on: session) else {
                throw ChangeObstacle(Self.unproven)
            }
            for (base, cookie) in zip(stream.bases, before.cookies) {
                try follow(base, stream.scope, from: cookie, on: session) { event in
                    try check()
                    try changes.noteDelta(event, dialect: session.dialect, known: known)
                    if case .done(_, let cookie) = event { cookies.append(cookie ?? []) }
                    if changes.isTooMuch { throw ChangeObstacle.tooMuch }
                }
            }
        } catch let failure as DirectoryFailure {
            throw try failure.obstacle
        }
        guard let after = ChangelogCookie(fullAt: before.fullAt, cookies: cookies),
            zip(before.numbers, after.numbers).allSatisfy({ $0 <= $1 })
        else { throw ChangeObstacle("the server did not understand the cookie") }
        return Told(changes: changes, cookie: after.octets)
    }

    private func follow(
        _ base: DN, _ scope: SearchScope, from cookie: String?,
        on session: borrowing DirectorySession, _ body: (ContentSync.Event) throws -> Void
    ) throws {
        var sync = try session.connection.contentSync(
            base: base, scope: scope, filter: .present(.objectClass),
            attributes: [session.dialect.idAttribute], cookie: cookie.map { Array($0.utf8) })
        while let event = try sync.next() { try body(event) }
    }

    /// Whether the newest change says by its id which entry it was of, and may be seen.
    private func namesTargets(
        _ newest: Int64, on session: borrowing DirectorySession
    ) throws(DirectoryFailure) -> Bool {
        guard let place = DN("changenumber=\(newest),cn=changelog") else { return false }
        let name = AttributeName(trusted: "targetUniqueId")
        return try session.entry(at: place, matching: .present(name), attributes: [name]) != nil
    }
}

extension DirectorySession {
    /// The changes that the retro changelog holds (draft-good-ldap-changelog-04); nil without one.
    fileprivate var changeNumbers: ClosedRange<Int64>? {
        guard let first = rootDSE.first("firstChangeNumber").flatMap({ Int64($0) }),
            let last = rootDSE.first("lastChangeNumber").flatMap({ Int64($0) }), first <= last
        else { return nil }
        return first...last
    }
}

extension ChangelogCookie {
    /// Throws where the changelog does not hold all changes since.
    fileprivate func requireWithin(_ log: ClosedRange<Int64>) throws(ChangeObstacle) {
        for number in numbers {
            guard number <= log.upperBound else {
                throw ChangeObstacle("the server's changelog is behind what it told before")
            }
            guard log.lowerBound <= number + 1 else {
                throw ChangeObstacle("the server's changelog no longer reaches back far enough")
            }
        }
    }
}

extension StreamChanges {
    /// Takes in a message of a delta: an entry that is not named has not changed.
    fileprivate mutating func noteDelta(
        _ event: ContentSync.Event, dialect: Dialect, known: (EntryID) throws -> Known
    ) throws {
        func id(_ uuid: [UInt8]) -> EntryID? { EntryID(syncUUID: uuid, dialect: dialect) }
        switch event {
        case .entry(_, let state, let uuid, _), .unreadable(_, let state, let uuid, _):
            if state != .present, let id = id(uuid) { try note(id, state, known) }
        case .idSet(let ids, refreshDeletes: true, _):
            for uuid in ids {
                if let id = id(uuid) { try note(id, .delete, known) }
            }
        case .idSet, .refreshPresent, .refreshDelete, .newCookie, .done: break
        }
    }
}
