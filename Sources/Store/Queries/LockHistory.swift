package import Ground
package import Identity

/// One lock as figures count it: whom, when, why, begun by whom, and how long the entry stayed open.
package struct LockRecord: Hashable, Sendable {
    package enum Trigger: String, Sendable, CaseIterable {
        case `operator`
        case sync
    }

    package let process: ProcessID
    package let user: UserID
    package let at: Timestamp
    /// The reason's code.
    package let reason: String
    package let trigger: Trigger
    package let state: ProcessState
    /// Whether there was an entry to be disabled.
    package let isToBeDisabled: Bool
    /// Seconds from the lock's beginning until the server first said that the entry is disabled; what was
    /// then seen to be untrue does not count.
    package let secondsToDisabled: Int64?

    package init(
        process: ProcessID, user: UserID, at: Timestamp, reason: String, trigger: Trigger,
        state: ProcessState, isToBeDisabled: Bool, secondsToDisabled: Int64?
    ) {
        self.process = process
        self.user = user
        self.at = at
        self.reason = reason
        self.trigger = trigger
        self.state = state
        self.isToBeDisabled = isToBeDisabled
        self.secondsToDisabled = secondsToDisabled
    }

    /// Something of it is left to be done.
    package var isOpen: Bool { state == .open || state == .partial }
}

extension Store {
    /// The locks that were begun from `since` to `until`, both included, the first of them first.
    ///
    /// One that only repaired what somebody did to a locked user's entry locked nobody: it is left out.
    package func locks(
        since: Timestamp, until: Timestamp
    ) throws(StoreError) -> [LockRecord] {
        let statement = try database.prepare(
            """
            SELECT p.id, p.user, p.at, p.reason, p.run, p.state, p.disabled_after AS seconds,
                EXISTS (SELECT 1 FROM steps s
                    WHERE s.process = p.id AND s.kind = 'disableEntry') AS disabling
            FROM processes p INDEXED BY processes_locking
            WHERE p.is_locking = 1 AND p.at BETWEEN ? AND ?
            ORDER BY p.at, p.id
            """)
        try statement.bind(since.seconds, at: 1)
        try statement.bind(until.seconds, at: 2)
        return try statement.all { row throws(StoreError) in
            let id: ProcessID = try row.id("id")
            let reading = RowReading(id, of: "processes", in: row)
            return try LockRecord(
                process: id, user: row.id("user"), at: row.time("at"), reason: row.text("reason"),
                trigger: row.optionalInt("run") == nil ? .operator : .sync,
                state: reading.word("state", in: row), isToBeDisabled: row.int("disabling") == 1,
                secondsToDisabled: row.optionalInt("seconds"))
        }
    }

    /// How many locks there were ever, by who began them, how they stand, and how long it took to disable.
    package func lockTotals() throws(StoreError) -> [LockTotal] {
        // Each is in an index, in this order: no row of the table is read.
        let statement = try database.prepare(
            """
            SELECT state, disabled_after AS seconds, count(*) AS locks, count(run) AS by_sync
            FROM processes WHERE is_locking = 1 GROUP BY state, disabled_after
            """)
        var totals: [LockTotal] = []
        while try statement.step() {
            let reading = RowReading("a lock", of: "processes", in: statement)
            let state: ProcessState = try reading.word("state", in: statement)
            let seconds = try statement.optionalInt("seconds")
            let bySync = try statement.int("by_sync")
            let others = try statement.int("locks") - bySync
            for (trigger, count) in [(LockRecord.Trigger.operator, others), (.sync, bySync)]
            where count > 0 {
                totals.append(
                    LockTotal(
                        trigger: trigger, state: state, secondsToDisabled: seconds, count: count))
            }
        }
        return totals
    }
}

/// How many locks are alike in what monitoring counts.
package struct LockTotal: Hashable, Sendable {
    package let trigger: LockRecord.Trigger
    package let state: ProcessState
    /// nil: the entry is not disabled, or there was none.
    package let secondsToDisabled: Int64?
    package let count: Int64
}
