package import Identity
internal import LDAP

extension Store {
    /// What is withdrawn from the user now, as the journal tells it.
    package func withdrawn(from user: User) throws(StoreError) -> Withdrawn {
        let roles = try roleNames(in: user.directory)
        return try history(of: user).withdrawn { roles[$0] }
    }

    /// The roles that the ends of the user's processes left withdrawn, of the newest process first.
    package func withheldRoles(from user: User) throws(StoreError) -> [WithheldRoles] {
        let roles = try roleNames(in: user.directory)
        return try history(of: user).withheld { roles[$0] }
    }

    private func history(of user: User) throws(StoreError) -> WithdrawalHistory {
        var history = WithdrawalHistory()
        for id in try processes.begun(for: user.id) {
            guard let process = try processes.process(id) else { continue }
            var priors: [Int: PriorValues] = [:]
            for step in process.steps where step.kind.isRemote {
                priors[step.ordinal] = try processes.prior(of: step)
            }
            history.follow(process, priors: priors)
        }
        return history
    }

    private func roleNames(
        in directory: DirectoryName
    ) throws(StoreError) -> [EntryID: (name: String, row: GroupID)] {
        var roles: [EntryID: (name: String, row: GroupID)] = [:]
        let statement = try database.prepare(
            """
            SELECT g.entry_id, g.name, g.id FROM role_groups g
            JOIN directories d ON d.id = g.directory WHERE d.name = ?
            """)
        try statement.bind(directory, at: 1)
        while try statement.step() {
            try roles[EntryID(statement.text("entry_id"))] = try (
                statement.text("name"), statement.id("id")
            )
        }
        return roles
    }

    /// Whether an inactive user was born so, or made so by a sync: enabling the entry ends that.
    package func followsDirectory(_ user: User) throws(StoreError) -> Bool {
        guard user.state == .inactive, let process = user.stateProcess else {
            return user.state == .inactive
        }
        let statement = try database.prepare(
            "SELECT 1 FROM processes WHERE id = ? AND run IS NOT NULL")
        try statement.bind(process, at: 1)
        return try statement.hasRow()
    }
}

extension ProcessTable {
    /// The user's processes that were begun, oldest first; requests and what became of them not.
    ///
    /// One whose state can't be read is among them: it is no request, as far as anybody knows.
    func begun(for user: UserID) throws(StoreError) -> [ProcessID] {
        let statement = try database.prepare(
            """
            SELECT id FROM processes
            WHERE user = ?
                AND state NOT IN ('requested', 'rejected', 'withdrawn', 'expired', 'refused')
            ORDER BY begun, id
            """)
        try statement.bind(user, at: 1)
        return try statement.all { row throws(StoreError) in try row.id("id") }
    }
}
