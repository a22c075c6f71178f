package import Ground
package import Identity

extension StepCatalogue {
    /// The steps that a summary of a plan shows.
    func shown(_ summary: JSONValue) throws(Unreadable) -> [ShownStep] {
        try summary.elements { step throws(Unreadable) in try ShownStep(json: step, among: self) }
    }
}

extension Store {
    /// Writes a request down; nil where one for the same user and use case is open.
    package func request(
        _ draft: ProcessDraft, plan: Plan, expires: Timestamp
    ) throws(StoreError) -> ProcessID? {
        try write { (transaction: borrowing Transaction) throws(StoreError) -> ProcessID? in
            guard let user = try user(draft.user),
                try openRequest(for: draft.user, draft.useCase) == nil
            else { return nil }
            let process = try processes.insertHead(
                draft, plan: plan, state: .requested, request: nil, expires: expires)
            _ = try transaction.append(
                draft.event("\(draft.useCase.word) requested", process, user: user, plan: plan))
            return process
        }
    }

    /// The open request for a user and use case.
    package func openRequest(
        for user: UserID, _ useCase: UseCase
    ) throws(StoreError) -> ProcessID? {
        let statement = try database.prepare(
            "SELECT id FROM processes WHERE user = ? AND use_case = ? AND state = 'requested'")
        try statement.bind(user, at: 1)
        try statement.bind(useCase.rawValue, at: 2)
        return try statement.first { row throws(StoreError) in try row.id("id") }
    }

    /// Every open request, oldest first.
    package func openRequests() throws(StoreError) -> [Request] {
        let statement = try database.prepare(
            "SELECT id FROM processes WHERE state = 'requested' ORDER BY id")
        let ids: [ProcessID] = try statement.all { row throws(StoreError) in try row.id("id") }
        var requests: [Request] = []
        for id in ids {
            if let request = try request(id) { requests.append(request) }
        }
        return requests
    }

    /// A process as the request that it is or was; nil where there is no such process.
    package func request(_ id: ProcessID) throws(StoreError) -> Request? {
        let statement = try database.prepare(
            """
            SELECT use_case, user, reason, note, by, at, expires_at, state, decided_by, snapshot,
                findings
            FROM processes WHERE id = ?
            """)
        try statement.bind(id, at: 1)
        return try statement.first { row throws(StoreError) in
            let reading = RowReading(id, of: "processes", in: row)
            let asked = try reading.json("findings", in: row, KeptFindings.init(json:))
            return try Request(
                process: id, useCase: reading.word("use_case", in: row), user: row.id("user"),
                reason: row.text("reason"),
                note: row.optionalText("note"), by: row.text("by"), at: row.time("at"),
                expires: row.optionalTime("expires_at"),
                state: reading.word("state", in: row),
                decidedBy: row.optionalText("decided_by"),
                plan: reading.json("snapshot", in: row, database.stepKinds.shown),
                restoresRoles: asked.restoresRoles, rolesOf: asked.rolesOf)
        }
    }

    /// Ends a request that is open; false where it is open no more.
    package func close(
        _ id: ProcessID, as state: ProcessState, because: String?, by: Operator, at now: Timestamp
    ) throws(StoreError) -> Bool {
        try write { (transaction: borrowing Transaction) throws(StoreError) -> Bool in
            try decide(id, state, because: because, by: by, at: now, in: transaction)
        }
    }

    /// Ends every request whose time is over, and says how many there were.
    package func expireRequests(by: Operator, at now: Timestamp) throws(StoreError) -> Int {
        let over = try openRequests().filter { $0.expires.map { $0 <= now } ?? false }
        guard !over.isEmpty else { return 0 }
        return try write { (transaction: borrowing Transaction) throws(StoreError) -> Int in
            for request in over {
                _ = try decide(
                    request.process, .expired, because: nil, by: by, at: now, in: transaction)
            }
            return over.count
        }
    }

    func decide(
        _ id: ProcessID, _ state: ProcessState, because: String?, by: Operator, at now: Timestamp,
        in transaction: borrowing Transaction
    ) throws(StoreError) -> Bool {
        try database.prepare(
            """
            UPDATE processes
            SET state = ?, decided_by = ?, decided_at = ?, decision = ?, finished_at = ?
            WHERE id = ? AND state = 'requested'
            """
        ).run(state.rawValue, by.login, now.seconds, because, now.seconds, id)
        guard database.changes == 1, let process = try processes.process(id),
            let user = try user(process.user)
        else { return false }
        _ = try transaction.append(
            AuditEvent(
                at: now, by: by.login, host: by.host, terminal: by.terminal,
                event: "\(process.useCase.word) request \(state.rawValue)", process: id,
                user: user.subject,
                detail: ["reason": .string(process.reason), "because": JSONValue(because)]))
        return true
    }
}

/// The requests that a process makes void when it begins: those for the same user and use case, and
/// with a lock all but those for an unlock.
struct VoidRequests {
    private let store: Store
    private let draft: ProcessDraft

    init(_ store: Store, by draft: ProcessDraft) {
        self.store = store
        self.draft = draft
    }

    func withdraw(
        for process: ProcessID, in transaction: borrowing Transaction
    ) throws(StoreError) {
        for useCase in UseCase.allCases {
            guard useCase == draft.useCase || (draft.useCase == .lock && useCase != .unlock),
                let open = try store.openRequest(for: draft.user, useCase), open != process
            else { continue }
            _ = try store.decide(
                open, .withdrawn, because: "process \(process) has made it void", by: draft.by,
                at: draft.at, in: transaction)
        }
    }
}

/// A process that waits for approval, or what became of it.
package struct Request: Hashable, Sendable {
    package let process: ProcessID
    package let useCase: UseCase
    /// The row id of the user.
    package let user: UserID
    package let reason: String
    package let note: String?
    package let by: String
    package let at: Timestamp
    package let expires: Timestamp?
    package let state: ProcessState
    package let decidedBy: String?
    /// The steps as the requester saw them.
    package let plan: [ShownStep]
    /// Whether `--restore-roles` was asked for.
    package let restoresRoles: Bool
    /// The process whose roles are to be given back.
    package let rolesOf: ProcessID?
}
