package import Ground
package import Identity
internal import LDAP

/// What `status` asks.
extension Store {
    /// In the order of their names; one without users is there, too.
    ///
    /// But for those that are `left` out. Asks indexes alone: the rows of a million users take a
    /// second to pass.
    package func directoryOverviews(
        without left: [DirectoryName] = []
    ) throws(StoreError) -> [DirectoryOverview] {
        // `state != 'active'` is the condition of the index: SQLite does not conclude it.
        let statement = try database.prepare(
            """
            SELECT d.name, d.read_at,
                (SELECT count(*) FROM users WHERE directory = d.id) AS users,
                (SELECT count(*) FROM users
                    WHERE directory = d.id AND state != 'active' AND state = 'inactive') AS inactive,
                (SELECT count(*) FROM users
                    WHERE directory = d.id AND state != 'active' AND state = 'locked') AS locked,
                (SELECT count(*) FROM users WHERE directory = d.id AND missing_since IS NOT NULL)
                    AS missing
            FROM directories d WHERE d.name = ?
            """)
        let names = try database.prepare("SELECT name FROM directories ORDER BY name")
            .all { row throws(StoreError) in try row.directory("name") }
        var overviews: [DirectoryOverview] = []
        for name in names where !left.contains(name) {
            try statement.bind(name, at: 1)
            overviews += try statement.all { row throws(StoreError) in
                try DirectoryOverview(
                    name: row.directory("name"),
                    active: row.int("users") - row.int("inactive") - row.int("locked"),
                    inactive: row.int("inactive"), locked: row.int("locked"),
                    missing: row.int("missing"),
                    readAt: row.optionalTime("read_at"))
            }
        }
        return overviews
    }

    /// Every step that is pending or failed, of the oldest process first.
    package func queue() throws(StoreError) -> [QueuedStep] {
        var queue: [QueuedStep] = []
        for id in try processes.unfinished() {
            guard let process = try processes.process(id) else { continue }
            for step in process.steps where step.isUnfinished {
                queue.append(QueuedStep(process: process, step: step))
            }
        }
        return queue
    }

    /// When the first of what was put off is to be tried again, of people of these directories; nil where
    /// nothing was.
    ///
    /// The steps of a directory are taken together, once the last of them is due.
    package func nextDue(in directories: Set<DirectoryName>) throws(StoreError) -> Timestamp? {
        let statement = try database.prepare(
            """
            SELECT d.name, min(t.due_at) AS due_at FROM (
                SELECT p.user, max(s.due_at) AS due_at
                FROM steps s JOIN processes p ON p.id = s.process
                WHERE s.state IN ('pending', 'failed') AND s.entry_id IS NOT NULL
                    AND p.state IN ('open', 'partial')
                GROUP BY s.process
                UNION ALL
                SELECT p.user, s.due_at
                FROM steps s JOIN processes p ON p.id = s.process
                WHERE s.state IN ('pending', 'failed') AND s.entry_id IS NULL
                    AND p.state IN ('open', 'partial')
                UNION ALL SELECT user, due_at FROM owed_tellings) t
            JOIN users u ON u.id = t.user JOIN directories d ON d.id = u.directory
            WHERE t.due_at IS NOT NULL GROUP BY d.name
            """)
        let due = try statement.all { row throws(StoreError) in
            try (name: row.directory("name"), at: row.time("due_at"))
        }
        return due.filter { directories.contains($0.name) }.map(\.at).min()
    }

    /// How many steps are left for the servers of these directories, due or not.
    ///
    /// Each sync asks: the steps' index alone is gone over, whatever the journal holds.
    package func stepsLeft(
        in directories: Set<DirectoryName>
    ) throws(StoreError) -> (pending: Int, failed: Int) {
        let statement = try database.prepare(
            """
            SELECT d.name, s.kind, s.state, count(*) AS steps, min(s.process) AS process FROM steps s
            JOIN processes p ON p.id = s.process
            JOIN users u ON u.id = p.user
            JOIN directories d ON d.id = u.directory
            WHERE s.state IN ('pending', 'failed') AND p.state IN ('open', 'partial')
            GROUP BY d.name, s.kind, s.state
            """)
        let groups = try statement.all { row throws(StoreError) in
            let reading = try RowReading(
                "a step of process \(row.int("process"))", of: "steps", in: row)
            return try (
                directory: row.directory("name"),
                kind: reading.kind(in: row, among: database.stepKinds),
                state: reading.word("state", in: row) as StepState, count: Int(row.int("steps"))
            )
        }
        let left = groups.filter {
            directories.contains($0.directory) && $0.kind.isRemote
        }
        let owed = try OwedTellingTable(self).all(in: directories)
        func count(_ state: StepState) -> Int {
            left.reduce(owed.count { $0.state == state }) {
                $1.state == state ? $0 + $1.count : $0
            }
        }
        return (count(.pending), count(.failed))
    }

    /// By directory and DN.
    package func rejectedEntries() throws(StoreError) -> [RejectedEntry] {
        let statement = try database.prepare(
            """
            SELECT d.name, r.dn, r.why, r.since FROM rejected r
            JOIN directories d ON d.id = r.directory ORDER BY d.name, r.dn
            """)
        return try statement.all { row throws(StoreError) in
            try RejectedEntry(
                directory: row.directory("name"), dn: row.text("dn"), why: row.text("why"),
                since: row.time("since"))
        }
    }

    /// Users whose entry is missing, the latest first.
    package func missingUsers() throws(StoreError) -> [User] {
        try users(
            database.prepare(
                """
                SELECT id FROM users WHERE missing_since IS NOT NULL
                ORDER BY missing_since DESC, id DESC
                """))
    }

    /// Users whose entry is there and not disabled, and whose account may let nobody in all the same;
    /// the latest first.
    package func limitedUsers(at now: Timestamp) throws(StoreError) -> [User] {
        let statement = try database.prepare(
            """
            SELECT u.id FROM account_limits l CROSS JOIN users u ON u.id = l.user
            WHERE u.missing_since IS NULL AND u.state != 'locked' AND u.disabled IS NOT 1
                AND (l.expires_at <= ?1 OR l.begins_at > ?1 OR l.locked_out IS NOT NULL
                    OR l.unusable IS NOT NULL)
            ORDER BY u.id DESC
            """)
        try statement.bind(now.seconds, at: 1)
        return try users(statement).filter {
            $0.record.limits?.hindrances(at: now).isEmpty == false
        }
    }

    private func users(_ statement: consuming Statement) throws(StoreError) -> [User] {
        let reader = try UserReader(self)
        var users: [User] = []
        while try statement.step() {
            if let user = try reader.user(statement.id("id")) { users.append(user) }
        }
        return users
    }
}

/// A directory that the store knows, and how many users it has in which state.
package struct DirectoryOverview: Hashable, Sendable {
    /// The key in `lockstep.yaml`, where it is still there.
    package let name: DirectoryName
    package let active: Int64
    package let inactive: Int64
    package let locked: Int64
    /// Of all of them: those whose entry is missing.
    package let missing: Int64
    /// When it was last read to its end; nil: not yet.
    package let readAt: Timestamp?
}

/// A step that is pending or failed, and when it is tried again.
package struct QueuedStep: Sendable {
    package let process: IdentityProcess
    package let step: Step
    /// nil: with the next sync.
    package var due: Timestamp? { step.due }
}

/// An entry that can't be a user, of whichever directory.
package struct RejectedEntry: Hashable, Sendable {
    package let directory: DirectoryName
    package let dn: String
    package let why: String
    package let since: Timestamp
}
