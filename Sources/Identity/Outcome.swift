/// How a command that begins a process ended.
package enum Outcome: String, Sendable, CaseIterable {
    case completed
    case partial
    case requested
    case planned
    case cancelled
    case alreadyLocked
    case unchanged
    case refused
}
