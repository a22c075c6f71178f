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
}

extension LimitSettings {
    init?(_ field: Field) {
        guard let section = Section(field) else { return nil }
        let missing = section.field("missing")?.limit()
        let disabled = section.field("disabled")?.limit()
        let reenabled = section.field("reenabled")?.limit()
        let locks = section.field("locks")?.limit()
        let drift = section.field("drift")?.limit()
        guard let missing, let disabled, let reenabled, let locks, let drift else { return nil }
        self.init(
            missing: missing, disabled: disabled, reenabled: reenabled, locks: locks, drift: drift)
    }
}
