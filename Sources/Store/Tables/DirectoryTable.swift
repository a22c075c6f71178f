package import Ground
internal import Identity

/// The row of a directory in the store, which keeps it whatever its key in `lockstep.yaml` becomes.
package struct DirectoryID: RowID {
    /// No directory's: who asks for it asks for those of all others.
    package static let nowhere = DirectoryID(rawValue: -1)

    package let rawValue: Int64

    package init(rawValue: Int64) {
        self.rawValue = rawValue
    }
}

/// The directories that the store knows, by their keys in `lockstep.yaml`.
package enum DirectoryTable {
    /// The number of a directory, which is given one at its first sync.
    ///
    /// Takes over what was stored under `former`, the key that it had before, where nothing is
    /// stored under the new one.
    package static func number(
        of name: String, former: String?, in transaction: borrowing Transaction
    ) throws(StoreError) -> DirectoryID {
        if let known = try lookUp(name, in: transaction.store) {
            guard let former, try lookUp(former, in: transaction.store) != nil,
                try !hasUsers(known, in: transaction.store)
            else { return known }
            try remove(known, in: transaction)
        }
        if let former, let known = try lookUp(former, in: transaction.store) {
            let rename = try transaction.database.prepare(
                "UPDATE directories SET name = ? WHERE id = ?")
            try rename.run(name, known)
            return known
        }
        try transaction.database.prepare("INSERT INTO directories (name) VALUES (?)").run(name)
        return DirectoryID(rawValue: transaction.database.lastInsertRowID)
    }

    /// Whether `uid_key` is kept for every user of the directory.
    package static func keepsUids(
        _ directory: DirectoryID, in store: Store
    ) throws(StoreError) -> Bool {
        let statement = try store.database.prepare(
            "SELECT keeps_uids FROM directories WHERE id = ?")
        try statement.bind(directory, at: 1)
        return try statement.first { row throws(StoreError) in
            try RowReading(directory.rawValue, of: "directories", in: row).flag(
                "keeps_uids", in: row)
        } == true
    }

    /// Every user of the directory has her `uid_key` from now on.
    package static func keepUids(
        _ directory: DirectoryID, in transaction: borrowing Transaction
    ) throws(StoreError) {
        try transaction.database.prepare("UPDATE directories SET keeps_uids = 1 WHERE id = ?").run(
            directory)
    }

    /// Whether a first load may have given one username to several of the directory's users.
    package static func isUnsettled(
        _ directory: DirectoryID, in store: Store
    ) throws(StoreError) -> Bool {
        let statement = try store.database.prepare("SELECT unsettled FROM directories WHERE id = ?")
        try statement.bind(directory, at: 1)
        return try statement.first { row throws(StoreError) in
            try RowReading(directory.rawValue, of: "directories", in: row).flag(
                "unsettled", in: row)
        } == true
    }

    package static func setUnsettled(
        _ isUnsettled: Bool, _ directory: DirectoryID, in transaction: borrowing Transaction
    ) throws(StoreError) {
        try transaction.database.prepare("UPDATE directories SET unsettled = ? WHERE id = ?")
            .run(isUnsettled, directory)
    }

    /// The directory was read to its end, without an error.
    package static func markRead(
        _ name: String, at now: Timestamp, in transaction: borrowing Transaction
    ) throws(StoreError) {
        try transaction.database.prepare("UPDATE directories SET read_at = ? WHERE name = ?")
            .run(now.seconds, name)
    }

    /// Whether drift waits for a release, because the store was put back to an older state.
    package static func isAdopted(
        _ directory: DirectoryID, in store: Store
    ) throws(StoreError) -> Bool {
        let statement = try store.database.prepare("SELECT adopted FROM directories WHERE id = ?")
        try statement.bind(directory, at: 1)
        return try statement.first { row throws(StoreError) in
            try RowReading(directory.rawValue, of: "directories", in: row).flag("adopted", in: row)
        } == true
    }

    /// Drift is enforced again.
    package static func endAdoption(
        of directory: DirectoryID, in transaction: borrowing Transaction
    ) throws(StoreError) {
        try transaction.database.prepare("UPDATE directories SET adopted = 0 WHERE id = ?").run(
            directory)
    }

    /// Whether the store has users of no directory but this one; nil: of none that it knows.
    package static func isAlone(
        _ directory: DirectoryID?, in store: Store
    ) throws(StoreError) -> Bool {
        let statement = try store.database.prepare(
            """
            SELECT count(*) FROM directories d WHERE d.id IS NOT ? \
            AND EXISTS (SELECT 1 FROM users u WHERE u.directory = d.id)
            """)
        try statement.bind(directory, at: 1)
        return try statement.firstNumber() == 0
    }

    package static func hasUsers(
        _ directory: DirectoryID, in store: Store
    ) throws(StoreError) -> Bool {
        let statement = try store.database.prepare(
            "SELECT EXISTS (SELECT 1 FROM users WHERE directory = ?)")
        try statement.bind(directory, at: 1)
        return try statement.firstNumber() == 1
    }

    /// A directory of which nobody was ever stored: a run that could not read it leaves its number.
    private static func remove(
        _ directory: DirectoryID, in transaction: borrowing Transaction
    ) throws(StoreError) {
        try transaction.database.prepare(
            """
            DELETE FROM memberships WHERE role_group IN (SELECT id FROM role_groups WHERE directory = ?)
            """
        ).run(directory)
        try transaction.database.prepare("DELETE FROM role_groups WHERE directory = ?").run(
            directory)
        try transaction.database.prepare("DELETE FROM rejected WHERE directory = ?").run(directory)
        try transaction.database.prepare("DELETE FROM streams WHERE directory = ?").run(directory)
        try transaction.database.prepare("DELETE FROM directories WHERE id = ?").run(directory)
    }

    /// nil: never synced.
    package static func lookUp(
        _ name: String, in store: Store
    ) throws(StoreError) -> DirectoryID? {
        let statement = try store.database.prepare("SELECT id FROM directories WHERE name = ?")
        try statement.bind(name, at: 1)
        return try statement.first { row throws(StoreError) in try row.id("id") }
    }
}
