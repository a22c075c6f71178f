internal import Configuration
internal import Engine
internal import Glibc
internal import Ground
internal import Identity
internal import Store

/// `lockstep follow`: stays, and runs the sync of a directory as soon as it changes.
struct FollowCommand {
    let world: World

    /// What lasts from the first run to the last.
    private final class State {
        var settings: Settings
        /// The rights to be the one who follows.
        let locks: [HeldLock]
        /// A step that was in flight and not finished when the last run ended.
        var isUnfinished = false
        var runs: Int64 = 0
        let manager: ServiceManager
        /// What stood after the last run of each directory, and so was told.
        var told: [DirectoryName: [Matter]] = [:]
        /// How many things need a person.
        var attention = 0
        /// Whether the configuration was read again, and no run has asked again since what failed before.
        var asksAgain = false
        /// When the watchdog last heard of a run.
        var beatAt = 0.0

        init(_ settings: Settings, _ locks: [HeldLock], _ manager: ServiceManager) {
            self.settings = settings
            self.locks = locks
            self.manager = manager
        }
    }

    /// A box for a lock, which can't be copied and so can't stand in an array itself.
    private final class HeldLock {
        private let lock: RunLock

        init(_ lock: consuming RunLock) { self.lock = lock }
    }

    func run() throws -> ExitCode {
        let settings = try world.settings()
        let followed = try world.directories(settings)
        try world.passwords.require(for: settings)
        let store = try world.store(settings, for: .write(create: settings.store.create))
        let manager = ServiceManager(world.environment)
        try requireHaste(settings, manager)
        let state = State(
            settings, try followed.map { try lock($0, store, by: world.holder(settings)) },
            manager)
        var follower = Follower(
            followed, longestWait: manager.watchdog.map { $0 / 3 } ?? Self.longestWait,
            world: FollowWorld(
                clock: world.now, stopwatch: Stopwatch.seconds,
                secret: { try world.passwords.octets(of: $0) },
                wait: { descriptors, seconds in
                    world.signals?.wait(for: descriptors, seconds: seconds)
                },
                isStopped: world.isInterrupted, reloaded: { reloaded(state) },
                run: { synchronize($0, state) }, tell: { tell($0, state) }))
        follower.follow()
        manager.notify(["STOPPING=1"])
        withExtendedLifetime(state.locks) {}
        if world.wantsJSON { world.print(.object(["runs": .int(state.runs)])) }
        return state.isUnfinished ? .unfinished : .ok
    }

    /// Seconds of the longest wait where no watchdog asks for less.
    private static let longestWait = 3_600.0

    /// While a program is called, a receiver or a CA's, nobody tells the watchdog that we live.
    private func requireHaste(_ settings: Settings, _ manager: ServiceManager) throws {
        guard let watchdog = manager.watchdog else { return }
        if let slow = settings.receivers.first(where: { Double($0.timeout) >= watchdog / 2 }) {
            throw Ending(
                .configuration,
                "receivers.\(slow.name).timeout is longer than half of the watchdog's time",
                hint: "Shorten it, or raise WatchdogSec in the unit.")
        }
        let patience = AuthoritySettings.Way.patience
        let called = settings.authorities.first {
            if case .program? = $0.tell?.way { Double(patience) >= watchdog / 2 } else { false }
        }
        guard let called else { return }
        throw Ending(
            .configuration,
            "\(called.key).tell.run may take \(patience) s, which is longer than half of the "
                + "watchdog's time", hint: "Raise WatchdogSec in the unit.")
    }

    private func lock(
        _ directory: DirectorySettings, _ store: Store, by holder: RunLock.Holder
    ) throws -> HeldLock {
        do throws(StoreError) {
            return HeldLock(
                try RunLock(.follow(directory.name), store: store.path, by: holder, waiting: 1))
        } catch {
            guard error.kind == .locked else { throw error }
            throw Ending(.unfinished, error.message, hint: "One program follows a directory.")
        }
    }

    /// One run of a sync of the directory; what goes wrong is told, and tried again later.
    private func synchronize(_ name: DirectoryName, _ state: State) -> FollowedRun {
        state.isUnfinished = false
        do {
            let settings = state.settings
            let store = try world.store(settings, for: .write(create: settings.store.create))
            var made: SyncReport?
            let order = SyncOrder(
                // Asked by every loop of the engine: the watchdog hears of a run that is at it.
                try world.context(
                    settings, store,
                    isInterrupted: {
                        beat(state)
                        return world.isInterrupted()
                    }), stopwatch: Stopwatch.seconds,
                options: SyncOptions(directory: name, asksAgain: state.asksAgain),
                observer: SyncObserver(progress: { _ in beat(state) }))
            let end = try order.run(as: world.holder(settings), waiting: 0) { report in
                made = report
                state.isUnfinished = report.exitCode == ExitCode.unfinished.rawValue
                try tell(report, settings, store, state)
            }
            guard case .over = end, let report = made else { return .busy }
            state.runs += 1
            state.asksAgain = false
            return try result(of: report, in: store, settings)
        } catch {
            let ending = Ending(error)
            return .failed(FollowFailure(ending.message, hint: ending.hint))
        }
    }

