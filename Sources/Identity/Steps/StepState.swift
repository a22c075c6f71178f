/// How far a step is.
package enum StepState: String, Sendable, CaseIterable {
    /// In a plan that nobody carries out.
    case planned
    /// To be taken, or taken and failed for a passing cause.
    case pending
    case done
    /// Failed for a lasting cause; a retry takes it again.
    case failed
    /// A newer process of the same user decided otherwise: never to be taken.
    case superseded
}
