package enum PasswordSource: Hashable, Sendable {
    /// Absolute path.
    case file(String)
    /// Asked for on the terminal; the text says whose password, and tells two directories' apart.
    case ask(for: String)
}
