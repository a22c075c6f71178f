/// Every command, by the words that it is called with.
enum CommandName: String, Sendable, CaseIterable {
    case initialize = "init"
    case check
    case sync
    case follow
    case lock
    case deactivate
    case reactivate
    case unlock
    case restoreRoles = "restore-roles"
    case retry
    case requests
    case approve
    case reject
    case withdraw
    case find
    case show
    case test
    case credentials
    case credentialAdd = "credential add"
    case credentialImport = "credential import"
    case credentialLock = "credential lock"
    case certificates
    case certificateImport = "certificate import"
    case certificateEscalate = "certificate escalate"
    case authorities
    case reasons
    case reasonsShow = "reasons show"
    case receivers
    case receiverTest = "receiver test"
    case status
    case report
    case storeBackup = "store backup"
    case storeCheck = "store check"
    case storeExport = "store export"
    case storeAdopt = "store adopt"
    case audit
    case auditVerify = "audit verify"
    case completions
    case man
    case help
    /// What the completions of the shells call for words that only the store or the configuration knows.
    case complete = "__complete"

    var words: [String] { rawValue.split(separator: " ").map(String.init) }
}
