package import Ground
package import Identity
internal import LDAP

extension Store {
    package var processes: ProcessTable { ProcessTable(database: database) }

    /// Begins a process: journal, changes in the store, audit event, in one transaction.
    ///
    /// From here on it is a fact. `request`: the approved one that becomes the process. nil when the
    /// user was changed since the plan was made, or the request is open no more; nothing was written
    /// then. `priors`: what a step's attempt will replace, by the step's place in the plan, where the
    /// plan was made from a look at it.
    package func begin(
        _ draft: ProcessDraft, plan: Plan, request: ProcessID? = nil,
        priors: [Int: PriorValues] = [:]
    ) throws(StoreError) -> ProcessID? {
        try write { (transaction: borrowing Transaction) throws(StoreError) -> ProcessID? in
            guard let user = try user(draft.user), user.revision == draft.revision else {
                return nil
            }
            if let request, try self.request(request)?.state != .requested { return nil }
            let process = try processes.insert(
                draft, plan: plan, request: request, priors: priors)
            let changes = LocalChanges(store: self, draft: draft, process: process)
            try raiseRevision(of: draft.user, in: transaction)
            for step in plan.steps {
                if case .local(let change) = step.work {
                    try changes.make(change, in: transaction)
                }
            }
            try processes.supersede(earlierThan: process, of: draft.user)
            try VoidRequests(self, by: draft).withdraw(for: process, in: transaction)
            _ = try transaction.append(draft.began(process, user: user, plan: plan))
            for step in plan.steps {
                try tellOthers(of: step, than: user, draft, process, in: transaction)
            }
            return process
        }
    }

    /// Writes down what one going-over of a process came to.
    package func finish(_ end: ProcessEnd, by: Operator) throws(StoreError) {
        try write { (transaction: borrowing Transaction) throws(StoreError) in
            guard let process = try processes.process(end.process),
                let user = try user(process.user)
            else { return }
            for (step, result) in end.results {
                try processes.record(result, of: step, at: end.at)
                if end.disproves(step, result, of: process) {
                    try processes.forgetDisabling(of: process.id)
                }
            }
            guard process.isUnfinished else { return }
            let state =
                end.isRefused ? .refused : try processes.standing(of: end.process)
            try processes.setState(
                of: end.process, state, enforced: end.enforced, policy: end.policy,
                unchanged: process.unchanged,
                remaining: process.remaining
                    + end.remaining.filter { !process.remaining.contains($0) },
                at: end.at)
            try forgetStripped(end, process: process)
            try recordGiven(end, process: process)
            if state == .refused { try takeBack(process, user: user, in: transaction) }
            if end.isSeenDisabled {
                // The digest still is that of an enabled entry: without a new one a sync would not
                // see that somebody enables it again.
                try database.prepare("UPDATE users SET disabled = 1, digest = x'' WHERE id = ?")
                    .run(process.user)
            }
            if let account = end.account {
                try AccountLimitsTable(database).set(account.limits, of: process.user)
            }
            try readAnew(end, process: process)
            if end.changes(process, to: state) {
                _ = try transaction.append(end.event(process, state, user: user, by: by))
            }
        }
    }

    /// The user goes back to the lock that the refused process was to end.
    private func takeBack(
        _ process: IdentityProcess, user: User, in transaction: borrowing Transaction
    ) throws(StoreError) {
        guard user.stateProcess == process.id,
            let lock = try processes.lastLock(of: user.id, before: process.id)
        else { return }
        try database.prepare(
            """
            UPDATE users SET state = 'locked', state_process = ?, revision = revision + 1
            WHERE id = ?
            """
        ).run(lock, user.id)
        try database.prepare(
            """
            UPDATE steps SET state = 'superseded', due_at = NULL
            WHERE process = ? AND state IN ('pending', 'failed')
            """
        ).run(process.id)
        try processes.resume(lock, insteadOf: process.id, user: user.id)
    }

    /// What a process did to the entry is read at the next sync, whatever was stored of it before.
    private func readAnew(_ end: ProcessEnd, process: IdentityProcess) throws(StoreError) {
        guard end.results.contains(where: { $0.step.kind.isOfEntry && $0.result.state == .done })
        else { return }
        try database.prepare("UPDATE users SET digest = x'' WHERE id = ?").run(process.user)
        guard end.isSeenEnabled, try processes.isDoneInDirectory(process.id) else { return }
        try database.prepare("UPDATE users SET disabled = 0 WHERE id = ?").run(process.user)
    }

