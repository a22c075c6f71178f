package import Ground
package import Identity

/// A plan that a safety limit kept.
package struct KeptPlan: Sendable {
    package let id: String
    /// When it was first kept.
    package let at: Timestamp
    /// In the order of the users' ids.
    package let changes: [StateChange]
    /// In the order of the groups' rows.
    package let groups: [GroupChange]
    /// nil: it can be released.
    package let releasedAt: Timestamp?
    package let releasedBy: String?
}
