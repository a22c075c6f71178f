internal import CSQLite
internal import Identity

/// A compiled statement: bound, stepped through, reset, and used again.
///
/// Parameters count from 1, as in SQLite, and keep their values over a `reset`. A row's values are
/// asked for by the names of their columns. Unless every row was taken, `reset` ends the reading.
@safe
struct Statement: ~Copyable {
    private let handle: OpaquePointer
    private let compiled: CompiledStatement
    private let sql: String
    let path: String
    /// Where it goes for whoever asks for the same text next.
    private let shelf: StatementShelf
    #if DEBUG
    /// Where the program is to die, for the tests of crashes.
    var failPoints: FailPoints?
    #endif

    init(_ compiled: CompiledStatement, sql: String, path: String, shelf: StatementShelf) {
        unsafe handle = compiled.handle
        self.compiled = compiled
        self.sql = sql
        self.path = path
        self.shelf = shelf
    }

    deinit {
        shelf.put(compiled, sql)
    }

    func bind(_ value: Int64?, at index: Int) throws(StoreError) {
        let code =
            if let value {
                unsafe sqlite3_bind_int64(handle, Int32(index), value)
            } else {
                unsafe sqlite3_bind_null(handle, Int32(index))
            }
        try check(code)
    }

    func bind(_ value: (some RowID)?, at index: Int) throws(StoreError) {
        try bind(value?.rawValue, at: index)
    }

    func bind(_ value: DirectoryName?, at index: Int) throws(StoreError) {
        try bind(value?.rawValue, at: index)
    }

    func bind(_ value: Bool?, at index: Int) throws(StoreError) {
        try bind(value.map { $0 ? 1 as Int64 : 0 }, at: index)
    }

    func bind(_ value: String?, at index: Int) throws(StoreError) {
        guard let value else { return try bindNull(at: index) }
        let bound = unsafe value.utf8.withContiguousStorageIfAvailable { utf8 in
            unsafe bind(text: utf8, at: index)
        }
        // Only strings of another implementation are not contiguous.
        let code =
            unsafe bound
            ?? Array(value.utf8).withUnsafeBufferPointer { unsafe bind(text: $0, at: index) }
        try check(code)
    }

    func bind(_ value: [UInt8]?, at index: Int) throws(StoreError) {
        guard let value else { return try bindNull(at: index) }
        try check(unsafe value.withUnsafeBytes { unsafe bind(blob: $0, at: index) })
    }

    func bind(_ value: MemberKey?, at index: Int) throws(StoreError) {
        guard let value else { return try bindNull(at: index) }
        try check(unsafe value.withOctets { unsafe bind(blob: $0, at: index) })
    }

    /// A text that stays where it is until the statement has been carried out and `unbind` was called.
    func lend(_ text: UnsafeBufferPointer<UInt8>, at index: Int) throws(StoreError) {
        guard let count = Int32(exactly: text.count), let start = text.baseAddress else {
            return try bind("", at: index)
        }
        try check(
            unsafe start.withMemoryRebound(to: CChar.self, capacity: text.count) {
                unsafe sqlite3_bind_text(handle, Int32(index), $0, count, nil)
            })
    }

    /// Every parameter is NULL again.
    func unbind() {
        unsafe sqlite3_clear_bindings(handle)
    }

    private func bindNull(at index: Int) throws(StoreError) {
        try check(unsafe sqlite3_bind_null(handle, Int32(index)))
    }

    /// Whether there is a row to read.
    ///
    /// After an error the statement is reset.
    func step() throws(StoreError) -> Bool {
        let code = unsafe sqlite3_step(handle)
        if code == SQLITE_ROW { return true }
        if code == SQLITE_DONE { return false }
        throw failure(code)
    }

    func reset() {
        // It answers once more what the last step answered.
        unsafe sqlite3_reset(handle)
    }

    /// Carries out a statement that has no rows to read, and makes it ready for the next time.
    func run() throws(StoreError) {
        passStatement()
        while try step() {}
        reset()
    }

    /// The number in a row of one column: a count, a pragma.
    func number() -> Int64 {
        unsafe sqlite3_column_int64(handle, 0)
    }

    func isNull(_ column: StaticString) throws(StoreError) -> Bool {
        isNull(at: try place(of: column))
    }

    /// 0 for null.
    func int(_ column: StaticString) throws(StoreError) -> Int64 {
        int(at: try place(of: column))
    }

    /// Empty for null.
    func text(_ column: StaticString) throws(StoreError) -> String {
        text(at: try place(of: column))
    }

    /// Empty for null.
    func blob(_ column: StaticString) throws(StoreError) -> [UInt8] {
        blob(at: try place(of: column))
    }

