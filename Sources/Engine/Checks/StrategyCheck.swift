internal import Configuration
internal import Ground
internal import LDAP
internal import LDAPClient

/// How changes will be found when next everything is read, and why so.
enum StrategyCheck {
    static func verdict(
        _ session: borrowing DirectorySession, now: Timestamp
    ) throws -> CheckVerdict {
        let settings = session.settings
        let requested = EntryMapper(
            settings, dialect: session.dialect, account: session.dialect.watchedAttributes
        ).requested
        var choice = StrategyChoice(
            settings, requested: requested, of: StrategyChoice.Server(session))
        let suffix = session.contextSuffix
        let numbers = suffix.flatMap { try? session.connection.contextCSN(of: $0) }
        var remark: String?
        while let feed = ChangeTracking.feed(
            choice.candidates[0], dialect: session.dialect, context: session.namingContext,
            now: now, stopwatch: { 0 })
        {
            guard let why = try feed.begin(on: session, contextCSN: numbers) else {
                remark = feed.remark
                break
            }
            choice.exclude(feed.strategy, because: why)
        }
        let strategy = choice.candidates[0]
        if let remark = choice.remark(using: strategy) { return .warning("\(remark).") }
        let why = choice.reason(for: strategy)
        let words = [why, remark ?? ""].filter { !$0.isEmpty }.joined(separator: "; ")
        return .ok(words.isEmpty ? strategy.rawValue : "\(strategy.rawValue): \(words)")
    }
}
