internal import Identity

/// What a sync makes of what is stored of a user, and why.
enum StateVerdict: Hashable {
    case keep
    case change(StateChange)
    /// Something that a person should know; a sync does nothing about it.
    case report(ChangeCause, because: String)
}
