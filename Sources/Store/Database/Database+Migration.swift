extension Database {
    /// Makes sure that this is a store of the newest version; says whether it was just made.
    func bringUp(
        to migrations: [Migration], _ access: Store.Access, by holder: RunLock.Holder
    ) throws(StoreError) -> Bool {
        let newest = migrations.last?.version ?? 0
        let found = try version(newest: newest)
        if found < newest {
            guard access != .read else { throw outdated(found, newest: newest) }
            let lock = try RunLock(store: path, by: holder, waiting: 10)
            try migrate(migrations, newest: newest)
            _ = consume lock
        }
        if access != .read { try keepWriteAheadLog() }
        return found == 0
    }

    /// The store's version, 0 for an empty database.
    private func version(newest: Int64) throws(StoreError) -> Int64 {
        let application = try integer("PRAGMA application_id")
        let version = try integer("PRAGMA user_version")
        if application == Migration.applicationID {
            guard version <= newest else {
                throw StoreError(
                    .newerVersion,
                    message: """
                        the store is of version \(version), and this Lockstep knows versions up to \
                        \(newest)
                        """, path: path)
            }
            return version
        }
        let tables = try integer("SELECT count(*) FROM sqlite_schema")
        guard application == 0 && version == 0 && tables == 0 else {
            throw StoreError(
                .notADatabase, message: "it is another program's database, not a store", path: path)
        }
        return 0
    }

    /// Looks again: while we waited for the run lock somebody else may have migrated.
    private func migrate(_ migrations: [Migration], newest: Int64) throws(StoreError) {
        let found = try version(newest: newest)
        if found == newest { return }
        if found > 0 { try backUp(to: path + ".backup-v\(found)") }
        // Before the transaction, because the mode can't be changed within one.
        try keepWriteAheadLog()
        // A migration may edit the text of a CHECK; nothing else ever may.
        try defend(false)
        defer { try? defend(true) }
        try transaction { () throws(StoreError) in
            for migration in migrations where migration.version > found {
                try execute(
                    script: migration.script, named: "migration to version \(migration.version)")
            }
            let reached = try version(newest: newest)
            guard reached == newest else {
                throw StoreError(
                    .other, message: "the migrations end at version \(reached), not \(newest)",
                    path: path)
            }
        }
    }

    private func outdated(_ found: Int64, newest: Int64) -> StoreError {
        StoreError(
            found == 0 ? .missing : .olderVersion,
            message: found == 0
                ? "there is no store"
                : "the store is of version \(found), and this Lockstep needs version \(newest)",
            path: path)
    }
}
