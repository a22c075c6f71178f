internal import CSQLite
internal import Identity

/// A connection to one SQLite file, the only owner of its handle.
///
/// Used by one thread. Statements may outlive it (`sqlite3_close_v2`).
@safe
final class Database {
    enum Access: Sendable {
        case read
        case write
    }

    let path: String
    /// What the journal's steps are read by.
    var stepKinds = StepCatalogue.standard
    private let handle: OpaquePointer
    #if DEBUG
    /// Where the program is to die, for the tests of crashes.
    let failPoints = FailPoints()
    #endif
    private let shelf = StatementShelf()

    /// SQLite counts its allocations under a lock that all connections share, for statistics that
    /// nobody here reads: half as many locks for the thread of a first load and the one beside it.
    private static let isWithoutStatistics = lockstep_sqlite_leave_statistics_out() == SQLITE_OK

    /// Opens a file that exists.
    ///
    /// A file that is not there is `.missing`. An empty one is an empty database: who makes a store
    /// makes the file first, so that it has the mode 0600 from the beginning; SQLite gives `-wal`
    /// and `-shm` the mode of the database.
    init(path: String, access: Access) throws(StoreError) {
        _ = Self.isWithoutStatistics
        var opened: OpaquePointer?
        let flags =
            (access == .read ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE)
            | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
        let code = unsafe sqlite3_open_v2(path, &opened, flags, nil)
        // "Whether or not an error occurs when it is opened, resources associated with the database
        // connection handle should be released by passing it to sqlite3_close()."
        guard code == SQLITE_OK, let handle = unsafe opened else {
            let error = unsafe Database.failure(opened, code, statement: nil, path: path)
            unsafe sqlite3_close_v2(opened)
            throw error
        }
        unsafe self.handle = handle
        self.path = path
        try configure()
    }

    deinit {
        shelf.close()
        unsafe sqlite3_close_v2(handle)
    }

