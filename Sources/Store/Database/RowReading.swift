internal import Ground
internal import Identity

extension StoreError {
    /// Names a row of which nothing is concluded.
    static func unreadable(
        _ row: String, of table: String, _ column: StaticString, _ why: Unreadable, path: String
    ) -> StoreError {
        StoreError(
            .corrupt,
            message: "row \(row) of \(table) can't be read: its \(column) \(why.because)",
            path: path)
    }
}

/// One row as it is read: every value is what it says, or the reading ends with the row's name.
struct RowReading {
    let table: String
    /// What it is found by: its number, or the columns of its key.
    let row: String
    let path: String

    init(_ row: some RowID, of table: String, in statement: borrowing Statement) {
        self.init(row.description, of: table, in: statement)
    }

    init(_ row: Int64, of table: String, in statement: borrowing Statement) {
        self.init(String(row), of: table, in: statement)
    }

    init(_ row: String, of table: String, in statement: borrowing Statement) {
        self.table = table
        self.row = row
        path = statement.path
    }

    func unreadable(_ column: StaticString, _ why: Unreadable = .unknown) -> StoreError {
        .unreadable(row, of: table, column, why, path: path)
    }

    func word<Word: RawRepresentable<String>>(
        _ column: StaticString, in row: borrowing Statement, as type: Word.Type = Word.self
    ) throws(StoreError) -> Word {
        guard let word = Word(rawValue: try row.text(column)) else { throw unreadable(column) }
        return word
    }

    func optionalWord<Word: RawRepresentable<String>>(
        _ column: StaticString, in row: borrowing Statement, as type: Word.Type = Word.self
    ) throws(StoreError) -> Word? {
        try row.isNull(column) ? nil : try word(column, in: row) as Word
    }

    /// One of the kinds of step that the journal is read by: the column `kind`.
    func kind(
        in row: borrowing Statement, among kinds: StepCatalogue
    ) throws(StoreError) -> StepKind {
        guard let kind = kinds.kind(named: try row.text("kind")) else { throw unreadable("kind") }
        return kind
    }

    /// 1 or 0.
    func flag(_ column: StaticString, in row: borrowing Statement) throws(StoreError) -> Bool {
        let number = try row.int(column)
        guard number == 0 || number == 1 else { throw unreadable(column) }
        return number == 1
    }

    func optionalFlag(
        _ column: StaticString, in row: borrowing Statement
    ) throws(StoreError) -> Bool? {
        try row.isNull(column) ? nil : try flag(column, in: row)
    }

    /// What `decode` makes of a column of JSON.
    func json<Value>(
        _ column: StaticString, in row: borrowing Statement,
        _ decode: (JSONValue) throws(Unreadable) -> Value
    ) throws(StoreError) -> Value {
        guard let json = JSONValue(parsing: try row.text(column)) else {
            throw unreadable(column, Unreadable("is no JSON"))
        }
        do throws(Unreadable) {
            return try decode(json)
        } catch {
            throw unreadable(column, error)
        }
    }

    func optionalJSON<Value>(
        _ column: StaticString, in row: borrowing Statement,
        _ decode: (JSONValue) throws(Unreadable) -> Value
    ) throws(StoreError) -> Value? {
        try row.isNull(column) ? nil : try json(column, in: row, decode)
    }
}
