package import Identity
package import LDAP

/// A step that is pending or failed, and when it is tried again.
package struct QueuedStep: Sendable {
    package let process: IdentityProcess
    package let step: Step
    /// nil: with the next sync.
    package var due: Timestamp? { step.due }
}
