/// What it means that a key is not there, or null.
enum KeyAbsence: Hashable, Sendable {
    /// An error that shows how it is written.
    case required(example: String)
    /// There is none.
    case none
    /// Absent or null, this is taken.
    case standard(Node.Content)
    /// Absent, this is taken; null, there is none.
    case standardOrNull(Node.Content)
}
