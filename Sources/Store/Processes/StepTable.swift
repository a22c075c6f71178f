package import Identity
internal import LDAP

// The table `steps`.
extension ProcessTable {
    package func steps(of process: Int64) throws(StoreError) -> [Step] {
        let statement = try database.prepare(
            """
            SELECT ordinal, kind, target, entry_id, change, state, attempts, error_code,
                error_message
            FROM steps WHERE process = ? ORDER BY ordinal
            """)
        try statement.bind(process, at: 1)
        return try statement.all { row throws(StoreError) in
            guard let kind = StepKind(rawValue: row.text(1)),
                let state = StepState(rawValue: row.text(5))
            else { throw unreadable(process) }
            return Step(
                process: process, ordinal: Int(row.int(0)), kind: kind, target: row.text(2),
                remote: Self.remote(change: row.optionalText(4), entry: row.optionalText(3)),
                state: state, attempts: Int(row.int(6)),
                error: row.optionalInt(7).map {
                    StepError(code: Int32(truncatingIfNeeded: $0), message: row.text(8))
                })
        }
    }

    private static func remote(change: String?, entry: String?) -> Step.Remote? {
        guard let entry, let json = change.flatMap({ JSONValue(parsing: $0) }),
            let change = DirectoryChange(json: json)
        else { return nil }
        return Step.Remote(change: change, entry: EntryID(entry))
    }

    /// What stood there before the step's first attempt; nil where that was not written down yet.
    package func prior(of step: Step) throws(StoreError) -> PriorValues? {
        let statement = try database.prepare(
            "SELECT prior FROM steps WHERE process = ? AND ordinal = ?")
        try statement.bind(step.process, at: 1)
        try statement.bind(Int64(step.ordinal), at: 2)
        let text = try statement.first { row throws(StoreError) in row.optionalText(0) } ?? nil
        return text.flatMap { JSONValue(parsing: $0) }.flatMap { PriorValues(json: $0) }
    }

    /// Journals the prior values, once: what is there already stays.
    func journal(_ prior: PriorValues, of step: Step) throws(StoreError) {
        try database.prepare(
            "UPDATE steps SET prior = ? WHERE process = ? AND ordinal = ? AND prior IS NULL"
        ).run(prior.json.text, step.process, Int64(step.ordinal))
    }

    /// Writes down how an attempt ended; a superseded step stays so.
    func record(_ result: StepResult, of step: Step, at now: Timestamp) throws(StoreError) {
        try database.prepare(
            """
            UPDATE steps SET state = ?, attempts = attempts + 1, due_at = ?, error_code = ?,
                error_message = ?, finished_at = ?, target = coalesce(?, target)
            WHERE process = ? AND ordinal = ? AND state != 'superseded'
            """
        ).run(
            result.state.rawValue,
            result.state == .pending ? now.seconds + StepResult.delay(after: step.attempts) : nil,
            result.error.map { Int64($0.code) }, result.error?.message,
            result.state == .done ? now.seconds : nil, result.target, step.process,
            Int64(step.ordinal))
    }
}

extension ProcessTable {
    /// What is pending or failed of everything that was begun for a user.
    package func unfinishedSteps(of user: Int64) throws(StoreError) -> [Step] {
        let statement = try database.prepare(
            "SELECT id FROM processes WHERE user = ? AND state IN ('open', 'partial') ORDER BY id")
        try statement.bind(user, at: 1)
        let processes = try statement.all { row throws(StoreError) in row.int(0) }
        var unfinished: [Step] = []
        for process in processes {
            unfinished += try steps(of: process).filter {
                $0.state == .pending || $0.state == .failed
            }
        }
        return unfinished
    }
}
