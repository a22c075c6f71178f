package import Ground
package import Identity

extension Store {
    /// Goes on with a store that was rolled back, or has events of a time to come: what it would
    /// still do is void, and the audit log says why.
    ///
    /// For a store that was opened with `.adopt`; afterwards it can be opened with `.write`. What
    /// happened after the backup is unknown, so that nothing of before is sent any more, everything is
    /// read anew, and what drifted since is enforced only after somebody has looked at it. Times of a
    /// clock that was ahead hold nothing up any more: who went missing then has gone missing now.
    package func adopt(
        because: String, by: Operator, at now: Timestamp
    ) throws(StoreError) -> Adoption {
        let why = rollback?.message
        let adoption = try write {
            (transaction: borrowing Transaction) throws(StoreError) -> Adoption in
            let requests = try closeRequests(by: by, at: now, in: transaction)
            let steps = try supersedeEverything()
            try database.execute("UPDATE role_groups SET digest = NULL")
            try database.execute("DELETE FROM streams")
            try database.execute("UPDATE directories SET adopted = 1")
            try database.execute("DELETE FROM copies")
            try forgetTimes(after: now)
            let head = try transaction.append(
                AuditEvent(
                    at: now, by: by.login, host: by.host, terminal: by.terminal,
                    event: "store adopted",
                    detail: [
                        "because": .string(because), "why": JSONValue(why),
                        "requests": .int(requests), "steps": .int(steps),
                    ]))
            try database.prepare("INSERT INTO adoptions (sequence) VALUES (?)").run(head.sequence)
            return Adoption(requests: requests, steps: steps, head: head)
        }
        try acceptRollback()
        return adoption
    }

    /// Why a sync changes nobody's state: something has happened already that is later than this clock.
    ///
    /// A sentence without a full stop; nil where the clock is not earlier.
    package func clockFinding(at now: Timestamp) throws(StoreError) -> String? {
        guard let newest = try audit.newest(), now < newest else { return nil }
        return "the clock is earlier than the newest audit event, of \(newest.rfc3339): "
            + "no sync changes anybody's state"
    }

    private func forgetTimes(after now: Timestamp) throws(StoreError) {
        try database.prepare("UPDATE users SET missing_since = ?1 WHERE missing_since > ?1")
            .run(now.seconds)
        try database.prepare("UPDATE directories SET read_at = NULL WHERE read_at > ?")
            .run(now.seconds)
        try database.prepare("DELETE FROM told WHERE told_at > ?").run(now.seconds)
    }

    private func closeRequests(
        by: Operator, at now: Timestamp, in transaction: borrowing Transaction
    ) throws(StoreError) -> Int64 {
        var closed: Int64 = 0
        for request in try openRequests() {
            let isClosed = try decide(
                request.process, .withdrawn, because: "the store was restored from a backup",
                by: by, at: now, in: transaction)
            if isClosed { closed += 1 }
        }
        return closed
    }

    private func supersedeEverything() throws(StoreError) -> Int64 {
        try database.prepare(
            """
            UPDATE steps SET state = 'superseded', due_at = NULL
            WHERE state IN ('pending', 'failed')
            """
        ).run()
        let steps = database.changes
        try database.prepare(
            "UPDATE processes SET state = 'superseded' WHERE state IN ('open', 'partial')"
        ).run()
        return steps
    }
}

/// What became void when a store that was rolled back was taken for what happened.
package struct Adoption: Hashable, Sendable {
    /// Open requests that were closed.
    package let requests: Int64
    /// Steps that were taken out of the queue.
    package let steps: Int64
    /// The event that says why.
    package let head: AuditHead
}
