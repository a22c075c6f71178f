internal import Ground

extension Dialect {
    /// A server that nobody here knows: what its administrator has a reason write disables an entry.
    ///
    /// Everything else is as the RFCs have it. It is never found, only set by hand.
    package static let custom = Dialect(
        .custom, marks: Marks { _ in false }, account: ReasonsAlone(), isDisabledByReasons: true)
}

/// Nothing of an account is known, and nothing written.
private struct ReasonsAlone: AccountRules {
    let attributes: [AttributeName] = []

    func state(of entry: Entry, at now: Timestamp) -> AccountState? { nil }

    func disable(_ entry: Entry, at now: Timestamp, hasEndTime: Bool) -> [Modification]? { [] }
}
