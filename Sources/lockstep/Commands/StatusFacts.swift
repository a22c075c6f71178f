internal import Configuration
internal import Engine
internal import Ground
internal import Identity
internal import Store

/// All that `status` shows, read as of one instant.
struct StatusFacts {
    /// What it costs to read them.
    enum Depth {
        /// What needs a person: no more with a million users than with ten.
        case attention
        /// Also how many users there are in which state, which goes over all of them.
        case counts
        /// Also who is missing.
        case everything
    }

    /// One directory, of the configuration or of the store or of both.
    struct Directory {
        let name: DirectoryName
        let isConfigured: Bool
        /// nil: never synced.
        let overview: DirectoryOverview?
        /// When it was last read without an error; nil: not yet.
        let lastRead: Timestamp?
        /// What the last run said of it; nil where none has tried.
        let last: RunTable.Part?
        /// The last run that could read it, where a safety limit stopped that one.
        let stop: RunTable.Run?
        /// Who follows it at this moment; nil: nobody.
        let follower: RunLock.Holder?

        var error: String? { last?.error?.message }
        /// The error is a safety limit's.
        var isStopped: Bool { last?.isStopped == true }
        /// The plan that the limit kept.
        var plan: String? { stop?.plan }
        var users: Int64 { overview.map { $0.active + $0.inactive + $0.locked } ?? 0 }
    }

    /// One authority of the configuration and what the store knows of it.
    struct Authority {
        let settings: AuthoritySettings
        let overview: AuthorityOverview
        /// How many certificates it was never told of; none is counted where that would take too long.
        let untold: Int
    }

    static let shownRuns = 10
    /// How far back a directory's last reading is looked for.
    private static let searchedRuns: Int64 = 50

    let now: Timestamp
    let storePath: String
    let rollback: StoreError?
    /// Why no sync changes anybody's state, where the clock is earlier than what has happened.
    let earlyClock: String?
    /// What would give a canary back can't be read.
    let canaryProblem: StoreError?
    let isWritableByOthers: Bool
    /// The latest first.
    let runs: [RunTable.Run]
    let directories: [Directory]
    let queue: [QueuedStep]
    /// What the CAs are told beside the processes.
    let owed: [OwedStep]
    /// The users whose steps somebody carries out at this moment.
    let attended: Set<UserID>
    let rejected: [RejectedEntry]
    let missing: [User]
    /// Whose account lets nobody in, though it is not disabled.
    let hindered: [User]
    let requests: [Request]
    let drifted: [StandingDrift]
    /// The plans that limits kept and that can be released, the newest first.
    let plans: [KeptPlan]
    let streams: [StreamTable.Overview]
    /// When the last run began; nil: none has.
    let lastRun: Timestamp?
    let authorities: [Authority]
    let forged: [ForgedClaim]
    let receivers: [ReceiverFigures]
    /// All locks that there ever were; none where nobody counts.
    let lockTotals: [LockTotal]

    init(
        _ settings: Settings, store: Store, now: Timestamp, depth: Depth = .everything
    ) throws {
        self.now = now
        storePath = store.path
        rollback = store.rollback
        earlyClock = try store.clockFinding(at: now)
        canaryProblem = CanaryFile.problem(beside: store.path)
        isWritableByOthers = store.isWritableByOthers
        let searched = try RunTable(store).last(Self.searchedRuns)
        runs = Array(searched.prefix(Self.shownRuns))
        let configured = settings.directories.map(\.name)
        directories = Self.directories(
            configured,
            known: try store.directoryOverviews(without: depth == .attention ? configured : []),
            runs: searched, store: store.path, now: now)
        queue = try store.queue()
        owed = try OwedTellingTable(store).all().map { try OwedStep($0, store: store) }
        attended = ExecutorLock.held(among: Set(queue.map(\.process.user)), store: store.path)
        rejected = try store.rejectedEntries()
        missing = depth == .everything ? try store.missingUsers() : []
        hindered = depth == .everything ? try store.limitedUsers(at: now) : []
        requests = try store.openRequests().filter { $0.expires.map { now < $0 } ?? true }
        drifted = try StandingDrift.all(settings, store, now: now)
        let kept = KeptPlanTable(store)
        plans = try kept.waiting().compactMap { try kept.plan($0) }
        streams = try StreamTable(store).overview()
        lastRun = runs.first?.started
        authorities = try Self.authorities(settings, store, now: now, depth)
        forged = try store.forgedClaims(at: now)
        receivers = try store.receiverFigures(settings.receivers.map(\.name))
        lockTotals = depth == .counts ? try store.lockTotals() : []
    }

    private static func authorities(
        _ settings: Settings, _ store: Store, now: Timestamp, _ depth: Depth
    ) throws -> [Authority] {
        let followed = try store.authorityOverviews()
        return try settings.authorities.compactMap { authority in
            guard let own = followed.first(where: { $0.row.identity.name == authority.name }) else {
                return nil
            }
            // It goes over all that the authority signed.
            let untold =
                depth == .everything ? try store.untold(of: authority, at: now).count : 0
            return Authority(settings: authority, overview: own, untold: untold)
        }
    }

    private static func directories(
        _ configured: [DirectoryName], known: [DirectoryOverview], runs: [RunTable.Run],
        store: String, now: Timestamp
    ) -> [Directory] {
        let others = known.map(\.name).filter { !configured.contains($0) }
        return (configured + others).map { name in
            let own = runs.lazy.compactMap { run in
                run.directories.first { $0.name == name }.map { (run: run, part: $0) }
            }
            let reading = own.first { $0.part.error == nil || $0.part.isStopped }
            // A store of version 3 kept the time in its runs alone.
            let completed = own.first {
                $0.part.error == nil && $0.run.wasCompleted(by: now)
            }
            let overview = known.first { $0.name == name }
            return Directory(
                name: name, isConfigured: configured.contains(name), overview: overview,
                lastRead: overview.flatMap { $0.readAt ?? completed?.run.finished },
                last: own.first?.part,
                stop: reading?.part.isStopped == true ? reading?.run : nil,
                follower: RunLock.holder(of: .follow(name), store: store))
        }
    }
}

extension RunTable.Run {
    /// Whether it came to its end by then and left nothing undone.
    fileprivate func wasCompleted(by now: Timestamp) -> Bool {
        guard let finished, outcome == .completed else { return false }
        return finished <= now
    }
}
