/// Where a process stands.
package enum ProcessState: String, Sendable, CaseIterable {
    /// Waits for approval.
    case requested
    /// Journalled; its directory steps have not all been tried.
    case open
    /// Everything was seen done.
    case completed
    /// Tried, and something is pending, failed or was not seen.
    case partial
    /// A newer process of the same user took its place before it was completed.
    case superseded
    case rejected
    case withdrawn
    case expired
    case refused
}
