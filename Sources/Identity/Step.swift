package import LDAP

/// A journalled step.
package struct Step: Hashable, Sendable {
    package let process: Int64
    package let ordinal: Int
    package let kind: StepKind
    package let target: String
    /// What is to be done in the directory and to which entry; nil for a step of the transaction.
    package let remote: Remote?
    package let state: StepState
    package let attempts: Int
    package let error: StepError?

    package struct Remote: Hashable, Sendable {
        package let change: DirectoryChange
        package let entry: EntryID

        package init(change: DirectoryChange, entry: EntryID) {
            self.change = change
            self.entry = entry
        }
    }

    package init(
        process: Int64, ordinal: Int, kind: StepKind, target: String, remote: Remote?,
        state: StepState, attempts: Int = 0, error: StepError? = nil
    ) {
        self.process = process
        self.ordinal = ordinal
        self.kind = kind
        self.target = target
        self.remote = remote
        self.state = state
        self.attempts = attempts
        self.error = error
    }
}
