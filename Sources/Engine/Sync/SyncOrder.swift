internal import Configuration
internal import Ground
package import Identity
package import Store

/// What a sync is asked to do.
package struct SyncOptions: Sendable {
    /// The one directory to read, by its key; nil: all.
    package var directory: DirectoryName?
    /// Everything is read, whatever the strategy.
    package var full: Bool
    package var isDryRun: Bool
    /// The kept plan that is carried out, and nothing else.
    package var release: String?
    /// What could not be had before is asked for again, however lately that was.
    ///
    /// Somebody may have mended it. A run that reads everything does so anyway.
    package var asksAgain: Bool

    package init(
        directory: DirectoryName? = nil, full: Bool = false, isDryRun: Bool = false,
        release: String? = nil, asksAgain: Bool = false
    ) {
        self.directory = directory
        self.full = full
        self.isDryRun = isDryRun
        self.release = release
        self.asksAgain = asksAgain
    }
}

/// The one order of a sync: what is due from before, what the directories say, what follows from it,
/// and what is written down of it.
package struct SyncOrder {
    package enum End {
        case over
        /// Another run is at work: a sentence that says whose.
        case busy(String)
    }

    /// The default of 1,000 pages moves the log to the database after nearly every page of users.
    static let checkpointPages: Int32 = 8_192

    /// The sync acts as itself, not as the operator who started it.
    private let context: EngineContext
    /// Whoever started it: a plan is released by a person.
    private let starter: Operator
    private let stopwatch: () -> Double
    private let observer: SyncObserver
    private let options: SyncOptions

    /// `stopwatch`: seconds since any fixed instant, that no clock setting moves.
    package init(
        _ context: EngineContext, stopwatch: @escaping () -> Double,
        options: SyncOptions = SyncOptions(), observer: SyncObserver = SyncObserver()
    ) {
        self.context = context.ofSync()
        starter = context.by
        self.stopwatch = stopwatch
        self.options = options
        self.observer = observer
    }

    private var store: Store { context.store }

    /// All of it, as the one run of this store; `told` tells of it before another one may begin.
    package func run(
        as holder: RunLock.Holder, waiting seconds: Int64, told: (SyncReport) throws -> Void
    ) throws -> End {
        let lock: RunLock
        let watch = context.sessions.watch
        do throws(StoreError) {
            watch.begin?("the run that holds the lock")
            defer { watch.end?() }
            lock = try RunLock(store: store.path, by: holder, waiting: seconds)
        } catch {
            guard error.kind == .locked else { throw error }
            return .busy(error.message)
        }
        try told(try run())
        _ = consume lock
        return .over
    }

    /// The same on a store that nobody else has: a dry run's copy (`RehearsalStore`).
    ///
    /// What goes wrong in a directory is in the report and keeps no other one from being read;
    /// what is thrown is the store's, or a `Refusal`.
    package func run() throws -> SyncReport {
        if let plan = options.release { return try release(plan) }
        let queue = try goOn()
        store.checkpoint(everyPages: Self.checkpointPages)
        defer { store.checkpoint(everyPages: 1_000) }
        let run = try begin()
        let parts = try chosen.map { try read($0, in: run) }
        try context.authorities.bind(in: store)
        var decided = try decide(about: parts, in: run)
        let followed = try follow(run)
        if !run.isDryRun {
            decided.queue.done += try decided.reports.takeElsewhere(in: context)
        }
        return try finish(run, decided, followed, queue)
    }

    private var chosen: [DirectorySettings] {
        context.settings.directories.filter {
            options.directory == nil || options.directory == $0.name
        }
    }

    /// The plan that a limit kept, once, and nothing else.
    private func release(_ plan: String) throws -> SyncReport {
        try PlanRelease(
            context, by: starter, stopwatch: stopwatch, isDryRun: options.isDryRun,
            observer: observer
        ).carryOut(plan)
    }

    /// What is due from before, and became of the steps; a dry run leaves it where it is.
    private func goOn() throws -> SyncReport.Queue {
        guard !options.isDryRun else { return SyncReport.Queue() }
        _ = try store.expireRequests(by: context.by, at: context.clock())
        // The read that follows has sessions of its own: it asks servers again that did not answer here.
        let before = context.ofSync()
        let directories = context.settings.directories
        before.sessions.allow(seconds: Double(directories.map(\.sync.deadline).max() ?? 0))
        try CanaryRestoration.all(
            directories, store: store.path, sessions: before.sessions, now: context.clock())
        return SyncReport.Queue(try Retry(before).inDirectory(onlyDue: true))
    }

    private func begin() throws -> SyncRun {
        let started = stopwatch()
        let now = context.clock()
        try KeyCheck(context: context, now: now).carryOut(among: chosen)
        let number = try store.write { transaction in
            try RunTable(transaction.store).begin(at: now, in: transaction)
        }
        return SyncRun(
            context: context, stopwatch: stopwatch, observer: observer,
            isDryRun: options.isDryRun, number: number, now: now, started: started,
            isClockEarly: try store.clockFinding(at: now) != nil)
    }

    /// A directory, and what the run has done there.
    private struct Part {
        let settings: DirectorySettings
        let number: DirectoryID
        var report: DirectoryReport
    }

    private func read(_ directory: DirectorySettings, in run: SyncRun) throws -> Part {
        let number = try store.write { transaction in
            try DirectoryTable(transaction.store).number(
                of: directory.name, former: directory.renamedFrom, in: transaction)
        }
        let report = try DirectorySync(
            run.on(directory, number), run, isFull: options.full
        ).carryOut()
        // A first load that ended early has left the indexes out.
        try LoadIndex.build(in: store)
        return Part(settings: directory, number: number, report: report)
    }

    /// What follows from what was read, once all of it was: decided, and carried out or kept as a plan.
    private func decide(about parts: [Part], in run: SyncRun) throws -> Decided {
        var decided = Decided(reports: parts.map(\.report))
        guard !run.isClockEarly else { return decided }
        let changes = StateChanges(run)
        for (index, part) in parts.enumerated() {
            let made = try changes.make(in: part.settings, part.number, after: part.report)
            decided.reports[index].add(made)
            decided.queue += made.queue
            decided.withheld += made.withheld
        }
        decided.groups = parts.flatMap(\.report.withheldGroups)
        decided.plan = try changes.keep(decided.withheld, decided.groups)
        return decided
    }

    private struct Decided {
        var reports: [DirectoryReport]
        var queue = SyncReport.Queue()
        /// What limits keep from being changed, and the plan that it was kept as.
        var withheld: [StateChange] = []
        var groups: [GroupChange] = []
        var plan: String?
    }

    /// What the CAs did by themselves; what follows from the directories does not wait for them.
    private func follow(_ run: SyncRun) throws -> [AuthorityFollowing.Report] {
        guard !run.isClockEarly else { return [] }
        return try AuthorityFollowing(
            context, at: run.now, run: run.number, isPatient: !(options.full || options.asksAgain)
        ).carryOut()
    }

    /// Counts what is left to do, and writes the run down.
    private func finish(
        _ run: SyncRun, _ decided: Decided, _ authorities: [AuthorityFollowing.Report],
        _ before: SyncReport.Queue
    ) throws -> SyncReport {
        // People of a directory that is not configured are left alone.
        let left = try store.stepsLeft(in: Set(context.settings.directories.map(\.name)))
        let report = SyncReport(
            run: run, directories: decided.reports,
            queue: SyncReport.Queue(
                done: before.done + decided.queue.done, pending: left.pending, failed: left.failed),
            plan: decided.plan, withheld: decided.withheld, withheldGroups: decided.groups,
            authorities: authorities)
        let now = max(context.clock(), run.now)
        try store.write { transaction in
            try RunTable(transaction.store).finish(
                report.run, as: report.ending(at: now), in: transaction)
            for directory in report.directories where directory.isWhole {
                try DirectoryTable(transaction.store).markRead(
                    directory.name, at: now, in: transaction)
            }
            guard report.changedAnything else { return }
            try transaction.append(
                AuditEvent(
                    at: now, by: context.by.login, host: context.by.host,
                    terminal: context.by.terminal, event: "sync", detail: report.auditDetail))
        }
        return report
    }
}

extension DirectoryReport {
    /// It was read, and nothing of it waits for the next run; a limit is another matter.
    fileprivate var isWhole: Bool { isReadToTheEnd && !self.isUnfinished }
}

extension SyncReport {
    /// The figures alone: what happened to each user is in their own events.
    fileprivate var auditDetail: [String: JSONValue] {
        let figures = directories.filter(\.changedAnything).map { directory -> JSONValue in
            var json = directory.json.object ?? [:]
            json["rejected"] = .int(Int64(directory.rejected.count))
            json["changes"] = .int(Int64(directory.made.count))
            return .object(json)
        }
        return ["run": JSONValue(run), "directories": .array(figures)]
    }
}
