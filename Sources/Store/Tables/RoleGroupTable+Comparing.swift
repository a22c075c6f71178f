package import Identity
package import LDAP

/// Groups whose members are to be read again although nobody tells of a change.
///
/// OpenLDAP's refint overlay rewrites members of an entry that is renamed or deleted without the
/// group's own entryCSN: no change of the group is ever told.
extension RoleGroupTable {
    /// The groups that name the user, by the DN or a `uid`.
    package static func compareGroups(
        naming user: UserID, in transaction: borrowing Transaction
    ) throws(StoreError) {
        try transaction.database.prepare(
            """
            UPDATE role_groups SET digest = NULL WHERE id IN (SELECT m.role_group FROM users u \
            JOIN memberships m ON m.member IN (\
            SELECT u.dn_key UNION ALL SELECT u.uid_key UNION ALL \
            SELECT o.uid_key FROM other_uids o WHERE o.user = u.id) WHERE u.id = ?)
            """
        ).run(user)
    }

    /// The groups that name a member by this key.
    package static func compareGroups(
        naming member: MemberKey, in transaction: borrowing Transaction
    ) throws(StoreError) {
        try transaction.database.prepare(
            """
            UPDATE role_groups SET digest = NULL \
            WHERE id IN (SELECT role_group FROM memberships WHERE member = ?)
            """
        ).run(member.octets)
    }

    package static func compare(
        _ group: EntryID, directory: DirectoryID, in transaction: borrowing Transaction
    ) throws(StoreError) {
        try transaction.database.prepare(
            "UPDATE role_groups SET digest = NULL WHERE directory = ? AND entry_id = ?"
        ).run(directory, group.text)
    }

    /// The groups that name a user by the DN.
    package static func naming(
        _ user: EntryID, directory: DirectoryID, in store: Store
    ) throws(StoreError) -> [(id: GroupID, dn: String)] {
        let statement = try store.database.prepare(
            """
            SELECT g.id, g.dn FROM users u CROSS JOIN memberships m ON m.member = u.dn_key \
            CROSS JOIN role_groups g ON g.id = m.role_group WHERE u.directory = ? \
            AND u.entry_id = ? AND m.withdrawn_by IS NULL AND g.missing_since IS NULL
            """)
        try statement.bind(directory, user.text)
        return try statement.all { row throws(StoreError) in
            try (row.id("id"), row.text("dn"))
        }
    }

    /// The group of this row.
    package func compare(_ group: GroupID, in transaction: borrowing Transaction) throws(StoreError)
    {
        try forgetDigest.run(group)
    }

    /// The groups that name the group.
    package static func compareGroups(
        namingGroup group: GroupID, in transaction: borrowing Transaction
    ) throws(StoreError) {
        try transaction.database.prepare(
            """
            UPDATE role_groups SET digest = NULL WHERE id IN (SELECT m.role_group \
            FROM role_groups g JOIN memberships m ON m.member = g.dn_key WHERE g.id = ?)
            """
        ).run(group)
    }

    package static func toCompare(
        directory: DirectoryID, in store: Store
    ) throws(StoreError) -> [EntryID] {
        let statement = try store.database.prepare(
            """
            SELECT entry_id FROM role_groups INDEXED BY role_groups_compare \
            WHERE directory = ? AND digest IS NULL AND missing_since IS NULL
            """)
        try statement.bind(directory, at: 1)
        return try statement.all { row throws(StoreError) in try EntryID(row.text("entry_id")) }
    }
}