    /// Memberships that were taken away and seen gone are facts no more; the group is compared anew
    /// at its next read.
    private func forgetStripped(
        _ end: ProcessEnd, process: IdentityProcess
    ) throws(StoreError) {
        let forget = try database.prepare(
            """
            DELETE FROM memberships WHERE withdrawn_by = ?1 AND role_group IN (
                SELECT g.id FROM users u JOIN role_groups g ON g.directory = u.directory
                WHERE u.id = ?2 AND g.entry_id = ?3)
            """)
        let compare = try database.prepare(
            """
            UPDATE role_groups SET digest = NULL
            WHERE directory = (SELECT directory FROM users WHERE id = ?1) AND entry_id = ?2
            """)
        for (step, result) in end.results where result.state == .done {
            guard let group = step.work(as: RemoveFromGroup.self)?.group else { continue }
            try forget.run(end.process, process.user, group.text)
            try compare.run(process.user, group.text)
        }
    }

    /// Memberships that were given back are facts again.
    private func recordGiven(_ end: ProcessEnd, process: IdentityProcess) throws(StoreError) {
        let give = try database.prepare(
            """
            INSERT INTO memberships (member, role_group)
            SELECT CASE WHEN ?3 IS NULL THEN u.dn_key
                WHEN EXISTS (SELECT 1 FROM other_uids o WHERE o.user = u.id AND o.uid_key = ?3)
                THEN ?3 ELSE u.uid_key END, g.id
            FROM users u JOIN role_groups g ON g.directory = u.directory
            WHERE u.id = ?1 AND g.entry_id = ?2
            ON CONFLICT (member, role_group) DO UPDATE SET withdrawn_by = NULL
            """)
        for (step, result) in end.results where result.state == .done {
            guard let given = step.work(as: AddToGroup.self) else { continue }
            let membership = given.membership
            let uid =
                membership.attribute == AttributeName("memberUid")
                ? MemberKey(uid: Array(membership.value.utf8)) : nil
            try give.run(process.user, given.group.text, uid)
        }
    }

    /// Writes the prior values of a step down before its first attempt.
    package func journal(_ prior: PriorValues, of step: Step) throws(StoreError) {
        try write { (transaction: borrowing Transaction) throws(StoreError) in
            try processes.journal(prior, of: step)
        }
    }

    /// The lock that holds a locked user; nil for everybody else.
    package func lock(of user: User) throws(StoreError) -> RecordedLock? {
        guard user.state == .locked, let id = user.stateProcess,
            let process = try processes.process(id)
        else { return nil }
        return RecordedLock(
            process: id, reason: process.reason, text: process.reasonText, at: process.at,
            by: process.by.login)
    }

    /// Somebody looked at a preview and decided against it; of a `request` it stays open.
    package func recordCancellation(
        of useCase: UseCase, user: User, request: ProcessID? = nil, by: Operator, at: Timestamp
    ) throws(StoreError) {
        let what = request == nil ? "" : " approval"
        try write { (transaction: borrowing Transaction) throws(StoreError) in
            _ = try transaction.append(
                AuditEvent(
                    at: at, by: by.login, host: by.host, terminal: by.terminal,
                    event: "\(useCase.word)\(what) cancelled", process: request,
                    user: user.subject))
        }
    }

    /// What was read of the user before this decides nothing any more.
    package func raiseRevision(
        of user: UserID, in transaction: borrowing Transaction
    ) throws(StoreError) {
        try database.prepare("UPDATE users SET revision = revision + 1 WHERE id = ?").run(user)
    }

    /// The right to carry out the user's steps; nil where another program has it.
    package func executorLock(of user: UserID) throws(StoreError) -> ExecutorLock? {
        try ExecutorLock(store: path, user: user, waiting: 10)
    }
}

extension User {
    /// How an audit event names the user.
    package var subject: AuditEvent.Subject {
        AuditEvent.Subject(id: id, username: record.username, dn: record.dn.text)
    }
}

extension ProcessDraft {
    func began(_ process: ProcessID, user: User, plan: Plan) -> AuditEvent {
        event(useCase.word, process, user: user, plan: plan)
    }

    func event(_ event: String, _ process: ProcessID, user: User, plan: Plan) -> AuditEvent {
        AuditEvent(
            at: at, by: by.login, host: by.host, terminal: by.terminal, event: event,
            process: process, user: user.subject,
            detail: [
                "useCase": .string(useCase.rawValue), "reason": .string(reason),
                "text": .string(reasonText), "note": JSONValue(note), "forced": .bool(forced),
                "run": JSONValue(run), "cause": JSONValue(cause?.rawValue),
                "released": JSONValue(released), "steps": plan.summary,
            ])
    }
}
