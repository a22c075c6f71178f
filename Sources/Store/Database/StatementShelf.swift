internal import CSQLite

/// Compiled statements of one connection that nobody uses at the moment, by their text.
///
/// To compile one takes longer than to carry out most of them, and many are asked for once a user.
@safe
final class StatementShelf {
    /// More than there are texts in this program.
    private static let most = 400

    private var idle: [String: OpaquePointer]
    private var isOpen = true

    init() { unsafe idle = [:] }

    deinit { empty() }

    /// nil: to be compiled.
    func take(_ sql: String) -> OpaquePointer? {
        unsafe idle.removeValue(forKey: sql)
    }

    /// Takes ownership; the statement forgets its row and its values.
    func put(_ statement: OpaquePointer, _ sql: String) {
        guard isOpen, unsafe idle[sql] == nil, unsafe idle.count < Self.most else {
            unsafe sqlite3_finalize(statement)
            return
        }
        unsafe sqlite3_reset(statement)
        unsafe sqlite3_clear_bindings(statement)
        unsafe idle[sql] = statement
    }

    /// For the end of the connection: what comes back later is not kept.
    func close() {
        isOpen = false
        empty()
    }

    private func empty() {
        while let (_, statement) = unsafe idle.popFirst() { unsafe sqlite3_finalize(statement) }
    }
}
