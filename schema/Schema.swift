/// The store's migrations and the JSON Schemas, of `lockstep.yaml`, of `--json` and of what receivers
/// are told, embedded in code.
package enum SchemaResource {
    package static var initialMigration: [UInt8] { PackageResources.v1_initial_sql }
    package static var decisionsMigration: [UInt8] { PackageResources.v2_decisions_sql }
    package static var streamsMigration: [UInt8] { PackageResources.v3_streams_sql }
    package static var toldMigration: [UInt8] { PackageResources.v4_told_sql }
    package static var viewsMigration: [UInt8] { PackageResources.v5_views_sql }
    package static var adoptionMigration: [UInt8] { PackageResources.v6_adoption_sql }
    package static var serversMigration: [UInt8] { PackageResources.v7_servers_sql }
    package static var groupsMigration: [UInt8] { PackageResources.v9_groups_sql }
    package static var absenceMigration: [UInt8] { PackageResources.v11_absence_sql }
    package static var namesMigration: [UInt8] { PackageResources.v8_names_sql }
    package static var certificatesMigration: [UInt8] {
        PackageResources.v12_certificates_sql
    }
    package static var truthMigration: [UInt8] { PackageResources.v14_truth_sql }
    package static var outcomesMigration: [UInt8] { PackageResources.v15_outcomes_sql }
    package static var authoritiesMigration: [UInt8] { PackageResources.v16_authorities_sql }
    package static var receiversMigration: [UInt8] { PackageResources.v17_receivers_sql }
    package static var firstTimesMigration: [UInt8] { PackageResources.v18_first_sql }
    package static var limitsMigration: [UInt8] { PackageResources.v10_limits_sql }
    package static var configurationMigration: [UInt8] {
        PackageResources.v13_configuration_sql
    }
    package static var configuration: [UInt8] { PackageResources.lockstep_schema_json }
    package static var output: [UInt8] { PackageResources.output_schema_json }
    package static var receiver: [UInt8] { PackageResources.receiver_schema_json }
}
