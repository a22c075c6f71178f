package import LDAP

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
    package static func remember(
        _ server: Server, of directory: DirectoryID, in store: Store
    ) throws(StoreError) {
        guard try self.server(of: directory, in: store) != server else { return }
        try store.write { (transaction: borrowing Transaction) throws(StoreError) in
            try store.database.prepare(
                "UPDATE directories SET dialect = ?, has_end_time = ?, domain = ? WHERE id = ?"
            )
            .run(server.dialect.name.rawValue, server.hasPwdEndTime, server.domain, directory)
        }
    }

    /// nil: none was read yet.
    package static func server(
        of name: String, in store: Store
    ) throws(StoreError) -> Server? {
        let statement = try store.database.prepare(
            "SELECT dialect, has_end_time, domain, id FROM directories WHERE name = ?")
        try statement.bind(name, at: 1)
        return try read(statement)
    }

    static func server(
        of directory: DirectoryID, in store: Store
    ) throws(StoreError) -> Server? {
        let statement = try store.database.prepare(
            "SELECT dialect, has_end_time, domain, id FROM directories WHERE id = ?")
        try statement.bind(directory, at: 1)
        return try read(statement)
    }

    private static func read(_ statement: borrowing Statement) throws(StoreError) -> Server? {
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
    package static func folding(
        of directory: DirectoryID, in store: Store
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

    package static func remember(
        _ folding: Folding, of directory: DirectoryID, in transaction: borrowing Transaction
    ) throws(StoreError) {
        try transaction.database.prepare("UPDATE directories SET folds_dotted_i = ? WHERE id = ?")
            .run(folding == .together, directory)
    }
}
