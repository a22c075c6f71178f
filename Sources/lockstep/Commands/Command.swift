internal import Identity

/// Which code carries out which command.
enum Command {
    static func run(_ world: World) throws -> ExitCode {
        switch world.command.name {
        case .initialize: try InitCommand(world: world).run()
        case .sync: try SyncCommand(world: world).run()
        case .follow: try FollowCommand(world: world).run()
        case .lock: try UseCaseCommand(world: world, useCase: .lock).run()
        case .deactivate: try UseCaseCommand(world: world, useCase: .deactivate).run()
        case .reactivate: try UseCaseCommand(world: world, useCase: .reactivate).run()
        case .unlock: try UseCaseCommand(world: world, useCase: .unlock).run()
        case .restoreRoles: try UseCaseCommand(world: world, useCase: .restoreRoles).run()
        case .requests: try RequestsCommand(world: world).run()
        case .approve: try ApprovalCommand(world: world, decision: .approve).run()
        case .reject: try ApprovalCommand(world: world, decision: .reject).run()
        case .withdraw: try ApprovalCommand(world: world, decision: .withdraw).run()
        case .retry: try RetryCommand(world: world).run()
        case .find: try FindCommand(world: world).run()
        case .show: try ShowCommand(world: world).run()
        case .test: try TestCommand(world: world).run()
        case .credentials: try CredentialsCommand(world: world).run()
        case .credentialAdd: try CredentialAddCommand(world: world).run()
        case .credentialImport: try CredentialImportCommand(world: world).run()
        case .credentialLock: try CredentialLockCommand(world: world).run()
        case .certificates: try CertificatesCommand(world: world).run()
        case .certificateImport: try CertificateImportCommand(world: world).run()
        case .certificateEscalate: try CertificateEscalateCommand(world: world).run()
        case .authorities: try AuthoritiesCommand(world: world).run()
        case .reasons: try ReasonsCommand(world: world).run()
        case .reasonsShow: try ReasonsShowCommand(world: world).run()
        case .receivers: try ReceiversCommand(world: world).run()
        case .receiverTest: try ReceiverTestCommand(world: world).run()
        case .audit: try AuditCommand(world: world).run()
        case .auditVerify: try AuditVerifyCommand(world: world).run()
        case .report: try ReportCommand(world: world).run()
        case .status: try StatusCommand(world: world).run()
        case .check: try CheckCommand(world: world).run()
        case .storeBackup: try StoreBackupCommand(world: world).run()
        case .storeCheck: try StoreCheckCommand(world: world).run()
        case .storeExport: try StoreExportCommand(world: world).run()
        case .storeAdopt: try StoreAdoptCommand(world: world).run()
        case .complete: CompleteCommand(world: world).run()
        // Answered before there is a world.
        case .completions, .man, .help:
            throw Ending(.defect, "\(world.command.name.rawValue) is not built")
        }
    }
}
