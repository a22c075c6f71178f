/// Words that only the store or the configuration knows; the shells ask `lockstep __complete` for them.
enum CompletionKind: String, Sendable, CaseIterable {
    case users
    case reasons
    case directories
    /// Serials of credentials.
    case serials
    /// Serials of certificates.
    case certificates
    /// Processes that are not finished.
    case processes
    /// Processes that wait for approval.
    case requests
    /// Plans of stopped runs.
    case plans
}
