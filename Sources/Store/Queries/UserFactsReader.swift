package import Ground
package import Identity
package import LDAP

/// Reads what decides about users, and who is worth deciding about.
package final class UserFactsReader {
    /// Which users a directory's configuration can make anything of.
    package struct Interest: Sendable {
        /// The latest time since when an entry may be missing to count; nil: none counts.
        package var missingBy: Timestamp?
        /// Missing people who are inactive count, too.
        package var inactiveMissing: Bool
        /// Active users whose entry is disabled, or by its end date is by then, count; nil: none.
        package var disabledBy: Timestamp?
        /// The same of those whose account has expired by then.
        package var expiredBy: Timestamp?

        package init(
            missingBy: Timestamp?, inactiveMissing: Bool, disabledBy: Timestamp?,
            expiredBy: Timestamp?
        ) {
            self.missingBy = missingBy
            self.inactiveMissing = inactiveMissing
            self.disabledBy = disabledBy
            self.expiredBy = expiredBy
        }
    }

    private let database: Database
    private let user: Statement
    private let groups: Statement
    private let newest: Statement
    private let pending: Statement
    private let enforced: Statement

    package init(_ store: Store) throws(StoreError) {
        let database = store.database
        self.database = database
        user = try database.prepare(
            """
            SELECT u.username, u.dn, u.entry_id, u.state, u.missing_since, u.disabled, u.recognised, \
            u.state_process, p.reason, p.run, p.cause, \
            l.expires_at, l.disabled_from, l.begins_at, l.locked_out, l.lockout_ends, l.unusable, \
            u.elsewhere, u.elsewhere_group, p.id AS process \
            FROM users u LEFT JOIN processes p ON p.id = u.state_process \
            LEFT JOIN account_limits l ON l.user = u.id WHERE u.id = ?
            """)
        groups = try database.prepare(
            """
            SELECT g.dn FROM users u CROSS JOIN memberships m ON m.member IN (\
            SELECT u.dn_key UNION ALL SELECT u.uid_key UNION ALL \
            SELECT o.uid_key FROM other_uids o WHERE o.user = u.id) \
            CROSS JOIN role_groups g ON g.id = m.role_group AND g.directory = u.directory \
            WHERE u.id = ? AND m.withdrawn_by IS NULL AND g.missing_since IS NULL ORDER BY g.dn
            """)
        newest = try database.prepare(
            """
            SELECT id, use_case, state FROM processes WHERE user = ? \
            AND state NOT IN ('requested', 'rejected', 'withdrawn', 'expired', 'refused') \
            ORDER BY begun DESC, id LIMIT 1
            """)
        pending = try database.prepare(
            """
            SELECT DISTINCT kind FROM steps
            WHERE process = ? AND state IN ('pending', 'failed') AND entry_id IS NOT NULL
            """)
        enforced = try database.prepare(
            """
            SELECT count(*) FROM processes WHERE user = ? AND cause = 'drift' \
            AND at > ? AND at <= ?
            """)
    }

    /// Users of whom the directory says something else than their state, in the order of their ids.
    package func candidates(
        of directory: DirectoryID, _ interest: Interest
    ) throws(StoreError) -> [UserID] {
        try requireKnownStates(of: directory)
        var found: Set<UserID> = []
        if let by = interest.disabledBy {
            found.formUnion(try ids(Self.disabledActive, directory))
            found.formUnion(try ids(Self.endedActive, directory, by.seconds))
        }
        if let by = interest.expiredBy {
            found.formUnion(try ids(Self.expiredActive, directory, by.seconds))
        }
        for query in [
            Self.enabled, Self.recognised, Self.holding, Self.holdingByUid, Self.elsewhere,
        ] {
            found.formUnion(try ids(query, directory))
        }
        if let by = interest.missingBy {
            let query = interest.inactiveMissing ? Self.missing : Self.missingActive
            found.formUnion(try ids(query, directory, by.seconds))
        }
        return found.sorted()
    }

    /// The queries below compare states: a user with a state that does not exist would be passed over.
    private func requireKnownStates(of directory: DirectoryID) throws(StoreError) {
        let statement = try database.prepare(
            """
            SELECT id FROM users WHERE directory = ? AND state != 'active' \
            AND state NOT IN ('inactive', 'locked') LIMIT 1
            """)
        try statement.bind(directory, at: 1)
        let found = try statement.first { row throws(StoreError) in
            try RowReading(row.int("id"), of: "users", in: row).unreadable("state")
        }
        if let found { throw found }
    }

    private static let disabledActive: StaticString = """
        SELECT id FROM users INDEXED BY users_to_disable \
        WHERE directory = ? AND disabled = 1 AND state = 'active' AND missing_since IS NULL
        """
    /// Time has passed since the entry was read, and no change of it tells of that.
    private static let endedActive: StaticString = """
        SELECT u.id FROM account_limits l CROSS JOIN users u ON u.id = l.user \
        WHERE u.directory = ?1 AND l.disabled_from IS NOT NULL AND l.disabled_from <= ?2 \
        AND u.disabled = 0 AND u.state = 'active' AND u.missing_since IS NULL
        """
    private static let expiredActive: StaticString = """
        SELECT u.id FROM account_limits l CROSS JOIN users u ON u.id = l.user \
        WHERE u.directory = ?1 AND l.expires_at IS NOT NULL AND l.expires_at <= ?2 \
        AND u.state = 'active' AND u.missing_since IS NULL
        """
    private static let enabled: StaticString = """
        SELECT id FROM users INDEXED BY users_open \
        WHERE directory = ? AND disabled = 0 AND state != 'active' AND missing_since IS NULL
        """
    private static let recognised: StaticString = """
        SELECT id FROM users INDEXED BY users_recognised WHERE directory = ? \
        AND recognised IS NOT NULL AND state != 'locked' AND missing_since IS NULL
        """
    /// A user whom the directory made inactive keeps the memberships.
    private static let holding: StaticString = """
        SELECT u.id FROM users u INDEXED BY users_withdrawn WHERE u.directory = ? AND u.state != 'active' \
        AND (u.state = 'locked' OR EXISTS ( \
        SELECT 1 FROM processes p WHERE p.id = u.state_process AND p.run IS NULL)) \
        AND EXISTS (SELECT 1 FROM memberships m CROSS JOIN role_groups g ON g.id = m.role_group \
        WHERE m.member IN (u.dn_key, u.uid_key) AND m.withdrawn_by IS NULL \
        AND g.directory = u.directory AND g.missing_since IS NULL)
        """
    /// The same by a further value of `uid`.
    private static let holdingByUid: StaticString = """
        SELECT u.id FROM users u INDEXED BY users_withdrawn WHERE u.directory = ? AND u.state != 'active' \
        AND (u.state = 'locked' OR EXISTS ( \
        SELECT 1 FROM processes p WHERE p.id = u.state_process AND p.run IS NULL)) \
        AND EXISTS (SELECT 1 FROM other_uids k CROSS JOIN memberships m ON m.member = k.uid_key \
        CROSS JOIN role_groups g ON g.id = m.role_group WHERE k.user = u.id \
        AND m.withdrawn_by IS NULL AND g.directory = u.directory AND g.missing_since IS NULL)
        """
    private static let elsewhere: StaticString = """
        SELECT id FROM users INDEXED BY users_elsewhere WHERE directory = ? \
        AND elsewhere IS NOT NULL AND state != 'active' \
        AND (disabled = 0 OR elsewhere_group IS NOT NULL)
        """
    private static let missing: StaticString = """
        SELECT id FROM users INDEXED BY users_gone WHERE directory = ? \
        AND missing_since IS NOT NULL AND missing_since <= ? AND state != 'locked'
        """
    private static let missingActive: StaticString = """
        SELECT id FROM users INDEXED BY users_gone WHERE directory = ? \
        AND missing_since IS NOT NULL AND missing_since <= ? AND state != 'locked' \
        AND state = 'active'
        """

    private func ids(
        _ query: StaticString, _ directory: DirectoryID, _ by: Int64? = nil
    ) throws(StoreError) -> [UserID] {
        let statement = try database.prepare(query)
        try statement.bind(directory, at: 1)
        if let by { try statement.bind(by, at: 2) }
        return try statement.all { row throws(StoreError) in try row.id("id") }
    }

    /// nil: there is no such user.
    package func facts(of id: UserID, at now: Timestamp) throws(StoreError) -> UserFacts? {
        try user.bind(id, at: 1)
        let row = try user.first { row throws(StoreError) in try Self.facts(id, row) }
        guard var facts = row else { return nil }
        if let end = facts.limits?.disabledFrom, end <= now, facts.disabled == false {
            facts.disabled = true
        }
        if facts.state != .active {
            try groups.bind(id, at: 1)
            facts.groups += try groups.all { row throws(StoreError) in try row.dn("dn") }
            try enforced.bind(id, now.advanced(by: -24 * 60 * 60).seconds, now.seconds)
            facts.enforcements = try enforced.firstNumber() ?? 0
        }
        try newest.bind(id, at: 1)
        let process = try newest.first { row throws(StoreError) in
            let reading = try RowReading(row.int("id"), of: "processes", in: row)
            _ = try reading.word("state", in: row) as ProcessState
            return try (id: row.int("id"), useCase: reading.word("use_case", in: row) as UseCase)
        }
        guard let process else { return facts }
        facts.isReturning = process.useCase == .unlock || process.useCase == .reactivate
        try pending.bind(process.id, at: 1)
        facts.pending = Set(
            try pending.all { row throws(StoreError) in
                let step = RowReading("a step of process \(process.id)", of: "steps", in: row)
                return try step.kind(in: row, among: database.stepKinds)
            })
        return facts
    }

    private static func facts(
        _ id: UserID, _ row: borrowing Statement
    ) throws(StoreError) -> UserFacts {
        let reading = RowReading(id, of: "users", in: row)
        var facts = try UserFacts(
            user: id, username: row.text("username"), dn: row.dn("dn"),
            entryID: EntryID(row.text("entry_id")),
            state: reading.word("state", in: row))
        facts.missingSince = try row.optionalTime("missing_since")
        facts.disabled = try reading.optionalFlag("disabled", in: row)
        facts.limits = try AccountLimits(row)
        facts.recognised = try row.optionalText("recognised")
        facts.heldFor = try row.optionalText("reason")
        facts.elsewhere = try row.optionalText("elsewhere")
        facts.groups = try row.optionalText("elsewhere_group").map { [StoredDN(text: $0)] } ?? []
        if let process = try row.optionalID("state_process") as ProcessID? {
            guard try process == row.optionalID("process") else {
                throw reading.unreadable("state_process", Unreadable("names no process"))
            }
            let cause: ChangeCause? = try RowReading(process, of: "processes", in: row)
                .optionalWord("cause", in: row)
            facts.origin = try row.isNull("run") ? .operator : .directory(cause)
        }
        return facts
    }

    /// Present users of the directory whose entry is stored as disabled, the newest of those who are
    /// older than a user, or of all, at most so many.
    package func disabled(
        of directory: DirectoryID, before user: UserID?, atMost count: Int64
    ) throws(StoreError) -> [(id: UserID, entryID: EntryID)] {
        let statement = try database.prepare(
            """
            SELECT id, entry_id FROM users WHERE directory = ? AND disabled = 1 \
            AND missing_since IS NULL AND id < ? ORDER BY id DESC LIMIT ?
            """)
        try statement.bind(directory, user?.rawValue ?? .max, count)
        return try statement.all { row throws(StoreError) in
            try (row.id("id"), EntryID(row.text("entry_id")))
        }
    }

    /// How many changes of a kind syncs have carried out in the directory since then.
    ///
    /// Not those of a time to come, which a clock that was ahead has left.
    package func carriedOut(
        _ cause: ChangeCause, of directory: DirectoryID, after since: Timestamp,
        until now: Timestamp
    ) throws(StoreError) -> Int64 {
        let statement = try database.prepare(
            """
            SELECT count(*) FROM processes p INDEXED BY processes_cause \
            CROSS JOIN users u ON u.id = p.user \
            WHERE p.cause IS NOT NULL AND p.cause = ? AND p.at > ? AND p.at <= ? \
            AND u.directory = ?
            """)
        try statement.bind(cause.rawValue, since.seconds, now.seconds, directory)
        return try statement.firstNumber() ?? 0
    }
}
