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
        try statement.bind(member.octets, at: 2)
        return try statement.first { row throws(StoreError) in (row.text(0), row.text(1)) }
    }
}
