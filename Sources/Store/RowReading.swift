internal import Ground

/// Why a value that the store keeps can't be read: what goes on behind the name of its column.
package struct Unreadable: Error, Hashable, Sendable {
    package let because: String

    package init(_ because: String) {
        self.because = because
    }

    /// A word, a number or a flag that is none of those that are ever written.
    static let unknown = Unreadable("holds what Lockstep never writes")
}

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

extension JSONValue {
    func text(_ key: String) throws(Unreadable) -> String {
        guard let text = self[key]?.string else { throw Unreadable("has no text “\(key)”") }
        return text
    }

    /// Every element of an array, or nothing of it.
    func elements<Value>(
        _ key: String, _ decode: (JSONValue) throws(Unreadable) -> Value
    ) throws(Unreadable) -> [Value] {
        guard let value = self[key] else { throw Unreadable("has no list “\(key)”") }
        return try value.elements(decode)
    }

    func elements<Value>(
        _ decode: (JSONValue) throws(Unreadable) -> Value
    ) throws(Unreadable) -> [Value] {
        guard let array else { throw Unreadable("holds something else where a list is due") }
        return try array.map(decode)
    }
}
