package import Ground

/// What a step is to bring about in the directory: a wish, from which the dialect and a fresh look at
/// the entry make the modifications when the step is taken.
package enum DirectoryChange: Hashable, Sendable {
    /// The account is to be disabled.
    case disable
    /// The attributes are to have exactly these values; none: the attribute is to be gone.
    case write([AttributeWrite])
    /// The member is to be gone from the group.
    case removeMember(Membership)
    /// The account is to be what it was before it was disabled at `disabledAt`.
    case enable(prior: PriorValues, disabledAt: Timestamp)
    /// Attributes that still have the values that were written are to have the former ones.
    case restore([AttributeRestoration])
    /// The member is to be in the group again.
    case addMember(Membership)
    /// All of the above is to be read back.
    case verify
}

extension DirectoryChange {
    /// Whether a step of this kind does that.
    package func isWork(of kind: StepKind) -> Bool {
        switch self {
        case .disable: kind == .disableEntry
        case .write: kind == .writeReason
        case .removeMember: kind == .removeFromGroup
        // Of an account that stays closed all the same, attributes are given back and no more.
        case .enable: kind == .enableEntry || kind == .restoreAttributes
        case .restore: kind == .restoreAttributes
        case .addMember: kind == .addToGroup
        case .verify: kind == .verify
        }
    }
}
