/// What a rule decides about one object, and why.
package enum Verdict<State: Hashable & Sendable>: Hashable, Sendable {
    /// The object changes its state.
    case become(State)
    /// It stays as it is; the reason is what the preview prints.
    case unchanged(because: String)
    /// The whole process must not be begun.
    case refused(because: String)
}
