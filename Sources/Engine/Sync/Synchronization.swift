package import Configuration
internal import Ground
internal import Identity
package import Store

/// A sync: reads the configured directories, one after another, and brings the store in step.
package enum Synchronization {
    /// The default of 1,000 pages moves the log to the database after nearly every page of users.
    static let checkpointPages: Int32 = 8_192

    /// The caller holds the run lock, except for a dry run, which gets a store of its own
    /// (`RehearsalStore`): it is the same code.
    ///
    /// What goes wrong in a directory is in the report and keeps no other one from being read;
    /// what is thrown is the store's. `queue`: what became of the steps that were due before.
    package static func run(
        _ settings: Settings, _ store: Store, _ world: SyncWorld, options: SyncOptions,
        queue: SyncReport.Queue = SyncReport.Queue(), observer: SyncObserver = SyncObserver()
    ) throws -> SyncReport {
        let started = world.stopwatch()
        let now = world.clock()
        store.checkpoint(everyPages: checkpointPages)
        defer { store.checkpoint(everyPages: 1_000) }
        let chosen = settings.directories.filter {
            options.directory == nil || options.directory == $0.name
        }
        try KeyCheck(settings: settings, store: store, world: world, now: now)
            .carryOut(among: chosen)
        let run = try store.write { transaction in try RunTable.begin(at: now, in: transaction) }
        var report = SyncReport(
            run: run, outcome: .completed, plan: nil, directories: [], queue: queue,
            seconds: 0)
        report.isClockEarly = try store.clockFinding(at: now) != nil
        var numbers: [DirectoryID] = []
        for directory in chosen {
            let number = try store.write { transaction in
                try DirectoryTable.number(
                    of: directory.name, former: directory.renamedFrom, in: transaction)
            }
            let sync = DirectorySync(
                DirectoryRun(
                    settings: directory, directory: number, run: run, now: now,
                    store: store, observer: observer, isDryRun: options.isDryRun,
                    isClockEarly: report.isClockEarly),
                world: world, deadline: started + Double(directory.sync.deadline),
                isFull: options.full)
            try sync.carryOut()
            // A load that ended early has left them out.
            try LoadIndex.build(in: store)
            report.directories.append(sync.report)
            numbers.append(number)
        }
        try world.authorities.bind(in: store)
        let changes = StateChanges(
            context: world.context(settings, store), world: world, run: run,
            isDryRun: options.isDryRun, observer: observer)
        try changes.make(in: settings.directories, numbers, started: started, &report)
        try countQueue(of: settings, store, &report)
        report.outcome = outcome(of: report, isDryRun: options.isDryRun)
        report.seconds = world.stopwatch() - started
        try finish(report, store, world, now)
        return report
    }

    /// What is left to do, due now or not; people of a directory that is not configured are left alone.
    private static func countQueue(
        of settings: Settings, _ store: Store, _ report: inout SyncReport
    ) throws {
        let left = try store.stepsLeft(in: Set(settings.directories.map(\.name)))
        (report.queue.pending, report.queue.failed) = left
    }

    /// A limit goes before a directory that can't be read: it wants a person.
    static func outcome(of report: SyncReport, isDryRun: Bool) -> SyncReport.Outcome {
        let directories = report.directories
        let unreadable = directories.filter { $0.error != nil && !$0.isStopped }
        if !directories.isEmpty, unreadable.count == directories.count,
            directories.allSatisfy({ $0.read == 0 })
        {
            return .failed
        }
        if isDryRun { return .planned }
        if directories.contains(where: \.isStopped) { return .stopped }
        let isDone =
            unreadable.isEmpty && report.queue.isEmpty && !report.isClockEarly
            && !directories.contains { $0.isUnfinished || $0.hasTooManyRejected }
        return isDone ? .completed : .partial
    }

    private static func finish(
        _ report: SyncReport, _ store: Store, _ world: SyncWorld, _ started: Timestamp
    ) throws {
        let now = max(world.clock(), started)
        try store.write { transaction in
            try RunTable.finish(
                report.run, as: report.ending(at: now), in: transaction)
            for directory in report.directories
            where (directory.error == nil || directory.isStopped) && !directory.isUnfinished {
                try DirectoryTable.markRead(directory.name, at: now, in: transaction)
            }
            guard report.changedAnything else { return }
            try transaction.append(
                AuditEvent(
                    at: now, by: "sync", host: world.host, terminal: nil, event: "sync",
                    detail: report.auditDetail))
        }
    }
}

extension SyncReport {
    /// The figures alone: what happened to each user is in her own events.
    fileprivate var auditDetail: [String: JSONValue] {
        let figures = directories.filter(\.changedAnything).map { directory -> JSONValue in
            var json = directory.json.object ?? [:]
            json["rejected"] = .int(Int64(directory.rejected.count))
            json["changes"] = .int(Int64(directory.made.count))
            return .object(json)
        }
        return ["run": .int(run), "directories": .array(figures)]
    }
}
