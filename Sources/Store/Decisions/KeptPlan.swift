package import Identity
package import LDAP

/// A plan that a safety limit kept.
package struct KeptPlan: Sendable {
    package let id: String
    /// When it was first kept.
    package let at: Timestamp
    /// In the order of the users' ids.
    package let changes: [StateChange]
    /// nil: it can be released.
    package let releasedAt: Timestamp?
    package let releasedBy: String?
}
