package enum SyncStrategy: String, Sendable, CaseIterable {
    case syncrepl
    case dirsync
    case modifyTimestamp
    case full
}
