package import Ground
package import Identity
package import LDAP

/// What a sync asks of and writes to `role_groups`, one directory's.
package final class RoleGroupTable {
    package struct Known: Sendable {
        package let id: GroupID
        package let group: RoleGroup
        /// nil: its members are to be compared.
        package let digest: [UInt8]?
        package let isMissing: Bool
        /// It was found, and taken for true, that its members can't be seen.
        package let isUnreadable: Bool
    }

    private let database: Database
    private let directory: DirectoryID
    private let known: Statement
    private let insertion: Statement
    private let change: Statement
    private let digest: Statement
    private let missing: Statement
    private let forgetDigest: Statement

    package init(_ store: Store, directory: DirectoryID) throws(StoreError) {
        let database = store.database
        self.database = database
        self.directory = directory
        known = try database.prepare(
            """
            SELECT id, dn, dn_key, name, digest, missing_since, unreadable_since \
            FROM role_groups \
            WHERE directory = ? AND entry_id = ?
            """)
        insertion = try database.prepare(
            """
            INSERT INTO role_groups (directory, entry_id, dn, dn_key, name) VALUES (?, ?, ?, ?, ?)
            """)
        change = try database.prepare(
            """
            UPDATE role_groups SET dn = ?, dn_key = ?, name = ?, digest = NULL, \
            missing_since = NULL WHERE id = ?
            """)
        digest = try database.prepare(
            "UPDATE role_groups SET digest = ?, unreadable_since = NULL WHERE id = ?")
        forgetDigest = try database.prepare("UPDATE role_groups SET digest = NULL WHERE id = ?")
        missing = try database.prepare(
            "UPDATE role_groups SET missing_since = ?, digest = NULL WHERE id = ?")
    }

    package func known(_ entryID: EntryID) throws(StoreError) -> Known? {
        try known.bind(directory, at: 1)
        try known.bind(entryID.text, at: 2)
        return try known.first { row throws(StoreError) in
            try Known(
                id: row.id("id"),
                group: RoleGroup(
                    entryID: entryID, dn: row.dn("dn"),
                    dnKey: row.memberKey("dn_key"),
                    name: row.text("name")),
                digest: row.optionalBlob("digest"), isMissing: !row.isNull("missing_since"),
                isUnreadable: !row.isNull("unreadable_since"))
        }
    }

    /// The ids of some groups that are present.
    package func somePresent(atMost count: Int64) throws(StoreError) -> [EntryID] {
        let statement = try database.prepare(
            """
            SELECT entry_id FROM role_groups WHERE directory = ? AND missing_since IS NULL LIMIT ?
            """)
        try statement.bind(directory, at: 1)
        try statement.bind(count, at: 2)
        return try statement.all { row throws(StoreError) in EntryID(try row.text("entry_id")) }
    }

    package func insert(
        _ group: RoleGroup, in transaction: borrowing Transaction
    ) throws(StoreError) -> GroupID {
        try insertion.run(
            directory, group.entryID.text, group.dn.text, group.dnKey, group.name)
        return GroupID(rawValue: database.lastInsertRowID)
    }

    /// The group is present; its members are to be compared.
    package func update(
        _ id: GroupID, _ group: RoleGroup, in transaction: borrowing Transaction
    ) throws(StoreError) {
        try change.run(group.dn.text, group.dnKey, group.name, id)
    }

    /// Everything of the group that has this digest is stored.
    package func complete(
        _ id: GroupID, digest octets: [UInt8], in transaction: borrowing Transaction
    ) throws(StoreError) {
        try digest.run(octets, id)
    }

    package func setMissing(
        _ id: GroupID, since: Timestamp, in transaction: borrowing Transaction
    ) throws(StoreError) {
        try missing.run(since.seconds, id)
    }

    /// The present groups of the directory, to find those that a read did not see.
    package func present() throws(StoreError) -> [(id: GroupID, group: RoleGroup)] {
        let statement = try database.prepare(
            """
            SELECT id, entry_id, dn, dn_key, name FROM role_groups \
            WHERE directory = ? AND missing_since IS NULL
            """)
        try statement.bind(directory, at: 1)
        return try statement.all { row throws(StoreError) in
            try (
                row.id("id"),
                RoleGroup(
                    entryID: EntryID(row.text("entry_id")), dn: row.dn("dn"),
                    dnKey: row.memberKey("dn_key"), name: row.text("name"))
            )
        }
    }

    /// Its members can't be seen, and what is stored of them stays, until they are read again.
    package func setUnreadable(
        _ id: GroupID, since: Timestamp, in transaction: borrowing Transaction
    ) throws(StoreError) {
        try database.prepare("UPDATE role_groups SET unreadable_since = ? WHERE id = ?")
            .run(since.seconds, id)
    }

    /// How many groups are present, and how many vanished or became unreadable at `since` or later.
    package func counts(since: Timestamp) throws(StoreError) -> (present: Int64, recent: Int64) {
        let statement = try database.prepare(
            """
            SELECT count(*) FILTER (WHERE missing_since IS NULL) AS present, \
            count(*) FILTER (WHERE missing_since >= ?2 OR unreadable_since >= ?2) AS recent \
            FROM role_groups WHERE directory = ?1
            """)
        try statement.bind(directory, since.seconds)
        return try statement.first { row throws(StoreError) in
            try (row.int("present"), row.int("recent"))
        } ?? (0, 0)
    }

    /// The group of this row; nil where there is none, or it is gone.
    package func present(_ id: GroupID) throws(StoreError) -> RoleGroup? {
        let statement = try database.prepare(
            """
            SELECT entry_id, dn, dn_key, name FROM role_groups \
            WHERE id = ? AND missing_since IS NULL
            """)
        try statement.bind(id, at: 1)
        return try statement.first { row throws(StoreError) in
            try RoleGroup(
                entryID: EntryID(row.text("entry_id")), dn: row.dn("dn"),
                dnKey: row.memberKey("dn_key"), name: row.text("name"))
        }
    }
}

