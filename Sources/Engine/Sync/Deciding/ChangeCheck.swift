internal import Configuration
internal import Identity
internal import LDAP
internal import Store

/// Whether a change that was decided on would still be made.
struct ChangeCheck {
    enum Verdict {
        case would(FreshLook)
        /// A sentence.
        case wouldNot(String)
    }

    let context: EngineContext

    /// By a fresh look at the entry.
    func verdict(
        on change: StateChange, in directory: DirectorySettings, by rule: StateRule
    ) throws -> Verdict {
        guard
            let stored = try UserFactsReader(context.store).facts(of: change.user, at: rule.now)
        else { return .wouldNot("user \(change.user) is not in the store") }
        let shared = try context.sessions.session(directory)
        guard
            let look = try FreshLook(
                at: stored, for: change, in: directory, shared, now: rule.now)
        else { return .wouldNot("\(stored.username): the entry can't be seen, or proven gone") }
        let isSame =
            change.useCase == nil
            ? look.facts.missingSince != nil && stored.missingSince == nil
            : rule.verdict(on: look.facts) == .change(change)
        return isSame
            ? .would(look)
            : .wouldNot("\(stored.username): no longer so that \(change.finding)")
    }
}
