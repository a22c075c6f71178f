package import Ground
internal import Identity
package import Store

/// What an auditor asks of many locks at once: how many, why, by whom, how fast, which were late.
package struct LockFigures: Sendable {
    /// An entry that is open for longer than that after its lock was begun is late, in seconds.
    ///
    /// A lock disables at once; what waits for a sync's retry is gone after one round of cron's.
    package static let lateAfter: Int64 = 300

    package struct Day: Hashable, Sendable {
        /// Its first second, UTC.
        package let begin: Timestamp
        package var count = 0
        package var late = 0

        package init(begin: Timestamp) {
            self.begin = begin
        }
    }

    package let locks: [LockRecord]
    private let now: Timestamp

    /// `now`: what one that is not disabled yet is late by.
    package init(_ locks: [LockRecord], now: Timestamp) {
        self.locks = locks
        self.now = now
    }

    /// The most frequent first.
    package var byReason: [(reason: String, count: Int)] {
        let counts = Dictionary(grouping: locks, by: \.reason).mapValues(\.count)
        return counts.sorted { $0.value == $1.value ? $0.key < $1.key : $0.value > $1.value }
            .map { ($0.key, $0.value) }
    }

    package var byTrigger: [(trigger: LockRecord.Trigger, count: Int)] {
        LockRecord.Trigger.allCases.map { trigger in
            (trigger, locks.count { $0.trigger == trigger })
        }
    }

    package func isLate(_ lock: LockRecord) -> Bool {
        if let seconds = lock.secondsToDisabled { return seconds > Self.lateAfter }
        return lock.isToBeDisabled && lock.isOpen
            && now.seconds - lock.at.seconds > Self.lateAfter
    }

    /// The least time within which that share of those that were disabled was; nil: none was.
    ///
    /// By the nearest rank: it is one of the times that there were.
    package func timeToDisabled(within share: Double) -> Int64? {
        let times = locks.compactMap(\.secondsToDisabled).sorted()
        guard !times.isEmpty else { return nil }
        let rank = Int((share * Double(times.count)).rounded(.up))
        return times[min(max(rank, 1), times.count) - 1]
    }

    package var median: Int64? { timeToDisabled(within: 0.5) }
    package var p95: Int64? { timeToDisabled(within: 0.95) }
    package var longest: Int64? { timeToDisabled(within: 1) }

    /// Each day from the one of `since` to the one of `until`, those without a lock, too.
    package func days(since: Timestamp, until: Timestamp) -> [Day] {
        let first = Self.day(since)
        let count = Int(max(0, Self.day(until) - first)) + 1
        var days = (0..<count).map { Day(begin: Timestamp(seconds: (first + Int64($0)) * 86_400)) }
        for lock in locks {
            let place = Int(Self.day(lock.at) - first)
            guard days.indices.contains(place) else { continue }
            days[place].count += 1
            if isLate(lock) { days[place].late += 1 }
        }
        return days
    }

    private static func day(_ time: Timestamp) -> Int64 {
        let seconds = time.seconds
        return seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    }

    /// The bounds that times to disabled are sorted by, in seconds; `words` is what people read.
    package static let bounds: [(seconds: Int64, words: String)] = [
        (1, "1 s"), (5, "5 s"), (15, "15 s"), (60, "1 min"), (lateAfter, "5 min"),
        (3_600, "1 h"), (86_400, "1 day"),
    ]

    /// How many were disabled within each bound and not within the one before.
    package var byTime: [(words: String, count: Int, isLate: Bool)] {
        let times = locks.compactMap(\.secondsToDisabled)
        var rows: [(words: String, count: Int, isLate: Bool)] = []
        var least = Int64.min
        for bound in Self.bounds {
            let count = times.count { $0 > least && $0 <= bound.seconds }
            rows.append(("within \(bound.words)", count, bound.seconds > Self.lateAfter))
            least = bound.seconds
        }
        rows.append(("later", times.count { $0 > least }, true))
        let waiting = locks.filter { $0.isToBeDisabled && $0.secondsToDisabled == nil && $0.isOpen }
        rows.append(("not yet", waiting.count, true))
        return rows
    }
}
