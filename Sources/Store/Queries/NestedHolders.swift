internal import Identity

/// Counts who holds the groups that contain others since this run, and who no longer does.
///
/// Works on the temporary tables of ``RoleChanges``. Either way to count is a walk over the nesting for
/// each of something: down from each group that may have other holders now, or up from each member that
/// may hold other groups. Whoever may write groups can make either long, a chain of thousands below one
/// changed membership or thousands of members below one changed group, so the shorter one is taken.
struct NestedHolders {
    /// So few walks are not worth counting the others for.
    private static let few = 16

    private let database: Database
    private let directory: DirectoryID
    /// Nobody held anything before.
    private let isFirst: Bool

    init(_ database: Database, directory: DirectoryID, isFirst: Bool) {
        self.database = database
        self.directory = directory
        self.isFirst = isFirst
    }

    func count() throws(StoreError) -> RoleChanges.Counts {
        let parents = try affectedParents()
        guard parents.count > Self.few else { return try count(down: parents) }
        try collectMembers()
        let members = try database.integer("SELECT count(*) FROM temp.affected")
        let counts =
            members < parents.count ? try countUp() : try count(down: parents)
        try database.execute("DROP TABLE temp.affected")
        return counts
    }

    /// Groups that contain others and whose holders may have changed.
    private func affectedParents() throws(StoreError) -> [GroupID] {
        if isFirst {
            let statement = try database.prepare("SELECT DISTINCT parent FROM temp.nested")
            return try statement.all { row throws(StoreError) in try row.id("parent") }
        }
        let statement = try database.prepare(
            """
            WITH RECURSIVE up (id) AS (
                SELECT DISTINCT role_group FROM temp.role_changes
                UNION SELECT n.parent FROM up JOIN temp.nested n
                ON n.after IN (0, 1) AND n.child = up.id
            )
            SELECT id FROM up WHERE id IN (SELECT parent FROM temp.nested)
            """)
        return try statement.all { row throws(StoreError) in try row.id("id") }
    }

    private func count(down parents: [GroupID]) throws(StoreError) -> RoleChanges.Counts {
        var counts = RoleChanges.Counts()
        for parent in parents {
            counts.granted += try granted(parent)
            counts.withdrawn += isFirst ? 0 : try withdrawn(parent)
        }
        return counts
    }

    /// The users whose own memberships changed, or those of a group around them: `temp.affected`.
    private func collectMembers() throws(StoreError) {
        try database.execute(
            """
            DROP TABLE IF EXISTS temp.affected;
            CREATE TEMP TABLE affected (member BLOB PRIMARY KEY) WITHOUT ROWID;
            """)
        try database.prepare(
            """
            WITH RECURSIVE moved (id) AS (
                SELECT child FROM temp.nested GROUP BY parent, child HAVING count(*) = 1
            ), down (id) AS (
                SELECT id FROM moved
                UNION SELECT n.child FROM down JOIN temp.nested n
                ON n.after IN (0, 1) AND n.parent = down.id
            )
            INSERT OR IGNORE INTO temp.affected (member) SELECT member FROM (
                SELECT member FROM temp.role_changes
                UNION ALL SELECT m.member FROM down JOIN memberships m ON m.role_group = down.id
                UNION ALL SELECT m.member FROM memberships m
                WHERE ?2 AND m.role_group IN (SELECT parent FROM temp.nested)
            ) p WHERE
            EXISTS (SELECT 1 FROM users u WHERE u.dn_key = p.member AND u.directory = ?1) OR
            EXISTS (SELECT 1 FROM users u WHERE u.uid_key = p.member AND u.directory = ?1) OR
            EXISTS (SELECT 1 FROM other_uids k JOIN users u ON u.id = k.user
                WHERE k.uid_key = p.member AND u.directory = ?1)
            """
        ).run(directory, isFirst)
    }

    private func countUp() throws(StoreError) -> RoleChanges.Counts {
        let members = try database.prepare("SELECT member FROM temp.affected")
        var counts = RoleChanges.Counts()
        while try members.step() {
            let member = try members.blob("member")
            counts.granted += try countGroups(of: member, Self.heldAnew)
            counts.withdrawn += isFirst ? 0 : try countGroups(of: member, Self.heldNoMore)
        }
        return counts
    }