/// Groups whose members are to be read again although nobody tells of a change.
///
/// OpenLDAP's refint overlay rewrites members of an entry that is renamed or deleted without the
/// group's own entryCSN: no change of the group is ever told.
extension RoleGroupTable {
    /// The groups that name the user, by the DN or a `uid`.
    package func compareGroups(
        naming user: UserID, in transaction: borrowing Transaction
    ) throws(StoreError) {
        try database.prepare(
            """
            UPDATE role_groups SET digest = NULL WHERE id IN (SELECT m.role_group FROM users u \
            JOIN memberships m ON m.member IN (\
            SELECT u.dn_key UNION ALL SELECT u.uid_key UNION ALL \
            SELECT o.uid_key FROM other_uids o WHERE o.user = u.id) WHERE u.id = ?)
            """
        ).run(user)
    }

    /// The groups that name a member by this key.
    package func compareGroups(
        naming member: MemberKey, in transaction: borrowing Transaction
    ) throws(StoreError) {
        try database.prepare(
            """
            UPDATE role_groups SET digest = NULL \
            WHERE id IN (SELECT role_group FROM memberships WHERE member = ?)
            """
        ).run(member)
    }

    package func compare(
        _ group: EntryID, in transaction: borrowing Transaction
    ) throws(StoreError) {
        try database.prepare(
            "UPDATE role_groups SET digest = NULL WHERE directory = ? AND entry_id = ?"
        ).run(directory, group.text)
    }

    /// The groups that name a user by the DN.
    package func naming(
        _ user: EntryID
    ) throws(StoreError) -> [(id: GroupID, dn: StoredDN)] {
        let statement = try database.prepare(
            """
            SELECT g.id, g.dn FROM users u CROSS JOIN memberships m ON m.member = u.dn_key \
            CROSS JOIN role_groups g ON g.id = m.role_group WHERE u.directory = ? \
            AND u.entry_id = ? AND m.withdrawn_by IS NULL AND g.missing_since IS NULL
            """)
        try statement.bind(directory, user.text)
        return try statement.all { row throws(StoreError) in
            try (row.id("id"), row.dn("dn"))
        }
    }

    /// The group of this row.
    package func compare(_ group: GroupID, in transaction: borrowing Transaction) throws(StoreError)
    {
        try forgetDigest.run(group)
    }

    /// The groups that name the group.
    package func compareGroups(
        namingGroup group: GroupID, in transaction: borrowing Transaction
    ) throws(StoreError) {
        try database.prepare(
            """
            UPDATE role_groups SET digest = NULL WHERE id IN (SELECT m.role_group \
            FROM role_groups g JOIN memberships m ON m.member = g.dn_key WHERE g.id = ?)
            """
        ).run(group)
    }

    package func toCompare() throws(StoreError) -> [EntryID] {
        let statement = try database.prepare(
            """
            SELECT entry_id FROM role_groups INDEXED BY role_groups_compare \
            WHERE directory = ? AND digest IS NULL AND missing_since IS NULL
            """)
        try statement.bind(directory, at: 1)
        return try statement.all { row throws(StoreError) in try EntryID(row.text("entry_id")) }
    }
}

/// A role group as the directory has it: the row of `role_groups` that a read asks for.
package struct RoleGroup: Equatable, Sendable {
    package var entryID: EntryID
    package var dn: StoredDN { didSet { spelling = dn.text } }
    /// Records are equal where all that is stored is: a name that is spelt otherwise is to be stored.
    private var spelling: String
    package var dnKey: MemberKey
    /// The role's name.
    package var name: String

    package init(entryID: EntryID, dn: StoredDN, dnKey: MemberKey, name: String) {
        self.entryID = entryID
        self.dn = dn
        spelling = dn.text
        self.dnKey = dnKey
        self.name = name
    }
}
