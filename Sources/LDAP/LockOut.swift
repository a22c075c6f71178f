package import Ground

/// Whether wrong passwords keep an account closed, as far as its entry tells.
///
/// A lock-out ends by itself, and what says that there was one is left in the entry: it stands there until
/// the next bind that succeeds.
package enum LockOut: Hashable, Sendable {
    case none
    /// The server itself says that it holds, or the entry says when it ends; attribute and value.
    case holds(String)
    /// The password policy decides whether it holds and until when.
    case byPolicy(Policy)
    /// Nothing that may be read says whether it still holds; attribute and value.
    case untold(String)

    /// What must be looked at besides the entry.
    package enum Policy: Hashable, Sendable {
        /// slapo-ppolicy(5): from `since` for as long as pwdLockoutDuration says; 0: for good.
        case duration(since: Timestamp, String)
        /// 389: until `end` where the policy has passwordLockout; nil: for good, where it is without
        /// passwordUnlock.
        case switched(end: Timestamp?, String)
    }
}