    func optionalInt(_ column: StaticString) throws(StoreError) -> Int64? {
        let place = try place(of: column)
        return isNull(at: place) ? nil : int(at: place)
    }

    func optionalText(_ column: StaticString) throws(StoreError) -> String? {
        let place = try place(of: column)
        return isNull(at: place) ? nil : text(at: place)
    }

    func optionalBlob(_ column: StaticString) throws(StoreError) -> [UInt8]? {
        let place = try place(of: column)
        return isNull(at: place) ? nil : blob(at: place)
    }

    func memberKey(_ column: StaticString) throws(StoreError) -> MemberKey {
        let place = try place(of: column)
        let blob = unsafe sqlite3_column_blob(handle, place)
        let count = unsafe Int(sqlite3_column_bytes(handle, place))
        return unsafe MemberKey(UnsafeRawBufferPointer(start: blob, count: count))
    }

    /// Whether the column has just that text; nothing is copied.
    func equals(_ text: String, _ column: StaticString) throws(StoreError) -> Bool {
        let place = try place(of: column)
        guard let stored = unsafe sqlite3_column_text(handle, place) else { return false }
        let count = unsafe Int(sqlite3_column_bytes(handle, place))
        return unsafe text.utf8.elementsEqual(UnsafeBufferPointer(start: stored, count: count))
    }

    /// The same of octets.
    func equals(_ octets: [UInt8], _ column: StaticString) throws(StoreError) -> Bool {
        let place = try place(of: column)
        let stored = unsafe sqlite3_column_blob(handle, place)
        let count = unsafe Int(sqlite3_column_bytes(handle, place))
        return unsafe octets.elementsEqual(UnsafeRawBufferPointer(start: stored, count: count))
    }

    private func isNull(at place: Int32) -> Bool {
        unsafe sqlite3_column_type(handle, place) == SQLITE_NULL
    }

    private func int(at place: Int32) -> Int64 {
        unsafe sqlite3_column_int64(handle, place)
    }

    private func text(at place: Int32) -> String {
        guard let text = unsafe sqlite3_column_text(handle, place) else { return "" }
        let count = unsafe Int(sqlite3_column_bytes(handle, place))
        return unsafe String(
            decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self)
    }

    private func blob(at place: Int32) -> [UInt8] {
        guard let blob = unsafe sqlite3_column_blob(handle, place) else { return [] }
        let count = unsafe Int(sqlite3_column_bytes(handle, place))
        return unsafe Array(UnsafeRawBufferPointer(start: blob, count: count))
    }

    private func place(of column: StaticString) throws(StoreError) -> Int32 {
        if let place = compiled.place(of: column) { return place }
        throw StoreError(
            .other, message: "there is not one column “\(column)”", statement: sql, path: path)
    }

    private func bind(text: UnsafeBufferPointer<UInt8>, at index: Int) -> Int32 {
        guard let count = Int32(exactly: text.count) else { return SQLITE_TOOBIG }
        // A null pointer would bind NULL, not the empty text.
        guard let start = text.baseAddress else {
            return unsafe lockstep_sqlite_bind_text(handle, Int32(index), "", 0)
        }
        return unsafe start.withMemoryRebound(to: CChar.self, capacity: text.count) {
            unsafe lockstep_sqlite_bind_text(handle, Int32(index), $0, count)
        }
    }

    private func bind(blob: UnsafeRawBufferPointer, at index: Int) -> Int32 {
        guard let count = Int32(exactly: blob.count) else { return SQLITE_TOOBIG }
        guard let start = blob.baseAddress, count > 0 else {
            return unsafe sqlite3_bind_zeroblob(handle, Int32(index), 0)
        }
        return unsafe lockstep_sqlite_bind_blob(handle, Int32(index), start, count)
    }

    /// Dies before a statement of a transaction where a debug build was told to.
    private func passStatement() {
        #if DEBUG
        if unsafe sqlite3_get_autocommit(sqlite3_db_handle(handle)) == 0 {
            failPoints?.armed?.pass(.statement)
        }
        #endif
    }

    private func check(_ code: Int32) throws(StoreError) {
        guard code == SQLITE_OK else { throw failure(code) }
    }

    /// Reads SQLite's words before the reset that would overwrite them.
    private func failure(_ code: Int32) -> StoreError {
        let database = unsafe sqlite3_db_handle(handle)
        let words = unsafe sqlite3_errmsg(database).map { unsafe String(cString: $0) }
        let error = StoreError.answered(
            code: code, systemCode: unsafe sqlite3_system_errno(database),
            message: words ?? "error \(code)", statement: sql, path: path)
        reset()
        return error
    }
}
