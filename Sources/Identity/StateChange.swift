/// A change of one user's state that a sync decided on.
package struct StateChange: Hashable, Sendable {
    /// The row id.
    package let user: Int64
    package let cause: ChangeCause
    /// nil: her entry is gone, and that alone is stored.
    package let useCase: UseCase?
    /// The reason's code; nil where there is no use case.
    package let reason: String?

    package init(user: Int64, cause: ChangeCause, useCase: UseCase?, reason: String?) {
        self.user = user
        self.cause = cause
        self.useCase = useCase
        self.reason = reason
    }
}
