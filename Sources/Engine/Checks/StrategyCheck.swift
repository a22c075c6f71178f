internal import Configuration
internal import LDAP
internal import LDAPClient

/// How changes will be found, and why so.
enum StrategyCheck {
    static func verdict(_ session: borrowing DirectorySession) -> CheckVerdict {
        let settings = session.settings
        let requested = EntryMapper(settings, account: session.accountAttributes).requested
        let bases = settings.users.bases + (settings.roles?.bases ?? [])
        var asked = settings
        asked.sync.strategy = asked.sync.strategy ?? .syncrepl
        let (strategy, remark) = ChangeTracking.choose(
            asked, requested,
            isOffered: session.rootDSE.supports(control: ChangeTracking.syncControl)
                && session.dialect == .openldap,
            hasSuffix: ChangeTracking.suffix(of: bases, session.rootDSE.namingContexts) != nil)
        guard let remark else { return .ok("\(strategy.rawValue)") }
        let verdict = "\(strategy.rawValue): \(remark)"
        return settings.sync.strategy == nil ? .ok(verdict) : .warning(verdict)
    }
}
