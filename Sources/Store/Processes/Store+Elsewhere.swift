package import Ground
package import Identity
internal import LDAP

// Steps whose other side is neither the store nor a directory.
extension Store {
    /// Writes down how an attempt at one ended; what is known of the directory's part stays.
    package func finish(
        elsewhere step: Step, _ result: StepResult, by: Operator, at now: Timestamp
    ) throws(StoreError) {
        try write { (transaction: borrowing Transaction) throws(StoreError) in
            guard let process = try processes.process(step.process),
                let user = try user(process.user)
            else { return }
            // Its place in the process may be another by now; and one that a newer decision took out of
            // the queue stays so.
            guard let step = process.steps.first(where: { $0.isSame(as: step) }),
                step.isUnfinished
            else { return }
            try processes.record(elsewhere: result, of: step, at: now)
            guard process.isUnfinished else { return }
            let state = try processes.standing(of: process.id)
            try processes.setStanding(state, of: process.id, at: now)
            let end = ProcessEnd(
                process: process.id, at: now, results: [(step, result)],
                enforced: process.enforced, isSeenDisabled: false, remaining: [])
            if end.changes(process, to: state) {
                _ = try transaction.append(end.event(process, state, user: user, by: by))
            }
        }
    }

    /// The right to take the user's steps elsewhere; nil where another program is at it.
    package func elsewhereLock(of user: UserID) throws(StoreError) -> ExecutorLock? {
        try ExecutorLock(store: path, user: user, part: .elsewhere, waiting: 10)
    }
}

extension ProcessTable {
    /// Processes of which a step elsewhere is left, oldest first.
    ///
    /// `dueBy`: only those of which one is due by then; each of them has a time of its own. `target`:
    /// only those with one of this kind and target.
    package func unfinishedElsewhere(
        dueBy: Timestamp?, kind: StepKind? = nil, target: String? = nil
    ) throws(StoreError) -> [ProcessID] {
        try requireKnownStates()
        let statement = try database.prepare(
            """
            SELECT DISTINCT s.process FROM steps s JOIN processes p ON p.id = s.process
            WHERE s.state IN ('pending', 'failed') AND s.change IS NOT NULL AND s.entry_id IS NULL
                AND (?1 IS NULL OR coalesce(s.due_at, ?1) <= ?1)
                AND (?2 IS NULL OR s.kind = ?2) AND (?3 IS NULL OR s.target = ?3)
                AND p.state IN ('open', 'partial')
            ORDER BY s.process
            """)
        try statement.bind(dueBy?.seconds, at: 1)
        try statement.bind(kind?.rawValue, at: 2)
        try statement.bind(target, at: 3)
        return try statement.all { row throws(StoreError) in try row.id("process") }
    }

    /// One that failed for a lasting cause is tried again as a pending one is, by which nobody has to come.
    fileprivate func record(
        elsewhere result: StepResult, of step: Step, at now: Timestamp
    ) throws(StoreError) {
        try database.prepare(
            """
            UPDATE steps SET state = ?, attempts = attempts + 1, due_at = ?, error_code = ?,
                error_message = ?, finished_at = coalesce(finished_at, ?)
            WHERE process = ? AND ordinal = ?
            """
        ).run(
            result.state.rawValue,
            result.state == .done || result.state == .superseded
                ? nil : now.seconds + StepResult.delay(after: step.attempts),
            result.error.map { Int64($0.code.rawValue) }, result.error?.message,
            result.state == .done ? now.seconds : nil, step.process, Int64(step.ordinal))
    }

    fileprivate func setStanding(
        _ state: ProcessState, of process: ProcessID, at now: Timestamp
    ) throws(StoreError) {
        try database.prepare(
            """
            UPDATE processes SET state = ?, finished_at = coalesce(finished_at, ?) WHERE id = ?
            """
        ).run(state.rawValue, state == .completed ? now.seconds : nil, process)
    }
}

/// On whose account a process was begun.
package enum ProcessTrigger: String, Sendable, CaseIterable {
    case `operator`
    /// A list that an operator gave.
    case list
    case sync
    /// An operator's request that somebody approved.
    case approval
    /// A plan that a safety limit had kept, and somebody released.
    case release
    /// A sync that found undone what a lock or a deactivation had done.
    case drift
}

extension ProcessTable {
    /// As far as its row says; that it is one of a list stands in its steps.
    package func trigger(of process: ProcessID) throws(StoreError) -> ProcessTrigger {
        let statement = try database.prepare(
            "SELECT run, cause, released, decided_by FROM processes WHERE id = ?")
        try statement.bind(process, at: 1)
        let found = try statement.first { row throws(StoreError) -> ProcessTrigger in
            if try !row.isNull("released") { return .release }
            let cause: ChangeCause? = try RowReading(process, of: "processes", in: row)
                .optionalWord("cause", in: row)
            if cause == .drift { return .drift }
            if try !row.isNull("run") { return .sync }
            return try row.isNull("decided_by") ? .operator : .approval
        }
        return found ?? .operator
    }
}
