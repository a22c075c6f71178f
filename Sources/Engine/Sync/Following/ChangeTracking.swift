internal import Configuration
internal import Ground
internal import LDAP
internal import Store

/// Follows the changes of one directory on one server: with which strategy, from where on.
///
/// The states are in `streams`; they are stored once everything that they stand for is durable, and
/// never say more than that.
final class ChangeTracking {
    let run: DirectoryRun
    let server: String
    private let dialect: Dialect
    private var choice: StrategyChoice
    /// What carries out the strategy in use; nil: everything is read.
    private(set) var feed: (any ChangeFeed)?
    /// The suffix whose entry carries contextCSN; nil where there is none for all of the bases.
    let suffix: DN?
    private let context: DN?
    let bindings: [StreamState.Stream: [UInt8]]
    private(set) var states: [StreamState.Stream: StreamState] = [:]
    /// Of the streams of which the server has told something new.
    var newCookies: [StreamState.Stream: [UInt8]] = [:]
    /// How far the server said it had come after it had told of changes.
    private var heard: ContextCSN?
    /// When an account next ends without its entry changing.
    private(set) var dueAt: Timestamp?
    private let stopwatch: () -> Double

    init(
        _ run: DirectoryRun, users requested: [AttributeName], groups: [AttributeName],
        on session: borrowing DirectorySession, stopwatch: @escaping () -> Double
    ) throws {
        self.run = run
        self.stopwatch = stopwatch
        server = session.url.description
        let settings = run.settings
        dialect = session.dialect
        context = session.namingContext
        suffix = session.contextSuffix
        choice = StrategyChoice(
            settings, requested: requested, of: StrategyChoice.Server(session))
        var bindings: [StreamState.Stream: [UInt8]] = [
            .users: StreamBinding.users(settings, dialect: dialect, requested: requested)
        ]
        if let roles = settings.roles {
            bindings[.groups] = StreamBinding.groups(
                roles, settings, dialect: dialect, requested: groups)
        }
        self.bindings = bindings
        for stream in bindings.keys {
            states[stream] = try StreamTable(run.store).state(
                of: stream, directory: run.directory, server: server)
        }
        dueAt = states[.users]?.dueAt
        // A better strategy is tried when everything is read anyway.
        for (stream, state) in states where SyncStrategy(rawValue: state.strategy) == nil {
            throw StreamTable(run.store).unknownStrategy(
                stream.rawValue, directory: settings.name, server: server)
        }
        let stored = states[.users].flatMap { SyncStrategy(rawValue: $0.strategy) }
        use(choice.candidates.first { $0 == stored } ?? choice.candidates[0])
    }

    /// The one in use.
    var strategy: SyncStrategy { feed?.strategy ?? .full }
    /// Why it is not the configured one: a sentence.
    var remark: String? { choice.remark(using: strategy) }
    /// Why it is this one.
    var reason: String { choice.reason(for: strategy) }

    private func use(_ strategy: SyncStrategy) {
        feed = Self.feed(
            strategy, dialect: dialect, context: context, now: run.now, stopwatch: stopwatch)
    }

    /// Why the stored states can't be gone on from.
    func obstacle() throws -> ChangeObstacle? {
        guard let feed else { return ChangeObstacle("") }
        for (stream, binding) in bindings {
            guard let state = states[stream] else { return ChangeObstacle("") }
            guard state.strategy == strategy.rawValue, state.binding == binding else {
                return ChangeObstacle(
                    "the configuration of the \(stream.rawValue) has changed")
            }
            if let obstacle = feed.obstacle(state.cookie) { return obstacle }
        }
        if let due = dueAt, due <= run.now {
            return ChangeObstacle("an account has ended by its pwdEndTime")
        }
        return nil
    }

    /// A better strategy than the one in use, that the server did not offer when everything was last read.
    func better(on session: borrowing DirectorySession) throws -> SyncStrategy? {
        for candidate in choice.candidates {
            guard candidate != strategy,
                let feed = Self.feed(
                    candidate, dialect: dialect, context: context, now: run.now,
                    stopwatch: stopwatch)
            else { return nil }
            if try feed.begin(on: session, contextCSN: try contextCSN(on: session)) == nil {
                return candidate
            }
        }
        return nil
    }

    /// Chooses the best strategy that the server offers, just before everything is read.
    func start(on session: borrowing DirectorySession) throws -> TrackingStart {
        dueAt = nil
        let numbers = try contextCSN(on: session)
        let lags = try lags(numbers)
        use(choice.candidates[0])
        while let feed, let why = try feed.begin(on: session, contextCSN: numbers) {
            choice.exclude(feed.strategy, because: why)
            use(choice.candidates[0])
        }
        return TrackingStart(
            contextCSN: numbers, containers: try containers(on: session), lagsBehind: lags,
            begun: stopwatch())
    }

