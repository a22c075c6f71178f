package struct LimitSettings: Sendable {
    package enum Limit: Sendable, Equatable {
        case count(Int)
        /// 0 to 100.
        case percent(Int)
    }

    package var missing: Limit
    package var disabled: Limit
    package var reenabled: Limit
    package var locks: Limit
    package var drift: Limit
    /// Of the directory's role groups.
    package var groups: Limit
    /// Of the entries that were read.
    package var rejected: Limit
}

extension LimitSettings {
    init?(_ field: Field) {
        guard let section = Section(field) else { return nil }
        let missing = section.field("missing")?.limit()
        let disabled = section.field("disabled")?.limit()
        let reenabled = section.field("reenabled")?.limit()
        let locks = section.field("locks")?.limit()
        let drift = section.field("drift")?.limit()
        let groups = section.field("groups")?.limit()
        let rejected = section.field("rejected")?.limit()
        guard let missing, let disabled, let reenabled, let locks, let drift, let groups,
            let rejected
        else { return nil }
        self.init(
            missing: missing, disabled: disabled, reenabled: reenabled, locks: locks, drift: drift,
            groups: groups, rejected: rejected)
    }
}
