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
        try world.passwords.require(for: settings)
        try world.requireReceivers(settings)
        let store = try world.store(settings, for: .write(create: settings.store.create))
        if store.isNew {
            world.log.warning("there was no store: made a new one, \(store.path)")
        }
        var code = ExitCode.ok
        let end = try order(settings, store, progress()).run(
            as: world.holder(settings), waiting: world.command.value(.wait) ?? 0
        ) { report in
            code = try finish(report, store)
            try follow(report, settings, store)
        }
        switch end {
        case .over: return code
        case .busy(let who): return try busy(who, store)
        }
    }

    /// Another run is at work, which is told once where nobody is there.
    private func busy(_ who: String, _ store: Store) throws -> ExitCode {
        if isQuiet, !world.wantsJSON,
            try !UnattendedReport(world: world, store: store).isNews(busy: who)
        {
            return .unfinished
        }
        throw Ending(.unfinished, who, hint: "--wait SECONDS waits for its end.")
    }

    private func order(
        _ settings: Settings, _ store: Store, _ observer: SyncObserver
    ) throws -> SyncOrder {
        SyncOrder(
            try world.context(settings, store), stopwatch: Stopwatch.seconds,
            options: SyncOptions(
                directory: world.command.value(.directory), full: world.command.flag(.full),
                isDryRun: world.command.flag(.dryRun), release: world.command.value(.release)),
            observer: observer)
    }

    private var isQuiet: Bool { world.isUnattended }

    /// The figures for monitoring, and with `--quiet` what is news to a person.
    private func follow(_ report: SyncReport, _ settings: Settings, _ store: Store) throws {
        guard isQuiet || settings.metrics != nil else { return }
        let (facts, known) = try RunTelling(world: world).facts(settings, store)
        var attention = known
        if let path = settings.metrics,
            let problem = RunTelling(world: world)
                .writeMetrics(MetricsText(report, facts, known), to: path)
        {
            attention.append(problem)
            if !isQuiet { world.log.warning("\(problem.message)") }
        }
        if isQuiet { try UnattendedReport(world: world, store: store).write(report, attention) }
    }

    /// The same code on a copy of the store, so that nothing of it lasts.
    private func rehearse(_ settings: Settings) throws -> ExitCode {
        try world.passwords.require(for: settings)
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
        let report = try order(settings, rehearsal.store, observer).run()
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
        if !isQuiet || world.command.flag(.dryRun) {
            RunTelling(world: world).tell(report, store)
        }
        return ExitCode(rawValue: report.exitCode) ?? .defect
    }
}
