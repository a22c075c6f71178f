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
    }

    /// Writes only where another one was known.
    package static func remember(
        _ server: Server, of directory: Int64, in database: Database
    ) throws(StoreError) {
        let statement = try database.prepare(
            "SELECT dialect, has_end_time, domain FROM directories WHERE id = ?")
        try statement.bind(directory, at: 1)
        guard try read(statement) != server else { return }
        try database.transaction { () throws(StoreError) in
            try database.prepare(
                "UPDATE directories SET dialect = ?, has_end_time = ?, domain = ? WHERE id = ?"
            )
            .run(server.dialect.rawValue, server.hasPwdEndTime, server.domain, directory)
        }
    }

    /// nil: none was read yet.
    package static func server(
        of name: String, in database: Database
    ) throws(StoreError) -> Server? {
        let statement = try database.prepare(
            "SELECT dialect, has_end_time, domain FROM directories WHERE name = ?")
        try statement.bind(name, at: 1)
        return try read(statement)
    }

    private static func read(_ statement: borrowing Statement) throws(StoreError) -> Server? {
        let found = try statement.first { row throws(StoreError) in
            row.optionalText(0).flatMap(Dialect.init(rawValue:)).map {
                Server(
                    dialect: $0, hasPwdEndTime: row.int(1) == 1, domain: row.optionalText(2))
            }
        }
        return found ?? nil
    }

    /// How the server takes `İ`; nil: it was not asked yet.
    package static func folding(
        of directory: Int64, in database: Database
    ) throws(StoreError) -> Folding? {
        let statement = try database.prepare("SELECT folds_dotted_i FROM directories WHERE id = ?")
        try statement.bind(directory, at: 1)
        let found = try statement.first { row throws(StoreError) in row.optionalInt(0) }
        return (found ?? nil).map { $0 == 1 ? .together : .apart }
    }

    package static func remember(
        _ folding: Folding, of directory: Int64, in database: Database
    ) throws(StoreError) {
        try database.prepare("UPDATE directories SET folds_dotted_i = ? WHERE id = ?")
            .run(folding == .together, directory)
    }
}
