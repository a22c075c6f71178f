internal import Configuration
internal import Engine
internal import Glibc
internal import Ground
internal import Identity
internal import LDAP
internal import Store

/// `lockstep sync`: what cron runs.
struct SyncCommand {
    let world: World

    func run() throws -> ExitCode {
        isQuiet && !world.command.flag(.dryRun)
            ? try UnattendedEnding(world: world).told(work) : try work()
    }

    private func work() throws -> ExitCode {
        let settings = try world.settings()
        _ = try world.directories(settings)
        _ = try world.authorities(settings)
        return world.command.flag(.dryRun)
            ? try rehearse(settings) : try synchronize(settings)
    }

    private func synchronize(_ settings: Settings) throws -> ExitCode {
        try world.requirePasswords(settings)
        let store = try world.store(settings, for: .write(create: settings.store.create))
        if store.isNew {
            world.log.warning("there was no store: made a new one, \(store.path)")
        }
        let lock: RunLock
        do {
            lock = try world.runLock(settings, store: store)
        } catch let ending as Ending
            where ending.exit == .unfinished && isQuiet && !world.wantsJSON
        {
            guard try UnattendedReport(world: world, store: store).isNews(busy: ending.message)
            else { return ending.exit }
            throw ending
        }
        let report = try locked(settings, store)
        let code = try finish(report, store)
        try follow(report, settings, store)
        _ = consume lock
        return code
    }

    /// The run itself, by the one who has the run lock.
    private func locked(_ settings: Settings, _ store: Store) throws -> SyncReport {
        if let plan = world.command.value(.release) {
            return try release(plan, settings, store: store, observer: progress())
        }
        let by = world.operatorIdentity(settings).asSync
        _ = try store.expireRequests(by: by, at: world.now())
        let context = try world.context(settings, store, by: by)
        context.sessions.allow(
            seconds: Double(settings.directories.map(\.sync.deadline).max() ?? 0))
        try CanaryRestoration.all(
            settings.directories, store: store.path, sessions: context.sessions, now: world.now())
        let queue = try Retry(context).all(onlyDue: true)
        return try sync(
            settings, store: store, queue: SyncReport.Queue(queue), observer: progress())
    }

    private var isQuiet: Bool { world.command.flag(.quiet) }

    /// The figures for monitoring, and with `--quiet` what is news to a person.
    private func follow(_ report: SyncReport, _ settings: Settings, _ store: Store) throws {
        guard isQuiet || settings.metrics != nil else { return }
        let (facts, known) = try store.snapshot {
            let facts = try StatusFacts(
                settings, store: store, now: world.now(),
                depth: settings.metrics == nil ? .attention : .counts)
            var users = UserCache(store: store)
            return (facts, try facts.attention(&users))
        }
        var attention = known
        if let path = settings.metrics {
            do throws(Ending) {
                try OutputFile(path: path, mark: .metrics, mode: 0o644)
                    .write(MetricsText(report, facts, known).text)
            } catch {
                let message = "metrics: \(error.message)"
                attention.append(
                    Attention(kind: .metrics, target: path, message: message, hint: ""))
                if !isQuiet { world.log.warning("\(message)") }
            }
        }
        if isQuiet { try UnattendedReport(world: world, store: store).write(report, attention) }
    }

    /// The plan that a limit kept, once, and nothing else.
    private func release(
        _ plan: String, _ settings: Settings, store: Store, observer: SyncObserver
    ) throws -> SyncReport {
        try PlanRelease(
            settings: settings, store: store, world: try syncWorld(settings),
            by: world.operatorIdentity(settings)
        ).carryOut(plan, isDryRun: world.command.flag(.dryRun), observer: observer)
    }

