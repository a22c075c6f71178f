import Engine
import Ground
import Identity
import Store
import Testing

private func lock(
    _ number: Int64, at seconds: Int64 = 0, _ state: ProcessState = .completed,
    after: Int64? = nil, isToBeDisabled: Bool = true, reason: String = "left"
) -> LockRecord {
    LockRecord(
        process: ProcessID(rawValue: number), user: UserID(rawValue: number),
        at: Timestamp(seconds: seconds), reason: reason,
        trigger: number.isMultiple(of: 2) ? .sync : .operator, state: state,
        isToBeDisabled: isToBeDisabled, secondsToDisabled: after)
}

private let lateness: [(LockRecord, Int64, Bool)] = [
    (lock(1, after: 300), 0, false), (lock(1, after: 301), 0, true),
    (lock(1, .partial), 300, false), (lock(1, .partial), 301, true),
    (lock(1, .partial, isToBeDisabled: false), 9_999, false),
    (lock(1, .superseded), 9_999, false), (lock(1, .completed), 9_999, false),
]

@Suite struct LockFiguresTests {
    @Test(arguments: lateness)
    func `late is what is open for more than five minutes`(
        lock: LockRecord, now: Int64, isLate: Bool
    ) {
        #expect(LockFigures([lock], now: Timestamp(seconds: now)).isLate(lock) == isLate)
    }

    @Test func `median and 95th percentile are times that there were`() {
        let figures = LockFigures(
            (1...100).map { lock($0, after: $0) }, now: Timestamp(seconds: 0))
        #expect(figures.median == 50)
        #expect(figures.p95 == 95)
        #expect(figures.longest == 100)
        let one = LockFigures([lock(1, after: 7), lock(2, .open)], now: Timestamp(seconds: 0))
        #expect([one.median, one.p95, one.longest] == [7, 7, 7])
        let none = LockFigures([lock(2, .open)], now: Timestamp(seconds: 0))
        #expect([none.median, none.p95, none.longest] == [nil, nil, nil])
    }

    @Test func `a day without a lock is a day, and days are those of UTC`() {
        let figures = LockFigures(
            [lock(1, at: 0, after: 1), lock(2, at: 86_399, after: 900), lock(3, at: 3 * 86_400)],
            now: Timestamp(seconds: 0))
        let days = figures.days(
            since: Timestamp(seconds: -1), until: Timestamp(seconds: 3 * 86_400))
        #expect(days.map(\.begin.seconds) == [-86_400, 0, 86_400, 172_800, 259_200])
        #expect(days.map(\.count) == [0, 2, 0, 0, 1])
        #expect(days.map(\.late) == [0, 1, 0, 0, 0])
    }

    @Test func `each time is counted once`() {
        let figures = LockFigures(
            [0, 1, 2, 5, 6, 300, 301, 86_401].enumerated().map {
                lock(Int64($0.offset), after: $0.element)
            } + [lock(20, .open)], now: Timestamp(seconds: 0))
        #expect(figures.byTime.map(\.count) == [2, 2, 1, 0, 1, 1, 0, 1, 1])
        #expect(
            figures.byTime.filter(\.isLate).map(\.words) == [
                "within 1 h", "within 1 day", "later", "not yet",
            ])
    }

    @Test func `reasons and triggers are counted, the most frequent reason first`() {
        let figures = LockFigures(
            [lock(1, reason: "b"), lock(2, reason: "a"), lock(3, reason: "b")],
            now: Timestamp(seconds: 0))
        #expect(figures.byReason.map(\.reason) == ["b", "a"])
        #expect(figures.byReason.map(\.count) == [2, 1])
        #expect(figures.byTrigger.map(\.count) == [2, 1])
    }
}
