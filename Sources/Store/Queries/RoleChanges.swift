package import Identity

/// Which roles a run grants and withdraws: the memberships that it changes, and what they lead to.
///
/// A user holds a role once, however many nested groups give it. What is counted are pairs of a
/// user and a role group, direct or nested, that hold after the run and did not before, and the
/// reverse. Kept in temporary tables, which are files of SQLite's: memory does not grow with them.
package final class RoleChanges {
    package struct Counts: Equatable, Sendable {
        package var granted: Int64
        package var withdrawn: Int64

        package init(granted: Int64 = 0, withdrawn: Int64 = 0) {
            self.granted = granted
            self.withdrawn = withdrawn
        }
    }

    private let database: Database
    private let directory: DirectoryID
    /// No group had a member before: all that is there afterwards was granted, nothing is noted.
    private let isFirst: Bool
    private let note: Statement

    /// To be made before the first membership of the run is written.
    package init(_ store: Store, directory: DirectoryID) throws(StoreError) {
        let database = store.database
        self.database = database
        self.directory = directory
        isFirst = try database.integer("SELECT NOT EXISTS (SELECT 1 FROM memberships)") == 1
        try database.execute(
            """
            DROP TABLE IF EXISTS temp.role_changes;
            DROP TABLE IF EXISTS temp.nested;
            CREATE TEMP TABLE role_changes (
                role_group INTEGER NOT NULL, member BLOB NOT NULL, added INTEGER NOT NULL,
                PRIMARY KEY (role_group, member)
            ) WITHOUT ROWID;
            CREATE INDEX temp.role_changes_member ON role_changes (member, role_group);
            CREATE TEMP TABLE nested (
                after INTEGER NOT NULL, parent INTEGER NOT NULL, child INTEGER NOT NULL,
                PRIMARY KEY (after, parent, child)
            ) WITHOUT ROWID;
            CREATE INDEX temp.nested_child ON nested (after, child);
            """)
        note = try database.prepare(
            "INSERT OR REPLACE INTO temp.role_changes (role_group, member, added) VALUES (?, ?, ?)")
        if !isFirst { try noteNested(after: false) }
    }

    package func add(_ member: MemberKey, to group: GroupID) throws(StoreError) {
        if !isFirst { try note(member, group, added: true) }
    }

    package func remove(_ member: MemberKey, from group: GroupID) throws(StoreError) {
        if !isFirst { try note(member, group, added: false) }
    }

    /// To be asked once, when all is written.
    package func count() throws(StoreError) -> Counts {
        try noteNested(after: true)
        var counts = isFirst ? try countAll() : try countDirect()
        let nested = try NestedHolders(database, directory: directory, isFirst: isFirst).count()
        counts.granted += nested.granted
        counts.withdrawn += nested.withdrawn
        try database.execute("DROP TABLE temp.role_changes; DROP TABLE temp.nested")
        return counts
    }

    private func note(
        _ member: MemberKey, _ group: GroupID, added: Bool
    ) throws(StoreError) {
        try note.bind(group, at: 1)
        try note.bind(member, at: 2)
        try note.bind(added, at: 3)
        try note.run()
    }

    private func noteNested(after: Bool) throws(StoreError) {
        try database.prepare(
            """
            INSERT OR IGNORE INTO temp.nested (after, parent, child) \
            SELECT ?, parent.id, child.id FROM role_groups child \
            JOIN memberships m ON m.member = child.dn_key \
            JOIN role_groups parent ON parent.id = m.role_group \
            AND parent.directory = child.directory WHERE child.directory = ?
            """
        ).run(after, directory)
    }

    /// The members of groups that had none before and contain no other group.
    ///
    /// Both indexes are passed side by side in the order of their keys: a search for each member
    /// takes four times as long.
    private func countAll() throws(StoreError) -> Counts {
        let members = try database.prepare(
            """
            SELECT m.member AS key FROM memberships m INDEXED BY memberships_member \
            CROSS JOIN role_groups g ON g.id = m.role_group AND g.directory = ? \
            WHERE m.role_group NOT IN (SELECT parent FROM temp.nested) ORDER BY m.member
            """)
        try members.bind(directory, at: 1)
        let byDN = try database.prepare(

            """
            SELECT dn_key AS key FROM users INDEXED BY users_dn WHERE directory = ? ORDER BY dn_key
            """)
        try byDN.bind(directory, at: 1)
        let byUid = try database.prepare(
            """
            SELECT uid_key AS key FROM users INDEXED BY users_uid \
            WHERE uid_key IS NOT NULL AND directory = ? ORDER BY uid_key
            """)
        try byUid.bind(directory, at: 1)
        let byOther = try database.prepare(
            """
            SELECT k.uid_key AS key FROM other_uids k CROSS JOIN users u ON u.id = k.user \
            WHERE u.directory = ? ORDER BY k.uid_key
            """)
        try byOther.bind(directory, at: 1)
        var (dn, uid, other) = (
            try Self.next(byDN), try Self.next(byUid), try Self.next(byOther)
        )
        var granted: Int64 = 0
        while let member = try Self.next(members) {
            while let key = dn, key < member { dn = try Self.next(byDN) }
            while let key = uid, key < member { uid = try Self.next(byUid) }
            while let key = other, key < member { other = try Self.next(byOther) }
            if dn == member || uid == member || other == member { granted += 1 }
        }
        return Counts(granted: granted, withdrawn: 0)
    }

    private static func next(_ statement: borrowing Statement) throws(StoreError) -> MemberKey? {
        try statement.step() ? statement.memberKey("key") : nil
    }

    /// The changed members of groups that contain no other group, before and after.
    private func countDirect() throws(StoreError) -> Counts {
        let statement = try database.prepare(
            """
            SELECT coalesce(sum(c.added = 1), 0) AS added, \
            coalesce(sum(c.added = 0), 0) AS removed \
            FROM temp.role_changes c \
            WHERE c.role_group NOT IN (SELECT parent FROM temp.nested) AND (\
            EXISTS (SELECT 1 FROM users u WHERE u.dn_key = c.member AND u.directory = ?1) OR \
            EXISTS (SELECT 1 FROM users u WHERE u.uid_key = c.member AND u.directory = ?1) OR \
            EXISTS (SELECT 1 FROM other_uids k JOIN users u ON u.id = k.user \
            WHERE k.uid_key = c.member AND u.directory = ?1))
            """)
        try statement.bind(directory, at: 1)
        let counts = try statement.first { row throws(StoreError) in
            try Counts(granted: row.int("added"), withdrawn: row.int("removed"))
        }
        return counts ?? Counts()
    }
}
