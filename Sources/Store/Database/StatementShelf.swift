internal import CSQLite
internal import Glibc

/// Compiled statements of one connection that nobody uses at the moment, by their text.
///
/// To compile one takes longer than to carry out most of them, and many are asked for once a user.
final class StatementShelf {
    /// More than there are texts in this program.
    private static let most = 400

    private var idle: [String: CompiledStatement] = [:]
    private var isOpen = true

    /// nil: to be compiled.
    func take(_ sql: String) -> CompiledStatement? {
        idle.removeValue(forKey: sql)
    }

    /// The statement forgets its row and its values.
    func put(_ statement: CompiledStatement, _ sql: String) {
        guard isOpen, idle[sql] == nil, idle.count < Self.most else { return }
        statement.clear()
        idle[sql] = statement
    }

    /// For the end of the connection: what comes back later is not kept.
    func close() {
        isOpen = false
        idle = [:]
    }
}

/// What SQLite made of a text, the only owner of its handle, with what was learnt of its columns.
@safe
final class CompiledStatement {
    let handle: OpaquePointer
    /// Where the columns are that were asked for, by the addresses of their names: every place in this
    /// program that names one has it at an address of its own, which is compared faster than a text.
    private var places: [(name: UnsafePointer<UInt8>, place: Int32)]

    init(_ handle: OpaquePointer) {
        unsafe self.handle = handle
        unsafe places = []
    }

    deinit { unsafe sqlite3_finalize(handle) }

    func clear() {
        unsafe sqlite3_reset(handle)
        unsafe sqlite3_clear_bindings(handle)
    }

    /// nil: no column has the name, or several have.
    ///
    /// A name has two letters at least: one alone has no address.
    func place(of column: StaticString) -> Int32? {
        let name = unsafe column.utf8Start
        if let known = unsafe places.first(where: { unsafe $0.name == name }) {
            return unsafe known.place
        }
        let places = unsafe (0..<sqlite3_column_count(handle)).filter { isNamed($0, column) }
        guard places.count == 1 else { return nil }
        unsafe self.places.append((name, places[0]))
        return places[0]
    }

    private func isNamed(_ place: Int32, _ column: StaticString) -> Bool {
        guard let name = unsafe sqlite3_column_name(handle, place) else { return false }
        return unsafe strcmp(
            name, UnsafeRawPointer(column.utf8Start).assumingMemoryBound(to: CChar.self)) == 0
    }
}
