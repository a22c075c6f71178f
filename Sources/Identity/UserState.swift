package enum UserState: String, Sendable, CaseIterable {
    case active
    case inactive
    case locked
}
