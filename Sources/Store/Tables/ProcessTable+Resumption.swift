internal import Identity

// A lock that an unlock was to end, and that stands all the same.
extension ProcessTable {
    /// The lock that held the user before a process; not the repairs of its drift.
    func lastLock(of user: UserID, before process: ProcessID) throws(StoreError) -> ProcessID? {
        let statement = try database.prepare(
            """
            SELECT id FROM processes
            WHERE user = ?1 AND begun < (SELECT begun FROM processes WHERE id = ?2)
                AND use_case = 'UsersProcLock'
                AND state NOT IN ('requested', 'rejected', 'withdrawn', 'expired', 'refused')
                AND EXISTS (SELECT 1 FROM steps WHERE process = processes.id AND kind = 'lockUser')
            ORDER BY begun DESC LIMIT 1
            """)
        try statement.bind(user, at: 1)
        try statement.bind(process, at: 2)
        return try statement.first { row throws(StoreError) in try row.id("id") }
    }

    /// Takes all directory steps of a lock up again: a refused unlock has taken some out of the queue,
    /// and may have undone others without living to write that down.
    ///
    /// What is done elsewhere stays done, unless the unlock was told there, too. Prior values stay: what
    /// stood there before the lock is what the next unlock gives back. So does when a step was first done:
    /// it is what the time to disabled is told by.
    func resume(_ lock: ProcessID, insteadOf refused: ProcessID, user: UserID) throws(StoreError) {
        // Repairs of its drift were begun after it: all that they did is among its own steps, and it
        // is the newest now.
        try database.prepare(
            """
            UPDATE processes SET begun = (SELECT begun FROM processes WHERE id = ?2)
            WHERE user = ?1 AND use_case = 'UsersProcLock'
                AND begun > (SELECT begun FROM processes WHERE id = ?2)
                AND begun < (SELECT begun FROM processes WHERE id = ?3)
            """
        ).run(user, lock, refused)
        try database.prepare(
            """
            UPDATE steps SET state = 'pending', attempts = 0, due_at = NULL, error_code = NULL,
                error_message = NULL
            WHERE process = ?1 AND change IS NOT NULL
                AND (entry_id IS NOT NULL OR state != 'done'
                    OR EXISTS (SELECT 1 FROM steps u WHERE u.process = ?2 AND u.kind = steps.kind
                        AND u.target = steps.target AND u.attempts > 0))
            """
        ).run(lock, refused)
        try database.prepare(
            """
            UPDATE steps SET change = json_set(change, '$.after', ?2)
            WHERE process = ?1 AND kind = 'notify' AND state = 'pending'
            """
        ).run(lock, refused)
        try database.prepare(
            """
            UPDATE processes SET state = 'partial', enforced = NULL, policy = NULL WHERE id = ?
            """
        ).run(lock)
        try withdrawAnew(lock, user: user)
    }

    /// Memberships that the refused process had given back already.
    private func withdrawAnew(_ lock: ProcessID, user: UserID) throws(StoreError) {
        try database.prepare(
            """
            UPDATE memberships SET withdrawn_by = ?1
            WHERE withdrawn_by IS NULL AND role_group IN (
                SELECT g.id FROM steps s JOIN role_groups g ON g.entry_id = s.entry_id
                WHERE s.process = ?1 AND s.kind = 'removeFromGroup')
            AND member IN (
                SELECT dn_key FROM users WHERE id = ?2
                UNION SELECT uid_key FROM users WHERE id = ?2
                UNION SELECT uid_key FROM other_uids WHERE user = ?2)
            """
        ).run(lock, user)
    }
}
