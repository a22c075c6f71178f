/// What became void when a store that was rolled back was taken for what happened.
package struct Adoption: Hashable, Sendable {
    /// Open requests that were closed.
    package let requests: Int64
    /// Steps that were taken out of the queue.
    package let steps: Int64
    /// The event that says why.
    package let head: AuditHead
}
