/// What a sync does to a user whose entry is gone or disabled.
package enum Consequence: String, Sendable, CaseIterable {
    case lock
    case deactivate
    case keep
}