    private func countGroups(
        of member: [UInt8], _ sql: StaticString
    ) throws(StoreError) -> Int64 {
        let statement = try database.prepare(Self.groupsOfMember, sql)
        try statement.bind(member, at: 1)
        try statement.bind(isFirst, at: 2)
        return try statement.firstNumber() ?? 0
    }

    /// What a member held before the run and holds after it, directly or not.
    private static let groupsOfMember: StaticString =
        """
        WITH RECURSIVE before (id) AS (
            SELECT role_group FROM (
                SELECT m.role_group FROM memberships m WHERE NOT ?2 AND m.member = ?1
                AND NOT EXISTS (
                    SELECT 1 FROM temp.role_changes c
                    WHERE c.role_group = m.role_group AND c.member = ?1 AND c.added = 1)
                UNION ALL SELECT c.role_group FROM temp.role_changes c
                WHERE c.member = ?1 AND c.added = 0)
            UNION
            SELECT n.parent FROM before b JOIN temp.nested n ON n.after = 0 AND n.child = b.id
        ), after (id) AS (
            SELECT role_group FROM memberships WHERE member = ?1
            UNION
            SELECT n.parent FROM after a JOIN temp.nested n ON n.after = 1 AND n.child = a.id
        )
        """
    private static let heldAnew: StaticString =
        """
        SELECT count(*) FROM (SELECT id FROM after EXCEPT SELECT id FROM before)
        WHERE id IN (SELECT parent FROM temp.nested)
        """
    private static let heldNoMore: StaticString =
        """
        SELECT count(*) FROM (SELECT id FROM before EXCEPT SELECT id FROM after)
        WHERE id IN (SELECT parent FROM temp.nested)
        """

    private func granted(_ parent: GroupID) throws(StoreError) -> Int64 {
        try countHolders(
            parent,
            """
            SELECT count(*) FROM (
                SELECT m.member FROM down_after d JOIN memberships m ON m.role_group = d.id
                EXCEPT SELECT member FROM held_before
            ) p WHERE
            """)
    }

    private func withdrawn(_ parent: GroupID) throws(StoreError) -> Int64 {
        try countHolders(
            parent,
            """
            SELECT count(*) FROM (
                SELECT member FROM held_before
                EXCEPT
                SELECT m.member FROM down_after d JOIN memberships m ON m.role_group = d.id
            ) p WHERE
            """)
    }

    private func countHolders(
        _ parent: GroupID, _ sql: StaticString
    ) throws(StoreError) -> Int64 {
        let statement = try database.prepare(Self.holdersOfGroup, sql, Self.isUser)
        try statement.bind(parent, at: 1)
        try statement.bind(directory, at: 2)
        try statement.bind(isFirst, at: 3)
        return try statement.firstNumber() ?? 0
    }

    /// The groups within a group before and after the run, and who held it before.
    private static let holdersOfGroup: StaticString =
        """
        WITH RECURSIVE down_before (id) AS (
            SELECT ?1 UNION
            SELECT n.child FROM down_before d JOIN temp.nested n
            ON n.after = 0 AND n.parent = d.id
        ), down_after (id) AS (
            SELECT ?1 UNION
            SELECT n.child FROM down_after d JOIN temp.nested n ON n.after = 1 AND n.parent = d.id
        ), held_before (member) AS (
            SELECT m.member FROM down_before d JOIN memberships m ON m.role_group = d.id
            WHERE NOT ?3 AND NOT EXISTS (
                SELECT 1 FROM temp.role_changes c
                WHERE c.role_group = m.role_group AND c.member = m.member AND c.added = 1)
            UNION ALL SELECT c.member FROM down_before d JOIN temp.role_changes c
            ON c.role_group = d.id AND c.added = 0
        )
        """
    private static let isUser: StaticString =
        """
        EXISTS (SELECT 1 FROM users u WHERE u.dn_key = p.member AND u.directory = ?2) OR
        EXISTS (SELECT 1 FROM users u WHERE u.uid_key = p.member AND u.directory = ?2) OR
        EXISTS (SELECT 1 FROM other_uids k JOIN users u ON u.id = k.user
            WHERE k.uid_key = p.member AND u.directory = ?2)
        """
}
