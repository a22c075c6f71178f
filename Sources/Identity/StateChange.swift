/// A change of one user's state that a sync decided on.
package struct StateChange: Hashable, Sendable {
    /// The row id.
    package let user: UserID
    package let cause: ChangeCause
    /// nil: the user's entry is gone, and only that is stored.
    package let useCase: UseCase?
    /// The reason's code; nil where there is no use case.
    package let reason: String?

    package init(user: UserID, cause: ChangeCause, useCase: UseCase?, reason: String?) {
        self.user = user
        self.cause = cause
        self.useCase = useCase
        self.reason = reason
    }
}

/// What a sync found that makes it change a user's state; the kinds that the safety limits count.
package enum ChangeCause: String, Sendable, CaseIterable {
    case missing
    case disabled
    /// The account is past its end date; counted, and journalled, as `disabled`.
    case expired
    case reenabled
    /// A lock reason's attributes: `limits.locks`.
    case recognised
    case drift

    /// The kind that a limit counts it as.
    package var counted: ChangeCause { self == .expired ? .disabled : self }
}
