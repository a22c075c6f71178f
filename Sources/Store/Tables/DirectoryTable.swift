package import Ground
package import Identity
package import LDAP

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
package struct DirectoryTable {
    private let store: Store

    package init(_ store: Store) {
        self.store = store
    }

    /// The number of a directory, which is given one at its first sync.
    ///
    /// Takes over what was stored under `former`, the key that it had before, where nothing is
    /// stored under the new one.
    package func number(
        of name: DirectoryName, former: DirectoryName?, in transaction: borrowing Transaction
    ) throws(StoreError) -> DirectoryID {
        if let known = try lookUp(name) {
            guard let former, try lookUp(former) != nil,
                try !hasUsers(known)
            else { return known }
            try remove(known, in: transaction)
        }
        if let former, let known = try lookUp(former) {
            let rename = try transaction.database.prepare(
                "UPDATE directories SET name = ? WHERE id = ?")
            try rename.run(name, known)
            return known
        }
        try transaction.database.prepare("INSERT INTO directories (name) VALUES (?)").run(name)
        return DirectoryID(rawValue: transaction.database.lastInsertRowID)
    }

    /// Whether `uid_key` is kept for every user of the directory.
    package func keepsUids(
        _ directory: DirectoryID
    ) throws(StoreError) -> Bool {
        let statement = try store.database.prepare(
            "SELECT keeps_uids FROM directories WHERE id = ?")
        try statement.bind(directory, at: 1)
        return try statement.first { row throws(StoreError) in
            try RowReading(directory.rawValue, of: "directories", in: row).flag(
                "keeps_uids", in: row)
        } == true
    }

    /// Every user of the directory has a `uid_key` from now on.
    package func keepUids(
        _ directory: DirectoryID, in transaction: borrowing Transaction
    ) throws(StoreError) {
        try transaction.database.prepare("UPDATE directories SET keeps_uids = 1 WHERE id = ?").run(
            directory)
    }

    /// Whether a first load may have given one username to several of the directory's users.
    package func isUnsettled(
        _ directory: DirectoryID
    ) throws(StoreError) -> Bool {
        let statement = try store.database.prepare("SELECT unsettled FROM directories WHERE id = ?")
        try statement.bind(directory, at: 1)
        return try statement.first { row throws(StoreError) in
            try RowReading(directory.rawValue, of: "directories", in: row).flag(
                "unsettled", in: row)
        } == true
    }

    package func setUnsettled(
        _ isUnsettled: Bool, _ directory: DirectoryID, in transaction: borrowing Transaction
    ) throws(StoreError) {
        try transaction.database.prepare("UPDATE directories SET unsettled = ? WHERE id = ?")
            .run(isUnsettled, directory)
    }

    /// The directory was read to its end, without an error.
    package func markRead(
        _ name: DirectoryName, at now: Timestamp, in transaction: borrowing Transaction
    ) throws(StoreError) {
        try transaction.database.prepare("UPDATE directories SET read_at = ? WHERE name = ?")
            .run(now.seconds, name)
    }

    /// Whether drift waits for a release, because the store was put back to an older state.
    package func isAdopted(
        _ directory: DirectoryID
    ) throws(StoreError) -> Bool {
        let statement = try store.database.prepare("SELECT adopted FROM directories WHERE id = ?")
        try statement.bind(directory, at: 1)
        return try statement.first { row throws(StoreError) in
            try RowReading(directory.rawValue, of: "directories", in: row).flag("adopted", in: row)
        } == true
    }

    /// Drift is enforced again.
    package func endAdoption(
        of directory: DirectoryID, in transaction: borrowing Transaction
    ) throws(StoreError) {
        try transaction.database.prepare("UPDATE directories SET adopted = 0 WHERE id = ?").run(
            directory)
    }

    /// Whether the store has users of no directory but this one; nil: of none that it knows.
    package func isAlone(
        _ directory: DirectoryID?
    ) throws(StoreError) -> Bool {
        let statement = try store.database.prepare(
            """
            SELECT count(*) FROM directories d WHERE d.id IS NOT ? \
            AND EXISTS (SELECT 1 FROM users u WHERE u.directory = d.id)
            """)
        try statement.bind(directory, at: 1)
        return try statement.firstNumber() == 0
    }

    package func hasUsers(
        _ directory: DirectoryID
    ) throws(StoreError) -> Bool {
        let statement = try store.database.prepare(
            "SELECT EXISTS (SELECT 1 FROM users WHERE directory = ?)")
        try statement.bind(directory, at: 1)
        return try statement.firstNumber() == 1
    }

    /// A directory of which nobody was ever stored: a run that could not read it leaves its number.
    private func remove(
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

    /// The name of the directory that a group is of.
    package func name(of group: GroupID) throws(StoreError) -> DirectoryName? {
        let statement = try store.database.prepare(
            """
            SELECT d.name FROM role_groups g JOIN directories d ON d.id = g.directory
            WHERE g.id = ?
            """)
        try statement.bind(group, at: 1)
        return try statement.first { row throws(StoreError) in try row.directory("name") }
    }

    /// nil: never synced.
    package func lookUp(
        _ name: DirectoryName
    ) throws(StoreError) -> DirectoryID? {
        let statement = try store.database.prepare("SELECT id FROM directories WHERE name = ?")
        try statement.bind(name, at: 1)
        return try statement.first { row throws(StoreError) in try row.id("id") }
    }
}

/// What the server of a directory is, for a plan that is made while it can't be asked.
extension DirectoryTable {
    package struct Server: Equatable, Sendable {
        package let dialect: Dialect
        package let hasPwdEndTime: Bool
        /// What stands before the backslash of `DOMAIN\name`; nil: there is no such thing.
        package let domain: String?

        package init(dialect: Dialect, hasPwdEndTime: Bool, domain: String? = nil) {
            self.dialect = dialect
            self.hasPwdEndTime = hasPwdEndTime
            self.domain = domain
        }

        package static func == (left: Server, right: Server) -> Bool {
            left.dialect.name == right.dialect.name && left.hasPwdEndTime == right.hasPwdEndTime
                && left.domain == right.domain
        }
    }

    /// Writes only where another one was known.
    package func remember(
        _ server: Server, of directory: DirectoryID
    ) throws(StoreError) {
        guard try self.server(of: directory) != server else { return }
        try store.write { (transaction: borrowing Transaction) throws(StoreError) in
            try store.database.prepare(
                "UPDATE directories SET dialect = ?, has_end_time = ?, domain = ? WHERE id = ?"
            )
            .run(server.dialect.name.rawValue, server.hasPwdEndTime, server.domain, directory)
        }
    }

    /// nil: none was read yet.
    package func server(
        of name: DirectoryName
    ) throws(StoreError) -> Server? {
        let statement = try store.database.prepare(
            "SELECT dialect, has_end_time, domain, id FROM directories WHERE name = ?")
        try statement.bind(name, at: 1)
        return try read(statement)
    }

    func server(
        of directory: DirectoryID
    ) throws(StoreError) -> Server? {
        let statement = try store.database.prepare(
            "SELECT dialect, has_end_time, domain, id FROM directories WHERE id = ?")
        try statement.bind(directory, at: 1)
        return try read(statement)
    }

    private func read(_ statement: borrowing Statement) throws(StoreError) -> Server? {
        let found = try statement.first { row throws(StoreError) -> Server? in
            let reading = try RowReading(row.int("id"), of: "directories", in: row)
            let name: Dialect.Name? = try reading.optionalWord("dialect", in: row)
            guard let dialect = name?.dialect else { return nil }
            return try Server(
                dialect: dialect, hasPwdEndTime: reading.flag("has_end_time", in: row),
                domain: row.optionalText("domain"))
        }
        return found ?? nil
    }

    /// How the server takes `İ`; nil: it was not asked yet.
    package func folding(
        of directory: DirectoryID
    ) throws(StoreError) -> Folding? {
        let statement = try store.database.prepare(
            "SELECT folds_dotted_i FROM directories WHERE id = ?")
        try statement.bind(directory, at: 1)
        let found = try statement.first { row throws(StoreError) in
            try RowReading(directory.rawValue, of: "directories", in: row)
                .optionalFlag("folds_dotted_i", in: row)
        }
        return (found ?? nil).map { $0 ? .together : .apart }
    }

    package func remember(
        _ folding: Folding, of directory: DirectoryID, in transaction: borrowing Transaction
    ) throws(StoreError) {
        try transaction.database.prepare("UPDATE directories SET folds_dotted_i = ? WHERE id = ?")
            .run(folding == .together, directory)
    }
}
