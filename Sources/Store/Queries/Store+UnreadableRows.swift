internal import Ground
internal import Identity

/// The rows of which nothing is concluded, for `store check`: each as whoever meets it is told.
extension Store {
    private static let most = 100

    /// A hundred at most.
    package func unreadableRows() throws(StoreError) -> [StoreError] {
        var found: [StoreError] = []
        try collect("SELECT id FROM directories ORDER BY id", &found) { id throws(StoreError) in
            try readDirectory(id)
        }
        try collectUsers(&found)
        try collect("SELECT id FROM processes ORDER BY id", &found) { id throws(StoreError) in
            _ = try request(id)
            _ = try processes.process(id)
        }
        let credentials = try CredentialTable(self)
        try collect("SELECT id FROM credentials ORDER BY id", &found) { id throws(StoreError) in
            _ = try credentials.credential(id)
        }
        let certificates = try CertificateTable(self)
        try collect(
            "SELECT id FROM certificates WHERE is_authority = 0 ORDER BY id", &found
        ) { id throws(StoreError) in
            _ = try certificates.certificate(id)
        }
        try collectPlans(&found)
        try note(&found) { () throws(StoreError) in
            _ = try AuthorityTable(self).all()
        }
        try note(&found) { () throws(StoreError) in
            _ = try RunTable(self).last(Int64.max)
        }
        return Array(found.prefix(Self.most))
    }

    private func readDirectory(_ id: DirectoryID) throws(StoreError) {
        _ = try DirectoryTable(self).keepsUids(id)
        _ = try DirectoryTable(self).isUnsettled(id)
        _ = try DirectoryTable(self).isAdopted(id)
        _ = try DirectoryTable(self).folding(of: id)
        _ = try DirectoryTable(self).server(of: id)
        _ = try StreamTable(self).owesAbsence(directory: id)
        _ = try StreamTable(self).newestSeen(directory: id)
        _ = try RejectedTable(self, directory: id).list(limit: .max)
    }

    /// Of most users there is nothing to decode but two words: SQLite looks at those.
    private func collectUsers(_ found: inout [StoreError]) throws(StoreError) {
        let reader = try UserReader(self)
        let facts = try UserFactsReader(self)
        try collect(
            """
            SELECT id FROM users WHERE state_process IS NOT NULL OR attributes != '{}'
                OR left_out IS NOT NULL OR disabled NOT IN (0, 1)
                OR state NOT IN ('active', 'inactive', 'locked')
            ORDER BY id
            """, &found
        ) { id throws(StoreError) in
            _ = try reader.user(id)
            _ = try facts.facts(of: id, at: Timestamp(seconds: 0))
        }
    }

    private func collectPlans(_ found: inout [StoreError]) throws(StoreError) {
        let plans = KeptPlanTable(self)
        let ids = try database.prepare("SELECT id FROM kept_plans ORDER BY id")
            .all { row throws(StoreError) in try row.text("id") }
        for id in ids {
            try note(&found) { () throws(StoreError) in _ = try plans.plan(id) }
        }
    }

    private func collect<ID: RowID>(
        _ ids: StaticString, _ found: inout [StoreError],
        _ read: (ID) throws(StoreError) -> Void
    ) throws(StoreError) {
        let ids: [ID] = try database.prepare(ids)
            .all { row throws(StoreError) in try row.id("id") }
        for id in ids where found.count < Self.most {
            try note(&found) { () throws(StoreError) in try read(id) }
        }
    }

    private func note(
        _ found: inout [StoreError], _ read: () throws(StoreError) -> Void
    ) throws(StoreError) {
        do throws(StoreError) {
            try read()
        } catch  where error.kind == .corrupt {
            if !found.contains(error) { found.append(error) }
        }
    }
}
