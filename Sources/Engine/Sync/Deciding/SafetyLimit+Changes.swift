internal import Configuration
internal import Identity

extension SafetyLimit {
    /// Whether as many users may change state for one cause; a sentence, nil where they may.
    ///
    /// `recent`: those whom syncs of the 24 hours before changed for it; `countable`: the users who
    /// were neither locked nor missing.
    static func verdict(
        _ cause: ChangeCause, _ found: Int64, recent: Int64, of countable: Int64,
        limits: LimitSettings
    ) -> String? {
        let limit = limits[cause]
        let most = limit.count(of: countable)
        guard found > 0, found + recent > most else { return nil }
        return "\(people(found)) \(cause.sentence(of: found))\(beside(recent)), more than "
            + "limits.\(cause.limitKey) allows (\(limit.words(of: countable))): "
            + "nobody's state is changed."
    }
}

extension SafetyLimit {
    /// The first sync after `store adopt` enforces nothing: what happened since the backup is unknown.
    static func verdict(afterAdoption drifted: Int) -> String? {
        guard drifted > 0 else { return nil }
        let who = drifted == 1 ? "1 user has" : "\(drifted) users have"
        return "the store was put back to an older state and adopted, and \(who) drifted from it: "
            + "nobody's state is changed before the plan is released."
    }
}

extension LimitSettings {
    subscript(cause: ChangeCause) -> Limit {
        switch cause {
        case .missing: missing
        case .disabled, .expired: disabled
        case .reenabled: reenabled
        case .recognised: locks
        case .drift: drift
        }
    }
}

extension ChangeCause {
    var limitKey: String {
        switch self {
        case .recognised: "locks"
        case .missing, .disabled, .expired, .reenabled, .drift: counted.rawValue
        }
    }

    fileprivate func sentence(of people: Int64) -> String {
        switch self {
        case .missing: "would change state because their entry is missing"
        case .disabled: "would change state because their entry is disabled"
        case .expired: "would change state because their account is disabled or has expired"
        case .reenabled: "would be reactivated"
        case .recognised: "would be locked"
        case .drift: "\(people == 1 ? "has" : "have") drifted and would be locked again"
        }
    }
}
