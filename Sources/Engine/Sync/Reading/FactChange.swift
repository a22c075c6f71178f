internal import Store

/// What two reads of an entry say about its account: the facts that state changes are decided by.
enum FactChange: Equatable {
    case disabled
    case reenabled
    /// By the reason's code.
    case recognised(String)

    /// A pure function of what was stored and what is.
    ///
    /// An account that could not be read, before or now, has neither been disabled nor enabled.
    static func between(_ old: UserRecord, _ new: UserRecord) -> [FactChange] {
        var changes: [FactChange] = []
        switch (old.disabled, new.disabled) {
        case (false, true), (nil, true): changes.append(.disabled)
        case (true, false): changes.append(.reenabled)
        case (_, nil), (nil, false), (true, true), (false, false): break
        }
        if let reason = new.recognised, reason != old.recognised {
            changes.append(.recognised(reason))
        }
        return changes
    }
}
