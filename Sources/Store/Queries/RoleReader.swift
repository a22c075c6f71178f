package import Identity

/// Which roles a user holds, direct and through nested groups of any depth, in cycles too.
package final class RoleReader {
    private let held: Statement

    package init(_ store: Store) throws(StoreError) {
        let database = store.database
        // `UNION` drops what was found before, which ends a cycle. `CROSS` keeps SQLite from looking
        // for the user in every group of the directory.
        held = try database.prepare(
            """
            WITH RECURSIVE held (id, direct) AS (
                SELECT g.id, 1 FROM users u
                CROSS JOIN memberships m ON m.member IN (
                    SELECT u.dn_key UNION ALL SELECT u.uid_key
                    UNION ALL SELECT o.uid_key FROM other_uids o WHERE o.user = u.id)
                CROSS JOIN role_groups g ON g.id = m.role_group AND g.directory = u.directory
                WHERE u.id = ? AND m.withdrawn_by IS NULL AND g.missing_since IS NULL
                    -- Of an entry that is gone, whose name somebody else has now, nothing is left.
                    AND (u.missing_since IS NULL OR NOT EXISTS (
                        SELECT 1 FROM users o WHERE o.dn_key = u.dn_key
                            AND o.directory = u.directory AND o.missing_since IS NULL))
                UNION
                SELECT above.id, 0 FROM held
                JOIN role_groups g ON g.id = held.id
                JOIN memberships m ON m.member = g.dn_key
                JOIN role_groups above ON above.id = m.role_group AND above.directory = g.directory
                WHERE m.withdrawn_by IS NULL AND above.missing_since IS NULL
            )
            SELECT g.name, g.dn, g.id, max(held.direct) AS is_direct FROM held
            JOIN role_groups g ON g.id = held.id GROUP BY g.id ORDER BY g.name, g.dn
            """)
    }

    package func roles(of user: UserID) throws(StoreError) -> [Role] {
        try held.bind(user, at: 1)
        return try held.all { row throws(StoreError) in
            try Role(
                name: row.text("name"), group: row.id("id"), groupDN: row.dn("dn"),
                direct: row.int("is_direct") == 1)
        }
    }
}

/// Whom a member of a group is, one directory's.
package final class MemberLookup {
    private let statement: Statement

    package init(_ store: Store, directory: DirectoryID) throws(StoreError) {
        let database = store.database
        // The plus keeps SQLite from an index on the directory: it would pass all its users.
        statement = try database.prepare(
            """
            SELECT username, dn FROM users WHERE +directory = ?1 AND id IN (\
            SELECT id FROM users WHERE dn_key = ?2 AND directory = ?1 UNION ALL \
            SELECT id FROM users WHERE uid_key = ?2 AND directory = ?1 UNION ALL \
            SELECT user FROM other_uids WHERE uid_key = ?2) \
            ORDER BY missing_since IS NOT NULL LIMIT 1
            """)
        try statement.bind(directory, at: 1)
    }

    /// nil: a group, or somebody unknown.
    package func user(
        _ member: MemberKey
    ) throws(StoreError) -> (username: String, dn: String)? {
        try statement.bind(member, at: 2)
        return try statement.first { row throws(StoreError) in
            try (row.text("username"), row.text("dn"))
        }
    }
}
