package import Identity

/// How an attempt at a step ended.
package struct StepResult: Hashable, Sendable {
    /// `done`, `pending` (a passing cause) or `failed` (a lasting one).
    package let state: StepState
    package let error: StepError?
    /// The whole process must not be carried out: the user goes back to the state before.
    package let refuses: Bool
    /// Where it was carried out, where that is known: the name may be another than the plan's.
    package let target: String?

    package init(
        state: StepState, error: StepError?, refuses: Bool = false, target: String? = nil
    ) {
        self.state = state
        self.error = error
        self.refuses = refuses
        self.target = target
    }

    /// The same, carried out on the entry of this name.
    package func at(_ dn: String) -> StepResult {
        StepResult(state: state, error: error, refuses: refuses, target: dn)
    }

    package static let done = StepResult(state: .done, error: nil)

    /// Seconds until the next attempt: 30 after the first, doubled by each, an hour at most.
    package static func delay(after attempts: Int) -> Int64 {
        min(30 << Int64(min(attempts, 7)), 3_600)
    }
}
