internal import Configuration
internal import Ground
internal import LDAP
internal import LDAPClient
internal import Store

/// Finds what changed by the entries' `modifyTimestamp`, and who is gone by a sweep over all ids.
///
/// For servers without content sync. One search does both: it asks for nothing but the id and the
/// time of every entry. The clock is the server's, which only its entries show.
final class TimestampFeed: ChangeFeed {
    /// Changes reach a replica, and transactions their end, after the time that they carry.
    static let overlap: Int64 = 10 * 60

    private static let hidden = ChangeObstacle("an entry shows no id or no modifyTimestamp")

    let strategy = SyncStrategy.modifyTimestamp
    let attributes: [AttributeName] = [.modifyTimestamp]
    /// The sweep compares every entry's name.
    let missesRenamedParents = false
    /// Our clock.
    private let now: Timestamp
    private let stopwatch: () -> Double
    private var newest: [StreamState.Stream: Timestamp] = [:]
    private var hasUntimed = false

    init(now: Timestamp, stopwatch: @escaping () -> Double) {
        self.now = now
        self.stopwatch = stopwatch
    }

    func begin(
        on session: borrowing DirectorySession, contextCSN: ContextCSN?
    ) throws -> String? { nil }

    func note(_ page: [Entry], of stream: StreamState.Stream) {
        for entry in page {
            guard let time = entry.modifiedAt else {
                hasUntimed = true
                continue
            }
            newest[stream] = later(newest[stream], time)
        }
    }

    /// The newest time was read at the end at the latest: as long before as the read took, the read
    /// had not yet begun.
    func cookie(
        of stream: StreamState.Stream, after seconds: Double
    ) -> Result<[UInt8], ChangeObstacle> {
        guard !hasUntimed else {
            return .failure(ChangeObstacle("not every entry shows its modifyTimestamp"))
        }
        return .success(
            TimestampCookie(changedBefore: newest[stream]?.before(seconds), fullAt: now).octets)
    }

    func obstacle(_ cookie: [UInt8]) -> ChangeObstacle? {
        guard let stored = TimestampCookie(cookie) else { return .unreadableCookie }
        return ChangeObstacle(fullAt: stored.fullAt, now: now)
    }

    func contextCSN(of cookie: [UInt8]) -> ContextCSN? { nil }

    func changes(
        of stream: ChangeStream, since cookie: [UInt8],
        known: (EntryID) throws -> StreamChanges.Known,
        on session: borrowing DirectorySession, _ check: () throws -> Void
    ) throws -> Told {
        guard var next = TimestampCookie(cookie) else { throw ChangeObstacle.unreadableCookie }
        let since = next.changedBefore?.advanced(by: -Self.overlap)
        let begun = stopwatch()
        var changes = StreamChanges()
        var newest: Timestamp?
        try stream.sweep(
            [.modifyTimestamp], hidden: Self.hidden, known, into: &changes, on: session, check
        ) { entry in
            guard let time = entry.modifiedAt else { return nil }
            newest = later(newest, time)
            return since.map { time >= $0 } ?? true
        }
        if let before = next.changedBefore, newest.map({ $0 < before }) ?? true {
            throw ChangeObstacle("the newest change is older than one seen before")
        }
        next.changedBefore = later(next.changedBefore, newest?.before(stopwatch() - begun))
        return Told(changes: changes, cookie: next.octets)
    }

    /// A time that is still to come was not made by the server's clock, or tells nothing about it.
    private func later(_ left: Timestamp?, _ right: Timestamp?) -> Timestamp? {
        guard let right, right <= now else { return left }
        return left.map { max($0, right) } ?? right
    }
}

extension Timestamp {
    /// Rounded to the earlier second.
    fileprivate func before(_ seconds: Double) -> Timestamp {
        advanced(by: -Int64(seconds.rounded(.up)))
    }
}

extension Entry {
    fileprivate var modifiedAt: Timestamp? {
        self[.modifyTimestamp].first?.text.flatMap { Timestamp(generalizedTime: $0) }
    }
}

extension AttributeName {
    /// RFC 4512, 3.4.
    static let modifyTimestamp = AttributeName(trusted: "modifyTimestamp")
}

/// How far the changes were followed by the entries' `modifyTimestamp`.
struct TimestampCookie: Equatable {
    /// By the server's clock: everything that was changed before is stored; nil: nothing is known.
    var changedBefore: Timestamp?
    /// Our clock, when everything was last read.
    var fullAt: Timestamp

    init(changedBefore: Timestamp?, fullAt: Timestamp) {
        self.changedBefore = changedBefore
        self.fullAt = fullAt
    }

    init?(_ octets: [UInt8]) {
        let parts = String(decoding: octets, as: UTF8.self)
            .split(separator: ";", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let full = Timestamp(generalizedTime: parts[1]) else { return nil }
        fullAt = full
        guard !parts[0].isEmpty else { return }
        guard let changed = Timestamp(generalizedTime: parts[0]) else { return nil }
        changedBefore = changed
    }

    var octets: [UInt8] {
        Array("\(changedBefore?.generalizedTime ?? "");\(fullAt.generalizedTime)".utf8)
    }
}
