package import Configuration
package import Store

/// Whose store it is, and whether every operator who is said to be a user is one.
package enum OwnershipCheck {
    /// Nothing where the store can't be opened: the store's own lines say why.
    package static func lines(
        _ settings: Settings, by holder: RunLock.Holder
    ) throws -> [CheckLine] {
        guard let store = try? Store.open(settings.store.path, for: .read, by: holder) else {
            return []
        }
        return try [CheckLine(.owner, owner(settings, store))] + operators(settings, store)
    }

    private static func owner(
        _ settings: Settings, _ store: Store
    ) throws(StoreError) -> CheckVerdict {
        guard let other = try StoreBelonging(settings, store).other() else {
            return .ok("\(store.path) belongs to this configuration")
        }
        return .failed(
            "\(store.path) belongs to the configuration \(other): under this one nothing is written. "
                + "Where this one takes its place: lockstep store adopt --because TEXT")
    }

    private static func operators(
        _ settings: Settings, _ store: Store
    ) throws(StoreError) -> [CheckLine] {
        try OperatorUsers(settings, store).strangers().map { login, name in
            CheckLine(
                .operators,
                .warning(
                    "operators.\(login).is names “\(name)”, and there is no such user: \(login) can "
                        + "approve nothing until it does"))
        }
    }
}
