internal import Configuration
internal import Ground
internal import Identity
internal import LDAP
internal import LDAPClient
internal import Store

extension ChangeTracking {
    /// What carries out a strategy; nil for `full`, where everything is read each time.
    ///
    /// A new strategy gets its conformer here and its conditions in `StrategyChoice`.
    ///
    /// `context`: the naming context that holds all of the bases, where there is one.
    static func feed(
        _ strategy: SyncStrategy, dialect: Dialect, context: DN?, now: Timestamp,
        stopwatch: @escaping () -> Double
    ) -> (any ChangeFeed)? {
        switch strategy {
        case .full: nil
        case .syncrepl where dialect.changes == .contextCSN:
            context.map { ContentSyncFeed(suffix: $0) }
        case .syncrepl: ChangelogFeed(now: now)
        case .dirsync: context.map { DirSyncFeed(context: $0) }
        case .modifyTimestamp:
            dialect.changes == .updateNumbers
                ? ChangeNumberFeed()
                : TimestampFeed(dialect: dialect, now: now, stopwatch: stopwatch)
        }
    }

    /// The naming context that holds all of the bases.
    static func suffix(of bases: [DN], _ contexts: [DN]) -> DN? {
        contexts.first { context in bases.allSatisfy { $0.isWithin(context) } }
    }

    /// What the feed tells of each stream since the states were stored.
    func changes(
        on session: borrowing DirectorySession, _ check: () throws -> Void
    ) throws -> Result<[StreamState.Stream: StreamChanges], ChangeObstacle> {
        var told: [StreamState.Stream: StreamChanges] = [:]
        guard let feed else { return .failure(ChangeObstacle("")) }
        for stream in StreamState.Stream.allCases {
            guard let state = states[stream],
                var followed = ChangeStream(stream, of: run.settings)
            else { continue }
            if stream == .users {
                followed.unidentified = try RejectedTable(run.store, directory: run.directory)
                    .unidentified()
            }
            do {
                let news = try feed.changes(
                    of: followed, since: state.cookie, known: try lookup(stream), on: session,
                    check)
                told[stream] = news.changes
                newCookies[stream] = news.cookie
            } catch let obstacle as ChangeObstacle {
                return .failure(obstacle)
            }
        }
        return .success(told)
    }

    private func lookup(
        _ stream: StreamState.Stream
    ) throws -> (EntryID) throws -> StreamChanges.Known {
        switch stream {
        case .users:
            let users = try UserTable(run.store, directory: run.directory)
            return { id in
                guard let known = try users.place(of: id) else { return .unknown }
                return known.isMissing ? .missing : .present(.init(known.id), dn: known.dn)
            }
        case .groups:
            let groups = try RoleGroupTable(run.store, directory: run.directory)
            return { id in
                guard let known = try groups.known(id) else { return .unknown }
                return known.isMissing ? .missing : .present(.init(known.id), dn: known.group.dn)
            }
        }
    }
}
