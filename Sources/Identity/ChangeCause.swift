/// What a sync found that makes it change a user's state; the kinds that the safety limits count.
package enum ChangeCause: String, Sendable, CaseIterable {
    case missing
    case disabled
    case reenabled
    /// A lock reason's attributes: `limits.locks`.
    case recognised
    case drift
}