    /// A statement, compiled unless one of the same text is idle; keep it where it is used row by row.
    ///
    /// Its text may come in pieces, such as the columns that several statements share.
    func prepare(_ pieces: StaticString...) throws(StoreError) -> Statement {
        let sql = pieces.map { "\($0)" }.joined(separator: " ")
        if let idle = shelf.take(sql) { return statement(idle, sql) }
        var statement: OpaquePointer?
        let code = unsafe sqlite3_prepare_v3(
            handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
        guard code == SQLITE_OK, let statement = unsafe statement else {
            throw failure(code, statement: sql)
        }
        return unsafe self.statement(CompiledStatement(statement), sql)
    }

    private func statement(_ compiled: CompiledStatement, _ sql: String) -> Statement {
        #if DEBUG
        var statement = Statement(compiled, sql: sql, path: path, shelf: shelf)
        statement.failPoints = failPoints
        return statement
        #else
        return Statement(compiled, sql: sql, path: path, shelf: shelf)
        #endif
    }

    /// Carries out one statement or several, without values.
    func execute(_ sql: StaticString) throws(StoreError) {
        let code = unsafe sqlite3_exec(handle, sql.text, nil, nil, nil)
        guard code == SQLITE_OK else { throw failure(code, statement: "\(sql)") }
    }

    /// Carries out a migration, which is not known at compile time as a `StaticString`.
    func execute(script: [UInt8], named name: String) throws(StoreError) {
        let code = unsafe (script + [0]).withUnsafeBytes { bytes in
            let text = unsafe bytes.assumingMemoryBound(to: CChar.self)
            return unsafe sqlite3_exec(handle, text.baseAddress, nil, nil, nil)
        }
        guard code == SQLITE_OK else { throw failure(code, statement: name) }
    }

    /// One value of one row: a pragma's or a count's.
    func integer(_ sql: StaticString) throws(StoreError) -> Int64 {
        try prepare(sql).firstNumber() ?? 0
    }

    /// The `rowid` of the last row that was inserted.
    var lastInsertRowID: Int64 {
        unsafe sqlite3_last_insert_rowid(handle)
    }

    /// How many rows the last `INSERT`, `UPDATE` or `DELETE` changed, without those of triggers.
    var changes: Int64 {
        unsafe sqlite3_changes64(handle)
    }

    var isInTransaction: Bool {
        unsafe sqlite3_get_autocommit(handle) == 0
    }

    /// After how many pages in the log SQLite moves them to the database; 1,000 where nothing is set.
    func checkpoint(everyPages pages: Int32) {
        unsafe sqlite3_wal_autocheckpoint(handle, pages)
    }

    private func configure() throws(StoreError) {
        unsafe sqlite3_busy_timeout(handle, 10_000)
        // Text in double quotes is never a string; a schema that somebody else wrote runs no function
        // with side effects and can't be edited under us.
        for (option, value): (Int32, Int32) in [
            (SQLITE_DBCONFIG_DQS_DDL, 0), (SQLITE_DBCONFIG_DQS_DML, 0),
            (SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0), (SQLITE_DBCONFIG_DEFENSIVE, 1),
            (SQLITE_DBCONFIG_ENABLE_FKEY, 1),
        ] {
            try configure(option, value)
        }
        // Debian compiles SQLite with `secure_delete`, which writes pages only to fill them with zeros.
        try execute(
            """
            PRAGMA cache_size = -8192; PRAGMA synchronous = FULL; PRAGMA secure_delete = FAST; \
            PRAGMA journal_size_limit = 16777216
            """)
    }

    private func configure(_ option: Int32, _ value: Int32) throws(StoreError) {
        let code = unsafe lockstep_sqlite_configure(handle, option, value)
        guard code == SQLITE_OK else { throw failure(code, statement: nil) }
    }

    /// Whether the schema's own table is kept from being written.
    func defend(_ isDefended: Bool) throws(StoreError) {
        try configure(SQLITE_DBCONFIG_DEFENSIVE, isDefended ? 1 : 0)
    }

    /// Puts the file into WAL mode, where it stays; not before it is known to be a store.
    func keepWriteAheadLog() throws(StoreError) {
        try execute("PRAGMA journal_mode = WAL")
    }

    /// Overwrites `target` with a copy of this database, in one step.
    func copy(to target: Database) throws(StoreError) {
        guard let backup = unsafe sqlite3_backup_init(target.handle, "main", handle, "main") else {
            throw target.failure(unsafe sqlite3_errcode(target.handle), statement: "backup")
        }
        unsafe sqlite3_backup_step(backup, -1)
        // "If an error occurred during sqlite3_backup_step(), sqlite3_backup_finish() returns it."
        let code = unsafe sqlite3_backup_finish(backup)
        guard code == SQLITE_OK else { throw target.failure(code, statement: "backup") }
    }

    func failure(_ code: Int32, statement: String?) -> StoreError {
        unsafe Database.failure(handle, code, statement: statement, path: path)
    }

    private static func failure(
        _ handle: OpaquePointer?, _ code: Int32, statement: String?, path: String
    ) -> StoreError {
        let words = unsafe handle == nil ? sqlite3_errstr(code) : sqlite3_errmsg(handle)
        return .answered(
            code: code, systemCode: unsafe sqlite3_system_errno(handle),
            message: unsafe words.map { unsafe String(cString: $0) } ?? "error \(code)",
            statement: statement, path: path)
    }
}

extension Database {
    /// Makes all of `body` durable, or nothing of it: `BEGIN IMMEDIATE`, which waits its turn for
    /// ten seconds, then `COMMIT`.
    ///
    /// What `body` throws is what the caller gets, whatever becomes of the rollback.
    func transaction<T>(
        _ body: () throws(StoreError) -> T
    ) throws(StoreError) -> T {
        try execute("BEGIN IMMEDIATE")
        do {
            let result = try body()
            try commit()
            return result
        } catch {
            rollBack()
            throw error
        }
    }

    private func commit() throws(StoreError) {
        #if DEBUG
        failPoints.armed?.pass(.statement)
        #endif
        try execute("COMMIT")
    }

    /// A number that is another one once another connection has changed the database.
    func versionOfOthers() throws(StoreError) -> Int64 {
        try integer("PRAGMA data_version")
    }

    /// Reads everything in `body` as of one instant, without holding up writers.
    func snapshot<T>(_ body: () throws -> T) throws -> T {
        try execute("BEGIN DEFERRED")
        defer { rollBack() }
        return try body()
    }

    /// Ends what is left of a transaction.
    ///
    /// SQLite has already rolled back by itself after a full disk or a failed write. A rollback that
    /// fails leaves nothing to do: the transaction dies with the connection.
    private func rollBack() {
        if isInTransaction { try? execute("ROLLBACK") }
    }
}

/// The same for bodies that throw errors of others, too.
extension Database {
    @_disfavoredOverload
    func transaction<T>(_ body: () throws -> T) throws -> T {
        try execute("BEGIN IMMEDIATE")
        do {
            let result = try body()
            try commit()
            return result
        } catch {
            rollBack()
            throw error
        }
    }
}

extension StaticString {
    /// The text as C reads it: a static string of more than one character ends with a NUL.
    fileprivate var text: UnsafePointer<CChar> {
        unsafe UnsafeRawPointer(utf8Start).assumingMemoryBound(to: CChar.self)
    }
}
