/// What an entry says of its own account, and by what.
package enum AccountState: Hashable, Sendable {
    case enabled
    /// `because` names attribute and value: `pwdAccountLockedTime: 000001010000Z`.
    case disabled(because: String)
}
