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
    private static let crowded = ChangeObstacle(
        "very many entries were changed at about the time of the newest change")

    let strategy = SyncStrategy.modifyTimestamp
    let attributes: [AttributeName] = [.modifyTimestamp]
    /// The sweep compares every entry's name.
    let missesRenamedParents = false
    private let dialect: Dialect
    /// Our clock.
    private let now: Timestamp
    private let stopwatch: () -> Double
    private var newest: [StreamState.Stream: Timestamp] = [:]
    private var minutes: [StreamState.Stream: ChangeMinutes] = [:]
    private var hasUntimed = false

    init(dialect: Dialect, now: Timestamp, stopwatch: @escaping () -> Double) {
        self.dialect = dialect
        self.now = now
        self.stopwatch = stopwatch
    }

    func begin(
        on session: borrowing DirectorySession, contextCSN: ContextCSN?
    ) throws -> String? { nil }

    func note(_ page: [Entry], of stream: StreamState.Stream) {
        for entry in page where dialect.id(of: entry) != nil {
            guard let time = entry.modifiedAt else {
                hasUntimed = true
                continue
            }
            newest[stream] = later(newest[stream], time)
            minutes[stream, default: ChangeMinutes()].note(time, newest: newest[stream])
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
        let before = newest[stream]?.before(seconds)
        let again = minutes[stream]?.count(since: before?.advanced(by: -Self.overlap)) ?? 0
        return .success(
            TimestampCookie(
                changedBefore: before, fullAt: now, isCrowded: again > StreamChanges.bound
            ).octets)
    }

    func obstacle(_ cookie: [UInt8]) -> ChangeObstacle? {
        guard let stored = TimestampCookie(cookie) else { return .unreadableCookie }
        // A sweep would end where it has found too much, and all be read after it.
        return ChangeObstacle(fullAt: stored.fullAt, now: now)
            ?? (stored.isCrowded ? Self.crowded : nil)
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

/// How many entries were last changed in each minute, of the latest minutes.
private struct ChangeMinutes {
    /// More minutes than an overlap and a long read have.
    private static let most = 2_000

    private var counts: [Int64: Int] = [:]

    /// `newest`: of all that were noted.
    mutating func note(_ time: Timestamp, newest: Timestamp?) {
        counts[Self.minute(time), default: 0] += 1
        guard counts.count > Self.most, let newest else { return }
        let first = Self.minute(newest) - Int64(Self.most / 2)
        counts = counts.filter { $0.key >= first }
    }

    /// nil: since ever.
    func count(since time: Timestamp?) -> Int {
        let first = time.map(Self.minute) ?? .min
        return counts.reduce(0) { $0 + ($1.key >= first ? $1.value : 0) }
    }

    private static func minute(_ time: Timestamp) -> Int64 { time.seconds / 60 }
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
    private static let crowded = "crowded"

    /// By the server's clock: everything that was changed before is stored; nil: nothing is known.
    var changedBefore: Timestamp?
    /// Our clock, when everything was last read.
    var fullAt: Timestamp
    /// More entries than a sweep may find changed have a time that it would take for a change.
    ///
    /// So it is after a load of many entries, until another one is changed later.
    var isCrowded: Bool

    init(changedBefore: Timestamp?, fullAt: Timestamp, isCrowded: Bool = false) {
        self.changedBefore = changedBefore
        self.fullAt = fullAt
        self.isCrowded = isCrowded
    }

    init?(_ octets: [UInt8]) {
        let parts = String(decoding: octets, as: UTF8.self)
            .split(separator: ";", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 || parts.count == 3 && parts[2] == Self.crowded,
            let full = Timestamp(generalizedTime: parts[1])
        else { return nil }
        fullAt = full
        isCrowded = parts.count == 3
        guard !parts[0].isEmpty else { return }
        guard let changed = Timestamp(generalizedTime: parts[0]) else { return nil }
        changedBefore = changed
    }

    var octets: [UInt8] {
        let times = [changedBefore?.generalizedTime ?? "", fullAt.generalizedTime]
        return Array((times + (isCrowded ? [Self.crowded] : [])).joined(separator: ";").utf8)
    }
}
