package import LDAP

/// What a sync asks of and writes to `role_groups`, one directory's.
package final class RoleGroupTable {
    package struct Known: Sendable {
        package let id: Int64
        package let group: RoleGroup
        /// nil: its members are to be compared.
        package let digest: [UInt8]?
        package let isMissing: Bool
    }

    private let database: Database
    private let directory: Int64
    private let known: Statement
    private let insertion: Statement
    private let change: Statement
    private let digest: Statement
    private let missing: Statement

    package init(_ database: Database, directory: Int64) throws(StoreError) {
        self.database = database
        self.directory = directory
        known = try database.prepare(
            """
            SELECT id, dn, dn_key, name, digest, missing_since FROM role_groups \
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
        digest = try database.prepare("UPDATE role_groups SET digest = ? WHERE id = ?")
        missing = try database.prepare(
            "UPDATE role_groups SET missing_since = ?, digest = NULL WHERE id = ?")
    }

    package func known(_ entryID: EntryID) throws(StoreError) -> Known? {
        try known.bind(directory, at: 1)
        try known.bind(entryID.text, at: 2)
        return try known.first { row throws(StoreError) in
            Known(
                id: row.int(0),
                group: RoleGroup(
                    entryID: entryID, dn: row.text(1), dnKey: MemberKey(octets: row.blob(2)),
                    name: row.text(3)),
                digest: row.optionalBlob(4), isMissing: !row.isNull(5))
        }
    }

    package func insert(_ group: RoleGroup) throws(StoreError) -> Int64 {
        try insertion.run(
            directory, group.entryID.text, group.dn, group.dnKey.octets, group.name)
        return database.lastInsertRowID
    }

    /// The group is present; its members are to be compared.
    package func update(_ id: Int64, _ group: RoleGroup) throws(StoreError) {
        try change.run(group.dn, group.dnKey.octets, group.name, id)
    }

    /// Everything of the group that has this digest is stored.
    package func complete(_ id: Int64, digest octets: [UInt8]) throws(StoreError) {
        try digest.run(octets, id)
    }

    package func setMissing(_ id: Int64, since: Timestamp) throws(StoreError) {
        try missing.run(since.seconds, id)
    }

    /// The present groups of the directory, to find those that a read did not see.
    package func present() throws(StoreError) -> [(id: Int64, group: RoleGroup)] {
        let statement = try database.prepare(
            """
            SELECT id, entry_id, dn, dn_key, name FROM role_groups \
            WHERE directory = ? AND missing_since IS NULL
            """)
        try statement.bind(directory, at: 1)
        return try statement.all { row throws(StoreError) in
            (
                row.int(0),
                RoleGroup(
                    entryID: EntryID(row.text(1)), dn: row.text(2),
                    dnKey: MemberKey(octets: row.blob(3)), name: row.text(4))
            )
        }
    }
}
