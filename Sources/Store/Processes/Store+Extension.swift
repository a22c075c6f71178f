package import Identity
internal import LDAP

extension Store {
    /// Adds the removal from groups that were found after the plan was made, in front of the reading
    /// back.
    package func extend(
        _ process: IdentityProcess, with groups: [RoleGroupView]
    ) throws(StoreError) {
        try write { (transaction: borrowing Transaction) throws(StoreError) in
            try processes.add(
                groups.compactMap { group in
                    group.memberships.first.map {
                        PlannedStep(
                            target: group.dn.text,
                            work: .remote(RemoveFromGroup($0, group.entryID)),
                            detail: "found after the plan was made")
                    }
                }, to: process.id)
        }
    }
}

extension ProcessTable {
    fileprivate func add(_ steps: [PlannedStep], to process: ProcessID) throws(StoreError) {
        let ends = try database.prepare(
            """
            SELECT coalesce(max(ordinal) + 1, 0) AS next,
                min(ordinal) FILTER (WHERE kind = 'verify') AS verify
            FROM steps WHERE process = ?
            """)
        try ends.bind(process, at: 1)
        let found = try ends.first { row throws(StoreError) in
            try (end: row.int("next"), verify: row.optionalInt("verify"))
        }
        if let verify = found?.verify {
            try makeRoom(for: Int64(steps.count), inFrontOf: verify, process)
        }
        try insertSteps(steps, of: process, from: Int(found?.verify ?? found?.end ?? 0))
    }

    /// What the reading back has seen is no more all there is to be seen.
    private func makeRoom(
        for count: Int64, inFrontOf verify: Int64, _ process: ProcessID
    ) throws(StoreError) {
        // Two steps never have one place, not even between two rows of an update.
        try database.prepare(
            "UPDATE steps SET ordinal = -(ordinal + ?1) WHERE process = ?2 AND ordinal >= ?3"
        ).run(count, process, verify)
        try database.prepare(
            "UPDATE steps SET ordinal = -ordinal WHERE process = ? AND ordinal < 0"
        ).run(process)
        try database.prepare(
            """
            UPDATE steps SET state = 'pending', due_at = NULL, finished_at = NULL
            WHERE process = ? AND ordinal = ?
            """
        ).run(process, verify + count)
        try database.prepare("UPDATE processes SET finished_at = NULL WHERE id = ?").run(process)
    }
}
