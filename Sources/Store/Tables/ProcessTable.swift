package import Ground
package import Identity
internal import LDAP

/// The tables `processes` and `steps`: the journal.
///
/// Who changes something here does so inside a transaction of the store.
package struct ProcessTable {
    let database: Database

    /// Writes the process and all its steps; steps of the store are done with the transaction that
    /// this belongs to, steps of the directory are pending.
    ///
    /// `request`: the one that was approved and becomes the process.
    func insert(
        _ draft: ProcessDraft, plan: Plan, request: ProcessID?, priors: [Int: PriorValues]
    ) throws(StoreError) -> ProcessID {
        let process = try insertHead(draft, plan: plan, state: .open, request: request)
        // A request that is approved late is newer than what was begun before that.
        try database.prepare(
            """
            UPDATE processes SET is_locking = ?3, begun =
                (SELECT coalesce(max(begun), 0) + 1 FROM processes WHERE user = ?1)
            WHERE id = ?2
            """
        ).run(draft.user, process, plan.steps.contains { $0.kind == .lockUser })
        try insertSteps(plan.steps, of: process, finishedAt: draft.at, priors: priors)
        return process
    }

    /// `first`: the ordinal of the first.
    func insertSteps(
        _ steps: [PlannedStep], of process: ProcessID, from first: Int = 0,
        finishedAt time: Timestamp? = nil, priors: [Int: PriorValues] = [:]
    ) throws(StoreError) {
        let insert = try database.prepare(
            """
            INSERT INTO steps (process, ordinal, kind, target, entry_id, change, state, finished_at,
                prior)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        for (place, step) in steps.enumerated() {
            let ordinal = first + place
            switch step.work {
            case .local:
                try insert.run(
                    process, Int64(ordinal), step.kind.rawValue, step.target, nil, nil,
                    StepState.done.rawValue, time?.seconds, nil)
            case .remote(let work):
                try insert.run(
                    process, Int64(ordinal), step.kind.rawValue, step.target, work.entry?.text,
                    work.journal.text, StepState.pending.rawValue, nil, priors[place]?.json.text)
            }
        }
    }

    /// The row of `processes`; a request that was approved keeps who asked for it and when.
    func insertHead(
        _ draft: ProcessDraft, plan: Plan, state: ProcessState, request: ProcessID?,
        expires: Timestamp? = nil
    ) throws(StoreError) -> ProcessID {
        let findings: JSONValue = [
            "unchanged": .array(plan.unchanged.map(\.json)),
            "remaining": .array(plan.remaining.map(\.json)),
            "restoresRoles": .bool(draft.restoresRoles), "rolesOf": JSONValue(draft.rolesOf),
        ]
        if let request {
            try database.prepare(
                """
                UPDATE processes SET state = ?, snapshot = ?, findings = ?, at = ?, decided_by = ?,
                    decided_at = ?, revocation = ?
                WHERE id = ?
                """
            ).run(
                state.rawValue, plan.summary.text, findings.text, draft.at.seconds, draft.by.login,
                draft.at.seconds,
                draft.revocation?.rawValue, request)
            return request
        }
        try database.prepare(
            """
            INSERT INTO processes (use_case, user, reason, reason_text, revocation, note, at, by,
                host, terminal, forced, run, state, findings, snapshot, expires_at, cause, released)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """
        ).run(
            draft.useCase.rawValue, draft.user, draft.reason, draft.reasonText,
            draft.revocation?.rawValue, draft.note, draft.at.seconds, draft.by.login,
            draft.by.host, draft.by.terminal, draft.forced, draft.run, state.rawValue,
            findings.text, plan.summary.text, expires?.seconds, draft.cause?.counted.rawValue,
            draft.released)
        return ProcessID(rawValue: database.lastInsertRowID)
    }

    /// Takes every unfinished step of the user's earlier processes out of the queue, for ever.
    func supersede(earlierThan process: ProcessID, of user: UserID) throws(StoreError) {
        try database.prepare(
            """
            UPDATE steps SET state = 'superseded', due_at = NULL
            WHERE state IN ('pending', 'failed')
                AND process IN (SELECT id FROM processes
                    WHERE user = ?1 AND begun < (SELECT begun FROM processes WHERE id = ?2))
            """
        ).run(user, process)
        try database.prepare(
            """
            UPDATE processes SET state = 'superseded'
            WHERE user = ?1 AND begun < (SELECT begun FROM processes WHERE id = ?2)
                AND state IN ('open', 'partial')
            """
        ).run(user, process)
    }

    package func process(_ id: ProcessID) throws(StoreError) -> IdentityProcess? {
        let steps = try steps(of: id)
        let statement = try database.prepare(
            """
            SELECT use_case, user, reason, reason_text, revocation, note, at, by, host, terminal,
                forced, state, enforced, findings, policy
            FROM processes WHERE id = ?
            """)
        try statement.bind(id, at: 1)
        return try statement.first { row throws(StoreError) in
            try read(row, id: id, steps: steps)
        }
    }

    private func read(
        _ row: borrowing Statement, id: ProcessID, steps: [Step]
    ) throws(StoreError) -> IdentityProcess {
        let reading = RowReading(id, of: "processes", in: row)
        let useCase: UseCase = try reading.word("use_case", in: row)
        let state: ProcessState = try reading.word("state", in: row)
        let findings = try reading.json("findings", in: row, KeptFindings.init(json:))
        return try IdentityProcess(
            id: id, useCase: useCase, user: row.id("user"), reason: row.text("reason"),
            reasonText: row.text("reason_text"),
            revocation: reading.optionalWord("revocation", in: row),
            note: row.optionalText("note"), at: row.time("at"),
            by: Operator(
                login: row.text("by"), host: row.text("host"),
                terminal: row.optionalText("terminal")),
            forced: reading.flag("forced", in: row), state: state,
            enforced: reading.optionalWord("enforced", in: row),
            policy: row.optionalText("policy"),
            sight: sight(of: id, user: row.id("user"), steps: steps), unchanged: findings.unchanged,
            remaining: findings.remaining, steps: steps)
    }

    /// The newest process of the user that was begun; what an older one left undone is void.
    ///
    /// One whose state can't be read is among them: it is no request, as far as anybody knows.
    package func newest(of user: UserID) throws(StoreError) -> ProcessID? {
        let statement = try database.prepare(
            """
            SELECT id FROM processes
            WHERE user = ?
                AND state NOT IN ('requested', 'rejected', 'withdrawn', 'expired', 'refused')
            ORDER BY begun DESC, id LIMIT 1
            """)
        try statement.bind(user, at: 1)
        return try statement.first { row throws(StoreError) in try row.id("id") }
    }

    /// Processes with something left to do, oldest first.
    package func unfinished() throws(StoreError) -> [ProcessID] {
        try requireKnownStates()
        return try database.prepare(
            "SELECT id FROM processes WHERE state IN ('open', 'partial') ORDER BY id"
        ).all { row throws(StoreError) in try row.id("id") }
    }

    /// Those that have something left in the directory, or nothing but their end to be written down.
    ///
    /// `dueBy`: only those that are due by then; nil: all, due or not. The steps of the directory are
    /// taken together, once the last of them is due.
    package func unfinishedInDirectory(dueBy: Timestamp?) throws(StoreError) -> [ProcessID] {
        try requireKnownStates()
        let statement = try database.prepare(
            """
            SELECT id FROM processes
            WHERE state IN ('open', 'partial')
                AND (?1 IS NULL OR NOT EXISTS (SELECT 1 FROM steps WHERE process = processes.id
                    AND entry_id IS NOT NULL AND due_at > ?1))
                AND (EXISTS (SELECT 1 FROM steps WHERE process = processes.id
                        AND entry_id IS NOT NULL AND state IN ('pending', 'failed'))
                    OR NOT EXISTS (SELECT 1 FROM steps WHERE process = processes.id
                        AND state IN ('pending', 'failed')))
            ORDER BY id
            """)
        try statement.bind(dueBy?.seconds, at: 1)
        return try statement.all { row throws(StoreError) in try row.id("id") }
    }

    /// Of a process whose state can't be read nobody knows whether its steps are still to be taken.
    func requireKnownStates() throws(StoreError) {
        let statement = try database.prepare(
            """
            SELECT p.id FROM steps s JOIN processes p ON p.id = s.process
            WHERE s.state IN ('pending', 'failed') AND p.state NOT IN ('requested', 'open',
                'completed', 'partial', 'superseded', 'rejected', 'withdrawn', 'expired', 'refused')
            LIMIT 1
            """)
        let found = try statement.first { row throws(StoreError) in
            try RowReading(row.int("id"), of: "processes", in: row).unreadable("state")
        }
        if let found { throw found }
    }

    /// How a process stands by its steps that was begun and not refused.
    ///
    /// A step of it that is superseded alone was found to be another's by now.
    func standing(of process: ProcessID) throws(StoreError) -> ProcessState {
        let statement = try database.prepare(
            """
            SELECT 1 FROM steps WHERE process = ? AND state NOT IN ('done', 'superseded') LIMIT 1
            """)
        try statement.bind(process, at: 1)
        return try statement.step() ? .partial : .completed
    }

    /// Whether nothing of it is left in the directory, whatever is elsewhere.
    func isDoneInDirectory(_ process: ProcessID) throws(StoreError) -> Bool {
        let statement = try database.prepare(
            """
            SELECT 1 FROM steps WHERE process = ? AND entry_id IS NOT NULL AND state != 'done'
            LIMIT 1
            """)
        try statement.bind(process, at: 1)
        return try !statement.step()
    }

    /// Writes down how a process stands now.
    func setState(
        of process: ProcessID, _ state: ProcessState, enforced: Enforcement?, policy: String?,
        unchanged: [Finding], remaining: [Finding], at now: Timestamp
    ) throws(StoreError) {
        let findings: JSONValue = [
            "unchanged": .array(unchanged.map(\.json)), "remaining": .array(remaining.map(\.json)),
        ]
        try database.prepare(
            """
            UPDATE processes SET state = ?, enforced = ?, policy = ?, findings = ?,
                finished_at = coalesce(finished_at, ?)
            WHERE id = ?
            """
        ).run(
            state.rawValue, enforced?.rawValue, policy, findings.text,
            state == .completed ? now.seconds : nil, process)
    }
}