    /// The same code on a copy of the store, so that nothing of it lasts.
    private func rehearse(_ settings: Settings) throws -> ExitCode {
        try world.requirePasswords(settings)
        let original = try existingStore(settings)
        let rehearsal = try RehearsalStore(
            copying: original, in: world.temporaryFolder,
            by: world.holder(settings))
        var observer = progress()
        let showsChanges = !world.wantsJSON && !world.command.flag(.ldif)
        observer.change = { change in
            if showsChanges { ChangeReport(output: world.output).write(change) }
        }
        observer.preview = { preview in
            if world.command.flag(.ldif) {
                world.output.write(preview.ldif)
            } else if showsChanges {
                PreviewReport(output: world.output).writeBrief(preview)
            }
        }
        let report =
            if let plan = world.command.value(.release) {
                try release(plan, settings, store: rehearsal.store, observer: observer)
            } else {
                try sync(
                    settings, store: rehearsal.store, queue: SyncReport.Queue(),
                    observer: observer)
            }
        let code = try finish(report, rehearsal.store)
        guard code == .ok, world.command.flag(.check), report.changedAnything else { return code }
        return .wouldChange
    }

    /// nil where there is none yet: everything would be new.
    private func existingStore(_ settings: Settings) throws -> Store? {
        do throws(StoreError) {
            return try Store.open(
                settings.store.path, for: .read, by: world.holder(settings))
        } catch {
            if error.kind == .missing, settings.store.create { return nil }
            throw error
        }
    }

    private func sync(
        _ settings: Settings, store: Store, queue: SyncReport.Queue, observer: SyncObserver
    ) throws -> SyncReport {
        try Synchronization.run(
            settings, store,
            try syncWorld(settings),
            options: SyncOptions(
                directory: world.command.value(.directory), full: world.command.flag(.full),
                isDryRun: world.command.flag(.dryRun)), queue: queue, observer: observer)
    }

    private func syncWorld(_ settings: Settings) throws -> SyncWorld {
        var outside = SyncWorld(
            clock: world.now, stopwatch: Stopwatch.seconds,
            host: world.operatorIdentity(settings).host, secret: { try world.password($0) })
        outside.isInterrupted = world.isInterrupted
        outside.authorities = try world.authorities(settings)
        return outside
    }

    private func progress() -> SyncObserver {
        let line = ProgressLine(output: world.errors, isQuiet: world.command.flag(.quiet))
        return SyncObserver(progress: { line.show($0) })
    }

    private func finish(_ report: SyncReport, _ store: Store) throws -> ExitCode {
        if world.wantsJSON {
            world.print(report.json)
        } else if !world.command.flag(.ldif) {
            try SyncSummary(world: world, store: store).write(report)
        }
        // Of an unattended run only what is news is told, and later.
        if !isQuiet || world.command.flag(.dryRun) { tell(report, store) }
        return ExitCode(rawValue: report.exitCode) ?? .defect
    }

    private func tell(_ report: SyncReport, _ store: Store) {
        tellChanges(report)
        if report.isClockEarly {
            world.log.error("\(SyncReport.clockIsEarly)")
            world.log.hint(.error, Sanitized(Store.clockRemedy), margin: "  ")
        }
        if let problem = CanaryFile.problem(beside: store.path) {
            world.log.warning("\(problem.description)")
        }
        for directory in report.directories {
            if !directory.strategyReason.isEmpty {
                let strategy = directory.strategy.rawValue
                world.log.debug(
                    "\(directory.name): \(strategy) is in use: \(directory.strategyReason)")
            }
            for note in directory.remarks {
                world.log.warning("\(directory.name): \(note)")
            }
            if let error = directory.error { world.log.error("\(error.message)") }
        }
        if report.outcome == .stopped, let plan = report.plan {
            world.log.notice(
                "the plan is kept; this carries it out: lockstep sync --release \(plan)")
        }
    }

    /// To a program that reads the log: whom the run changed, each; people have it on stdout.
    private func tellChanges(_ report: SyncReport) {
        guard world.log.format == .json else { return }
        for directory in report.directories {
            for change in directory.made {
                world.log.info(
                    "\(directory.name): \(change.line)", change.json.object ?? [:])
            }
        }
    }
}
