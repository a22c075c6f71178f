package import Ground
package import Identity

/// A step that is pending or failed, and when it is tried again.
package struct QueuedStep: Sendable {
    package let process: IdentityProcess
    package let step: Step
    /// nil: with the next sync.
    package let due: Timestamp?
}
