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
        ]
    }
}
