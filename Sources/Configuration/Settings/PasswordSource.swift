package enum PasswordSource: Hashable, Sendable {
    /// Absolute path.
    case file(String)
    /// Asked for on the terminal.
    case ask
}
