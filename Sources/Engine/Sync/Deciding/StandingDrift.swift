package import Configuration
package import Ground
package import Identity
package import Store

/// Drift as it stands in the store, and protected people who should be closed: what the next sync repairs,
/// or only reports.
package struct StandingDrift: Sendable {
    package let directory: DirectoryName
    package let username: String
    /// A sentence without a full stop.
    package let because: String
    /// The next sync does nothing about it.
    package let isOnlyReported: Bool
    /// Somebody else than a locked user: one whom a sync would lock or deactivate, were the entry not
    /// protected.
    package let isProtected: Bool

    /// Of all configured directories, read from the store alone.
    package static func all(
        _ settings: Settings, _ store: Store, now: Timestamp
    ) throws -> [StandingDrift] {
        let reader = try UserFactsReader(store)
        var found: [StandingDrift] = []
        for directory in settings.directories {
            guard let number = try DirectoryTable(store).lookUp(directory.name) else {
                continue
            }
            let rule = StateRule(settings: directory, now: now, believesEnabled: true)
            for id in try reader.candidates(of: number, directory.interest(at: now)) {
                guard let facts = try reader.facts(of: id, at: now) else { continue }
                switch rule.verdict(on: facts) {
                case .report(let cause, let because) where cause != .reenabled:
                    found.append(
                        StandingDrift(
                            directory.name, facts, because, isOnlyReported: true,
                            isProtected: cause != .drift))
                case .change(let change) where change.cause == .drift:
                    let because =
                        "\(facts.username) is \(facts.state.rawValue), and "
                        + change.finding
                    found.append(
                        StandingDrift(directory.name, facts, because, isOnlyReported: false))
                case .keep, .change, .report: break
                }
            }
        }
        return found
    }

    private init(
        _ directory: DirectoryName, _ facts: UserFacts, _ because: String, isOnlyReported: Bool,
        isProtected: Bool = false
    ) {
        self.directory = directory
        username = facts.username
        self.because = because
        self.isOnlyReported = isOnlyReported
        self.isProtected = isProtected
    }
}
