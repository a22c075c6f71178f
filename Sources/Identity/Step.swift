package import LDAP

/// A journalled step.
package struct Step: Hashable, Sendable {
    package let process: Int64
    package let ordinal: Int
    package let kind: StepKind
    package let target: String
    package let work: Work
    package let state: StepState
    package let attempts: Int
    package let error: StepError?

    /// Where a step is done, and what is to be done there.
    package enum Work: Hashable, Sendable {
        /// In the transaction that began the process: it is done.
        case local
        /// In the directory, to the entry or group of this immutable id.
        case directory(DirectoryChange, EntryID)
    }

    package init(
        process: Int64, ordinal: Int, kind: StepKind, target: String, work: Work,
        state: StepState, attempts: Int = 0, error: StepError? = nil
    ) {
        self.process = process
        self.ordinal = ordinal
        self.kind = kind
        self.target = target
        self.work = work
        self.state = state
        self.attempts = attempts
        self.error = error
    }
}