    /// A run that reads everything says nothing for long: the watchdog hears of its pages.
    private func beat(_ state: State) {
        let now = Stopwatch.seconds()
        guard now - state.beatAt > 1 else { return }
        state.beatAt = now
        state.manager.notify(["WATCHDOG=1"])
    }

    private func tell(
        _ report: SyncReport, _ settings: Settings, _ store: Store, _ state: State
    ) throws {
        let telling = RunTelling(world: world)
        telling.tellChanges(report)
        let (facts, known) = try telling.facts(settings, store)
        var attention = known
        if let path = settings.metrics,
            let problem = telling.writeMetrics(MetricsText(report, facts, known), to: path)
        {
            attention.append(problem)
        }
        state.attention = attention.count
        tellNews(of: report, attention, state)
    }

    /// Each thing once, while it lasts; that a directory can't be read the follower tells.
    private func tellNews(of report: SyncReport, _ attention: [Attention], _ state: State) {
        guard let directory = report.directories.first else { return }
        let followed = Set(state.settings.directories.map(\.name.rawValue))
        let items = AttentionTelling.items(of: report, attention).filter {
            $0.kind != .directory || !followed.contains($0.target)
                || directory.isStopped && $0.target == directory.name.rawValue
        }
        let before = state.told.updateValue(items.map(\.matter), forKey: directory.name) ?? []
        // A run that could not read knows of nothing that is over.
        guard directory.isReadToTheEnd else {
            let stays = before.filter { matter in !items.contains { $0.matter.isSame(as: matter) } }
            state.told[directory.name, default: []] += stays
            return sayNew(items, beside: before, of: report, state)
        }
        sayNew(items, beside: before, of: report, state)
        let over = before.filter { matter in
            !items.contains { $0.matter.isSame(as: matter) }
                && !items.contains {
                    $0.kind.rawValue == matter.kind && $0.matter.target == matter.target
                }
        }
        // What is over is over for all that told it: it is told anew when it comes back.
        for name in state.told.keys {
            state.told[name]?.removeAll { told in over.contains { $0.isSame(as: told) } }
        }
        AttentionTelling(world: world).sayOver(over)
    }

    /// What is not one directory's own was told after another one's run.
    private func sayNew(
        _ items: [Attention], beside before: [Matter], of report: SyncReport, _ state: State
    ) {
        let known =
            before
            + state.told.filter { $0.key != report.directories.first?.name }
            .values.joined()
        AttentionTelling(world: world).say(
            items.filter { item in !known.contains { $0.isSame(as: item.matter) } }, of: report)
    }

    private func result(
        of report: SyncReport, in store: Store, _ settings: Settings
    ) throws -> FollowedRun {
        guard let directory = report.directories.first else {
            return .failed(FollowFailure("no directory was read"))
        }
        if let error = directory.error, !directory.isStopped || !directory.isReadToTheEnd {
            return .failed(FollowFailure(error.message))
        }
        guard let server = directory.server else {
            return .failed(FollowFailure("\(directory.name): no server was read"))
        }
        return .done(
            FollowedRun.Source(strategy: directory.strategy, server: server),
            changed: report.changedAnything,
            nextDue: try store.nextDue(in: Set(settings.directories.map(\.name))),
            sawNobody: directory.full && directory.read == 0)
    }

    /// A configuration that can't be used is told, and the one that was read before is kept.
    private func reloaded(_ state: State) -> [DirectorySettings]? {
        guard world.signals?.takeReload() == true else { return nil }
        do {
            let settings = try world.settings()
            guard settings.store.path == state.settings.store.path else {
                throw Ending(
                    .configuration, "another store is configured: start the program again")
            }
            let followed = try world.directories(settings)
            guard followed.map(\.name) == (try world.directories(state.settings).map(\.name)) else {
                throw Ending(
                    .configuration, "other directories are configured: start the program again")
            }
            try requireHaste(settings, state.manager)
            try world.passwords.require(for: settings)
            try world.readAuthoritiesAgain(settings)
            state.settings = settings
            state.asksAgain = true
            world.log.notice("the configuration was read again")
            return followed
        } catch {
            let ending = Ending(error)
            world.log.error("\(ending.message)")
            world.log.notice("the configuration that was read before is kept")
            return nil
        }
    }

    private func tell(_ news: FollowNews, _ state: State) {
        switch news {
        case .failing(let directory, let failure):
            world.log.error("\(failure.why)", ["directory": directory.json])
            if let hint = failure.hint { world.log.hint(.error, Sanitized(hint), margin: "  ") }
        case .following(let directory, let again):
            world.log.notice("\(directory) is followed\(again ? " again" : "")")
        case .ready: state.manager.notify(["READY=1"])
        case .working: beat(state)
        case .standing(let line):
            let attention =
                switch state.attention {
                case 0: ""
                case 1: "; 1 thing needs a person"
                default: "; \(state.attention) things need a person"
                }
            state.manager.notify(["STATUS=\(line)\(attention)", "WATCHDOG=1"])
        }
    }
}
