internal import Ground
internal import Identity

extension StoreError {
    /// Names a row of which nothing is concluded.
    static func unreadable(
        _ row: String, of table: String, _ column: String, _ why: Unreadable, path: String
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

    func unreadable(_ column: String, _ why: Unreadable = .unknown) -> StoreError {
        .unreadable(row, of: table, column, why, path: path)
    }

    func word<Word: RawRepresentable<String>>(
        _ text: String, _ column: String, as type: Word.Type = Word.self
    ) throws(StoreError) -> Word {
        guard let word = Word(rawValue: text) else { throw unreadable(column) }
        return word
    }

    func word<Word: RawRepresentable<String>>(
        _ text: String?, _ column: String, as type: Word.Type = Word.self
    ) throws(StoreError) -> Word? {
        guard let text else { return nil }
        return try word(text, column) as Word
    }

    /// One of the kinds of step that the journal is read by.
    func kind(_ name: String, among kinds: StepCatalogue) throws(StoreError) -> StepKind {
        guard let kind = kinds.kind(named: name) else { throw unreadable("kind") }
        return kind
    }

    /// 1 or 0.
    func flag(_ number: Int64, _ column: String) throws(StoreError) -> Bool {
        guard number == 0 || number == 1 else { throw unreadable(column) }
        return number == 1
    }

    func flag(_ number: Int64?, _ column: String) throws(StoreError) -> Bool? {
        guard let number else { return nil }
        return try flag(number, column) as Bool
    }

    /// What `decode` makes of a column of JSON.
    func json<Value>(
        _ text: String, _ column: String,
        _ decode: (JSONValue) throws(Unreadable) -> Value
    ) throws(StoreError) -> Value {
        guard let json = JSONValue(parsing: text) else {
            throw unreadable(column, Unreadable("is no JSON"))
        }
        do throws(Unreadable) {
            return try decode(json)
        } catch {
            throw unreadable(column, error)
        }
    }
}
