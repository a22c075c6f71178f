package import Identity
internal import LDAP

extension Store {
    /// What is withdrawn from the user now, as the journal tells it.
    package func withdrawn(from user: User) throws(StoreError) -> Withdrawn {
        var history = WithdrawalHistory()
        for id in try processes.begun(for: user.id) {
            guard let process = try processes.process(id) else { continue }
            var priors: [Int: PriorValues] = [:]
            for step in process.steps where step.remote != nil {
                priors[step.ordinal] = try processes.prior(of: step)
            }
            history.follow(process, priors: priors)
        }
        var roles: [EntryID: (name: String, row: Int64)] = [:]
        let statement = try database.prepare(
            """
            SELECT g.entry_id, g.name, g.id FROM role_groups g
            JOIN directories d ON d.id = g.directory WHERE d.name = ?
            """)
        try statement.bind(user.directory, at: 1)
        while try statement.step() {
            roles[EntryID(statement.text(0))] = (statement.text(1), statement.int(2))
        }
        return history.withdrawn { roles[$0] }
    }
}

extension ProcessTable {
    /// The user's processes that were begun, oldest first; requests and what became of them not.
    func begun(for user: Int64) throws(StoreError) -> [Int64] {
        let statement = try database.prepare(
            """
            SELECT id FROM processes
            WHERE user = ? AND state IN ('open', 'completed', 'partial', 'superseded')
            ORDER BY begun, id
            """)
        try statement.bind(user, at: 1)
        return try statement.all { row throws(StoreError) in row.int(0) }
    }
}
