package import Configuration
package import Identity
package import Store

/// Which user an operator is, as `operators.LOGIN.is` says.
///
/// People may change their mail address, and more, in their own entries. So the name is looked up
/// once, and from then on the user's id counts, until the administrator writes another name.
package struct OperatorUsers {
    /// Who an operator is.
    package enum Person: Hashable, Sendable {
        /// The configuration names no user.
        case unnamed
        /// Nobody has the name that the configuration gives.
        case nobody(String)
        /// Several where the name is of users in several directories.
        case users(Set<UserID>)
    }

    private let settings: Settings
    private let store: Store

    package init(_ settings: Settings, _ store: Store) {
        self.settings = settings
        self.store = store
    }

    package func person(_ login: String) throws(StoreError) -> Person {
        guard let name = settings.operators?[login]?.user else { return .unnamed }
        let known = try table.users(login, called: name)
        if !known.isEmpty { return .users(known) }
        let found = Set(try store.find(name).users.map(\.id))
        return found.isEmpty ? .nobody(name) : .users(found)
    }

    /// Whether somebody has been found since, whom the table does not have yet.
    package func hasNews() throws(StoreError) -> Bool {
        for (login, name) in names {
            if try table.users(login, called: name).isEmpty,
                try !store.find(name).users.isEmpty
            {
                return true
            }
        }
        return false
    }

    /// Writes down those who were found; to be called inside a transaction.
    package func remember(in transaction: borrowing Transaction) throws(StoreError) {
        for (login, name) in names {
            guard case .users(let users) = try person(login) else { continue }
            try table.remember(users, login, called: name, in: transaction)
        }
    }

    /// The logins whose `is` names nobody, each with that name, in order.
    package func strangers() throws(StoreError) -> [(login: String, name: String)] {
        var strangers: [(login: String, name: String)] = []
        for (login, name) in names {
            if case .nobody = try person(login) { strangers.append((login, name)) }
        }
        return strangers
    }

    private var names: [(login: String, name: String)] {
        (settings.operators ?? [:]).sorted { $0.key < $1.key }
            .compactMap { login, known in known.user.map { (login, $0) } }
    }

    private var table: OperatorUserTable { OperatorUserTable(store) }
}
