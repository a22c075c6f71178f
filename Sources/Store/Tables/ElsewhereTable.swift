package import Ground
package import Identity
package import LDAP

/// Missing users whose entry is still there, outside of what `users` asks for: `users.elsewhere` and
/// `users.elsewhere_group`, one directory's.
package struct ElsewhereTable {
    /// Where such an entry is, and what it says.
    package struct Place: Hashable, Sendable {
        package var dn: String
        /// nil: the entry does not say.
        package var disabled: Bool?
        /// The DN of a role group that has it as a member.
        package var group: String?

        package init(dn: String, disabled: Bool?, group: String?) {
            self.dn = dn
            self.disabled = disabled
            self.group = group
        }
    }

    package struct Missing: Sendable {
        package let id: UserID
        package let entryID: EntryID
        /// As it was last seen; nil: nowhere.
        package let elsewhere: Place?
    }

    private let database: Database
    private let directory: DirectoryID

    package init(_ store: Store, directory: DirectoryID) {
        database = store.database
        self.directory = directory
    }

    /// The users whose entry is worth a look: those who went missing at this very time, all who are not
    /// active, and those who were seen elsewhere before.
    package func missing(
        since now: Timestamp, all: Bool
    ) throws(StoreError) -> [Missing] {
        let recent = try database.prepare(
            """
            SELECT id, entry_id, elsewhere, disabled, elsewhere_group FROM users \
            WHERE directory = ? AND missing_since = ?
            """)
        try recent.bind(directory, now.seconds)
        let known =
            all
            ? try database.prepare(
                """
                SELECT id, entry_id, elsewhere, disabled, elsewhere_group FROM users \
                WHERE directory = ? AND missing_since IS NOT NULL AND state != 'active'
                """)
            : try database.prepare(
                """
                SELECT id, entry_id, elsewhere, disabled, elsewhere_group FROM users \
                INDEXED BY users_elsewhere WHERE directory = ? AND elsewhere IS NOT NULL \
                AND state != 'active'
                """)
        try known.bind(directory, at: 1)
        let new = try recent.all { row throws(StoreError) in try Self.missing(row) }
        let ids = Set(new.map(\.id))
        return try known.all { row throws(StoreError) in try Self.missing(row) }
            .filter { !ids.contains($0.id) } + new
    }

    private static func missing(_ row: borrowing Statement) throws(StoreError) -> Missing {
        var place: Place?
        if let dn = try row.optionalText("elsewhere") {
            let disabled = try row.optionalInt("disabled").map { $0 == 1 }
            place = try Place(
                dn: dn, disabled: disabled, group: row.optionalText("elsewhere_group"))
        }
        return try Missing(
            id: row.id("id"), entryID: EntryID(row.text("entry_id")), elsewhere: place)
    }

    /// nil: it is nowhere to be found.
    package func set(
        _ place: Place?, of user: UserID, in transaction: borrowing Transaction
    ) throws(StoreError) {
        try database.prepare(
            """
            UPDATE users SET elsewhere = ?, elsewhere_group = ?, disabled = coalesce(?, disabled) \
            WHERE id = ? AND missing_since IS NOT NULL
            """
        ).run(place?.dn, place?.group, place?.disabled, user)
    }
}