    /// Entries were read, of whichever strategy.
    func note(_ page: [Entry], of stream: StreamState.Stream, isFull: Bool) {
        guard let feed else { return }
        if isFull { feed.note(page, of: stream) }
        guard stream == .users else { return }
        for index in page.indices {
            for value in page[index].values(of: .pwdEndTime) {
                guard let time = value.text.flatMap({ Timestamp(generalizedTime: $0) }),
                    time > run.now
                else { continue }
                dueAt = min(dueAt ?? time, time)
            }
        }
    }

    /// After all of it is durable that a read from `start` on has found.
    ///
    /// `paysAbsence`: it has decided about everybody who was not there.
    func finish(_ start: TrackingStart, again: [EntryID], paysAbsence: Bool) throws {
        var states: [(StreamState.Stream, StreamState)] = []
        for (stream, binding) in bindings {
            switch feed?.cookie(of: stream, after: stopwatch() - start.begun) {
            case .success(let cookie)?:
                states.append((stream, state(stream, binding, cookie, start.containers, again)))
            case .failure(let obstacle)?:
                choice.exclude(strategy, because: obstacle.why)
                use(.full)
                states = []
            case nil: break
            }
        }
        let pays =
            try paysAbsence && StreamTable(run.store).owesAbsence(directory: run.directory)
        try store(feed == nil ? [] : states, seen: start.contextCSN, paysAbsence: pays)
    }

    /// Whether the server, which has told of changes, lacks writes that were seen before.
    func lagsNow(on session: borrowing DirectorySession) throws -> Bool {
        for (stream, state) in states {
            // Where the cookies say it, nobody has to ask.
            guard let numbers = feed?.contextCSN(of: newCookies[stream] ?? state.cookie) else {
                heard = try contextCSN(on: session)
                return try lags(heard)
            }
            if try lags(numbers) { return true }
        }
        return false
    }

    /// After all of it is durable that was told; no transaction where nothing is new.
    func finishChanges(containers: [UInt8], again: [EntryID]) throws {
        var stored: [(StreamState.Stream, StreamState)] = []
        for (stream, binding) in bindings {
            guard let before = states[stream] else { continue }
            let cookie = newCookies[stream] ?? before.cookie
            let state = state(stream, binding, cookie, containers, again)
            if state != before { stored.append((stream, state)) }
        }
        guard !stored.isEmpty else { return }
        try store(stored, seen: told)
    }

    /// How far the server had come that has told of changes.
    private var told: ContextCSN {
        states.reduce(into: heard ?? ContextCSN([] as [CSN])) { told, next in
            let cookie = newCookies[next.key] ?? next.value.cookie
            told = ContextCSN(told.numbers + (feed?.contextCSN(of: cookie)?.numbers ?? []))
        }
    }

    /// Before anything is stored of what the server shows.
    ///
    /// Whatever becomes of the read, another server that lacks it is behind: whom that one does not show is
    /// not gone.
    func noteSeen(_ start: TrackingStart) throws { try note(start.contextCSN) }

    /// The same of what it tells.
    func noteTold() throws { try note(told) }

    private func note(_ numbers: ContextCSN?) throws {
        guard let numbers, !numbers.numbers.isEmpty else { return }
        let seen = try StreamTable(run.store).newestSeen(directory: run.directory)
        if seen?.isNotOlder(than: numbers) == true { return }
        try store([], seen: numbers)
    }

    private func state(
        _ stream: StreamState.Stream, _ binding: [UInt8], _ cookie: [UInt8],
        _ containers: [UInt8], _ again: [EntryID]
    ) -> StreamState {
        StreamState(
            strategy: strategy.rawValue, binding: binding, cookie: cookie, containers: containers,
            dueAt: stream == .users ? dueAt : nil, again: stream == .groups ? again : [])
    }

    private func store(
        _ states: [(StreamState.Stream, StreamState)], seen: ContextCSN?, paysAbsence: Bool = false
    ) throws {
        guard !states.isEmpty || seen != nil || paysAbsence else { return }
        try run.store.write { transaction in
            for (stream, state) in states {
                try StreamTable(transaction.store).store(
                    state, of: stream, directory: run.directory, server: server, at: run.now,
                    run: run.run, in: transaction)
            }
            if let seen {
                try StreamTable(transaction.store).see(
                    seen, directory: run.directory, in: transaction)
            }
            guard paysAbsence else { return }
            try StreamTable(transaction.store).setOwesAbsence(
                false, directory: run.directory, in: transaction)
        }
    }
}

/// What is known of a server before everything is read.
struct TrackingStart {
    /// How far the server had come; nil where it does not say.
    let contextCSN: ContextCSN?
    /// Of the names that the entries stand below.
    let containers: [UInt8]
    /// The server lacks writes that another one, or it itself, has shown before.
    let lagsBehind: Bool
    /// By the stopwatch.
    let begun: Double
}
