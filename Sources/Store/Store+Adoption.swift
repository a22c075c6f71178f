package import Identity
package import LDAP

extension Store {
    /// Goes on with a store that was rolled back: what it would still do is void, and the audit log
    /// says why.
    ///
    /// For a store that was opened with `.adopt`; afterwards it can be opened with `.write`. What
    /// happened after the backup is unknown, so that nothing of before is sent any more, everything is
    /// read anew, and what drifted since is enforced only after somebody has looked at it.
    package func adopt(
        because: String, by: Operator, at now: Timestamp
    ) throws(StoreError) -> Adoption {
        let why = rollback?.message
        let adoption = try transaction { () throws(StoreError) -> Adoption in
            let requests = try closeRequests(by: by, at: now)
            let steps = try supersedeEverything()
            try database.execute("UPDATE role_groups SET digest = NULL")
            try database.execute("DELETE FROM streams")
            try database.execute("UPDATE directories SET adopted = 1")
            let head = try audit.append(
                AuditEvent(
                    at: now, by: by.login, host: by.host, terminal: by.terminal,
                    event: "store adopted",
                    detail: [
                        "because": .string(because), "why": JSONValue(why),
                        "requests": .int(requests), "steps": .int(steps),
                    ]))
            return Adoption(requests: requests, steps: steps, head: head)
        }
        try acceptRollback()
        return adoption
    }

    private func closeRequests(by: Operator, at now: Timestamp) throws(StoreError) -> Int64 {
        var closed: Int64 = 0
        for request in try openRequests() {
            let isClosed = try decide(
                request.process, .withdrawn, because: "the store was restored from a backup",
                by: by, at: now)
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
