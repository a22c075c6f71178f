internal import Ground
package import Identity
internal import LDAP

// The table `steps`.
extension ProcessTable {
    package func steps(of process: ProcessID) throws(StoreError) -> [Step] {
        let statement = try database.prepare(
            """
            SELECT ordinal, kind, target, entry_id, change, state, attempts, error_code,
                error_message, prior, due_at
            FROM steps WHERE process = ? ORDER BY ordinal
            """)
        try statement.bind(process, at: 1)
        return try statement.all { row throws(StoreError) in
            try Self.step(row, of: process, database.stepKinds)
        }
    }

    private static func step(
        _ row: borrowing Statement, of process: ProcessID, _ kinds: StepCatalogue
    ) throws(StoreError) -> Step {
        let ordinal = try row.int("ordinal")
        let reading = RowReading("\(ordinal) of process \(process)", of: "steps", in: row)
        let kind = try reading.kind(in: row, among: kinds)
        let state: StepState = try reading.word("state", in: row)
        let work = try work(row, of: kind, kinds, reading)
        guard state != .planned, kind.isRemote || state == .done else {
            throw reading.unreadable(
                "state", Unreadable("is none that a \(kind.rawValue) can have"))
        }
        _ = try prior(row, reading)
        return try Step(
            process: process, ordinal: Int(ordinal), target: row.text("target"), work: work,
            state: state,
            attempts: Int(row.int("attempts")), due: row.optionalTime("due_at"),
            error: try error(
                row.optionalInt("error_code"), row.optionalText("error_message"), reading))
    }

    /// A step is of the transaction when its kind, its change and its entry all say so, and of the
    /// directory when it has an entry.
    private static func work(
        _ row: borrowing Statement, of kind: StepKind, _ kinds: StepCatalogue,
        _ reading: RowReading
    ) throws(StoreError) -> Step.Work {
        func requireNone(_ column: StaticString) throws(StoreError) {
            guard try row.isNull(column) else {
                throw reading.unreadable(
                    column, Unreadable("is none that a \(kind.rawValue) can have"))
            }
        }
        if !kind.isInDirectory { try requireNone("entry_id") }
        guard let form = kinds.form(of: kind) else {
            try requireNone("change")
            try requireNone("prior")
            return .local(kind)
        }
        guard try !row.isNull("change") else {
            throw reading.unreadable("change", Unreadable("is not there"))
        }
        let entry = try row.optionalText("entry_id")
        if kind.isInDirectory, entry?.isEmpty ?? true {
            throw reading.unreadable("entry_id", Unreadable("is not there"))
        }
        let step = try reading.json("change", in: row) {
            json throws(Unreadable) -> any RemoteStep in
            try form.init(journal: json, entry: entry.map { EntryID($0) })
        }
        return .remote(step)
    }

    private static func error(
        _ code: Int64?, _ message: String?, _ reading: RowReading
    ) throws(StoreError) -> StepError? {
        switch (code, message) {
        case (nil, nil): return nil
        case (let code?, let message?):
            guard let code = Int32(exactly: code) else { throw reading.unreadable("error_code") }
            return StepError(code: ResultCode(rawValue: code), message: message)
        case (_?, nil): throw reading.unreadable("error_message", Unreadable("is not there"))
        case (nil, _?): throw reading.unreadable("error_code", Unreadable("is not there"))
        }
    }

    private static func prior(
        _ row: borrowing Statement, _ reading: RowReading
    ) throws(StoreError) -> PriorValues? {
        try reading.optionalJSON("prior", in: row, PriorValues.init(json:))
    }

    /// What stood there before the step's first attempt; nil where that was not written down yet.
    package func prior(of step: Step) throws(StoreError) -> PriorValues? {
        let statement = try database.prepare(
            "SELECT prior FROM steps WHERE process = ? AND ordinal = ?")
        try statement.bind(step.process, at: 1)
        try statement.bind(Int64(step.ordinal), at: 2)
        let found = try statement.first { row throws(StoreError) in
            try Self.prior(
                row,
                RowReading("\(step.ordinal) of process \(step.process)", of: "steps", in: row))
        }
        return found ?? nil
    }

    /// Journals the prior values, once: what is there already stays.
    func journal(_ prior: PriorValues, of step: Step) throws(StoreError) {
        try database.prepare(
            "UPDATE steps SET prior = ? WHERE process = ? AND ordinal = ? AND prior IS NULL"
        ).run(prior.json.text, step.process, Int64(step.ordinal))
    }

    /// Writes down how an attempt ended; a superseded step stays so.
    ///
    /// When it was first done stays: what is done again after a refused unlock was done before it.
    func record(_ result: StepResult, of step: Step, at now: Timestamp) throws(StoreError) {
        try database.prepare(
            """
            UPDATE steps SET state = ?1, attempts = attempts + 1, due_at = ?2, error_code = ?3,
                error_message = ?4,
                finished_at = coalesce(finished_at, ?5),
                target = coalesce(?6, target)
            WHERE process = ?7 AND ordinal = ?8 AND state != 'superseded'
            """
        ).run(
            result.state.rawValue,
            result.state == .pending ? now.seconds + StepResult.delay(after: step.attempts) : nil,
            result.error.map { Int64($0.code.rawValue) }, result.error?.message,
            result.state == .done ? now.seconds : nil, result.target, step.process,
            Int64(step.ordinal))
        guard step.kind == .disableEntry, result.state == .done else { return }
        try database.prepare(
            "UPDATE processes SET disabled_after = coalesce(disabled_after, ?1 - at) WHERE id = ?2"
        ).run(now.seconds, step.process)
    }

    /// The entry was never disabled, whatever the server said: the time that counts is a later one.
    func forgetDisabling(of process: ProcessID) throws(StoreError) {
        try database.prepare("UPDATE processes SET disabled_after = NULL WHERE id = ?").run(process)
    }
}

extension ProcessTable {
    /// What is pending or failed of everything that was begun for a user.
    package func unfinishedSteps(of user: UserID) throws(StoreError) -> [Step] {
        let statement = try database.prepare(
            """
            SELECT id FROM processes
            WHERE user = ? AND state NOT IN ('requested', 'completed', 'superseded', 'rejected',
                'withdrawn', 'expired', 'refused')
            ORDER BY id
            """)
        try statement.bind(user, at: 1)
        let ids: [ProcessID] = try statement.all { row throws(StoreError) in try row.id("id") }
        var unfinished: [Step] = []
        for id in ids {
            guard let process = try process(id) else { continue }
            unfinished += process.steps.filter(\.isUnfinished)
        }
        return unfinished
    }
}
