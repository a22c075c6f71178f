package enum CheckState: String, Sendable, CaseIterable {
    case ok
    case warning
    case failed
    /// It may be so; nobody here could see it.
    case notProven
}
