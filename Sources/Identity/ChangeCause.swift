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
