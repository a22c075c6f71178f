package import Identity
internal import LDAP

extension Store {
    /// Adds the removal from groups that were found after the plan was made; the reading back stays
    /// the last step.
    package func extend(
        _ process: IdentityProcess, with groups: [RoleGroupView]
    ) throws(StoreError) {
        try write { (transaction: borrowing Transaction) throws(StoreError) in
            try processes.add(
                groups.compactMap { group in
                    group.memberships.first.map {
                        PlannedStep(
                            kind: .removeFromGroup, target: group.dn.text,
                            action: .remote(.removeMember($0), entry: group.entryID),
                            detail: "found after the plan was made")
                    }
                }, to: process.id)
        }
    }
}

extension ProcessTable {
    fileprivate func add(_ steps: [PlannedStep], to process: Int64) throws(StoreError) {
        let last = try database.prepare(
            "SELECT coalesce(max(ordinal), -1) FROM steps WHERE process = ?")
        try last.bind(process, at: 1)
        let count = try last.first { row throws(StoreError) in row.int(0) } ?? -1
        // Room in front of the reading back, which is the last one.
        try database.prepare(
            """
            UPDATE steps SET ordinal = ordinal + ?1, state = 'pending', due_at = NULL
            WHERE process = ?2 AND ordinal = ?3 AND kind = 'verify'
            """
        ).run(Int64(steps.count), process, count)
        let isMoved = database.changes > 0
        try insertSteps(steps, of: process, from: Int(isMoved ? count : count + 1))
    }
}
