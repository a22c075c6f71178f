internal import Schema

/// One step of the store's schema: the SQL that makes `version` of the version before.
///
/// The script sets `user_version` itself, in the same transaction.
struct Migration: Sendable {
    /// `PRAGMA application_id` of every store: `LkSt`.
    static let applicationID: Int64 = 1_282_102_132

    let version: Int64
    let script: [UInt8]

    /// All of them, in order.
    static var all: [Migration] {
        [
            Migration(version: 1, script: SchemaResource.initialMigration),
            Migration(version: 2, script: SchemaResource.decisionsMigration),
            Migration(version: 3, script: SchemaResource.streamsMigration),
            Migration(version: 4, script: SchemaResource.toldMigration),
            Migration(version: 5, script: SchemaResource.viewsMigration),
            Migration(version: 6, script: SchemaResource.adoptionMigration),
            Migration(version: 7, script: SchemaResource.serversMigration),
            Migration(version: 8, script: SchemaResource.namesMigration),
            Migration(version: 9, script: SchemaResource.groupsMigration),
            Migration(version: 10, script: SchemaResource.limitsMigration),
            Migration(version: 11, script: SchemaResource.absenceMigration),
            Migration(version: 12, script: SchemaResource.certificatesMigration),
            Migration(version: 13, script: SchemaResource.configurationMigration),
            Migration(version: 14, script: SchemaResource.truthMigration),
            Migration(version: 15, script: SchemaResource.outcomesMigration),
            Migration(version: 16, script: SchemaResource.authoritiesMigration),
            Migration(version: 17, script: SchemaResource.receiversMigration),
            Migration(version: 18, script: SchemaResource.firstTimesMigration),
        ]
    }
}

/// Brings a database up to the newest version of the schema.
struct Upgrade {
    private let database: Database
    private let migrations: [Migration]

    init(_ database: Database, to migrations: [Migration]) {
        self.database = database
        self.migrations = migrations
    }

    private var newest: Int64 { migrations.last?.version ?? 0 }

    /// Makes sure that this is a store of the newest version; says whether it was just made.
    func carryOut(_ access: Store.Access, by holder: RunLock.Holder) throws(StoreError) -> Bool {
        let found = try version()
        if found < newest {
            guard access != .read else { throw outdated(found) }
            let lock = try RunLock(store: database.path, by: holder, waiting: 10)
            try migrate()
            _ = consume lock
        }
        if access != .read { try database.keepWriteAheadLog() }
        return found == 0
    }

    /// The store's version, 0 for an empty database.
    private func version() throws(StoreError) -> Int64 {
        let application = try database.integer("PRAGMA application_id")
        let version = try database.integer("PRAGMA user_version")
        if application == Migration.applicationID {
            guard version <= newest else {
                throw StoreError(
                    .newerVersion,
                    message: """
                        the store is of version \(version), and this Lockstep knows versions up to \
                        \(newest)
                        """, path: database.path)
            }
            return version
        }
        let tables = try database.integer("SELECT count(*) FROM sqlite_schema")
        guard application == 0 && version == 0 && tables == 0 else {
            throw StoreError(
                .notADatabase, message: "it is another program's database, not a store",
                path: database.path)
        }
        return 0
    }

    /// Looks again: while we waited for the run lock somebody else may have migrated.
    private func migrate() throws(StoreError) {
        let found = try version()
        if found == newest { return }
        if found > 0 { try database.backUp(to: database.path + ".backup-v\(found)") }
        // Before the transaction, because the mode can't be changed within one.
        try database.keepWriteAheadLog()
        // A migration may edit the text of a CHECK; nothing else ever may.
        try database.defend(false)
        defer { try? database.defend(true) }
        try database.transaction { () throws(StoreError) in
            for migration in migrations where migration.version > found {
                try database.execute(
                    script: migration.script, named: "migration to version \(migration.version)")
            }
            let reached = try version()
            guard reached == newest else {
                throw StoreError(
                    .other, message: "the migrations end at version \(reached), not \(newest)",
                    path: database.path)
            }
        }
    }

    private func outdated(_ found: Int64) -> StoreError {
        StoreError(
            found == 0 ? .missing : .olderVersion,
            message: found == 0
                ? "there is no store"
                : "the store is of version \(found), and this Lockstep needs version \(newest)",
            path: database.path)
    }
}
