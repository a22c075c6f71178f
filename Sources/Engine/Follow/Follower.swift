package import Configuration
package import Ground
package import Identity

/// What a follower needs of the world.
package struct FollowWorld {
    package let clock: () -> Timestamp
    /// Seconds of a clock that nobody sets.
    package let stopwatch: () -> Double
    package let secret: (PasswordSource) throws -> [UInt8]
    /// Returns when one of the descriptors is readable, a signal has come or the seconds are over.
    package let wait: (_ descriptors: [Int32], _ seconds: Double) -> Void
    package let isStopped: () -> Bool
    /// The directories of the configuration, read anew, where that was asked for; nil where not.
    package let reloaded: () -> [DirectorySettings]?
    /// One run of a sync of this directory.
    package let run: (_ directory: DirectoryName) -> FollowedRun
    /// What has come to be known.
    package let tell: (FollowNews) -> Void

    package init(
        clock: @escaping () -> Timestamp, stopwatch: @escaping () -> Double,
        secret: @escaping (PasswordSource) throws -> [UInt8],
        wait: @escaping ([Int32], Double) -> Void, isStopped: @escaping () -> Bool,
        reloaded: @escaping () -> [DirectorySettings]?,
        run: @escaping (DirectoryName) -> FollowedRun, tell: @escaping (FollowNews) -> Void
    ) {
        self.clock = clock
        self.stopwatch = stopwatch
        self.secret = secret
        self.wait = wait
        self.isStopped = isStopped
        self.reloaded = reloaded
        self.run = run
        self.tell = tell
    }
}

/// What a follower tells while it is at it.
package enum FollowNews {
    /// A directory fails, or fails otherwise than before.
    case failing(directory: DirectoryName, FollowFailure)
    /// A directory is followed from now on; `again`: after it had failed.
    case following(directory: DirectoryName, again: Bool)
    /// Where the directories stand: one line, told before each wait.
    case standing(String)
    /// It is at work still: told wherever a server may have been waited for.
    case working
    /// Each directory was read once, or found to be down.
    case ready
}

/// Follows directories until it is stopped: waits for a change, and runs a sync of what has changed.
///
/// One run at a time; between two runs nothing is open but what waits. One thread waits for all
/// directories, in poll(2).
package struct Follower {
    /// Seconds of the longest wait: half of what the service manager's watchdog may be set to.
    private let longestWait: Double
    private let world: FollowWorld
    private var directories: [FollowedDirectory]
    /// What was told last of each.
    private var told: [DirectoryName: Told] = [:]

    private enum Told: Equatable {
        case failing(FollowFailure)
        case following
    }

    package init(
        _ directories: [DirectorySettings], longestWait: Double, world: FollowWorld
    ) {
        self.longestWait = longestWait
        self.world = world
        let now = world.stopwatch()
        self.directories = directories.map { FollowedDirectory($0, now: now) }
    }

    /// Returns when it is stopped.
    package mutating func follow() {
        var isReady = false
        while !world.isStopped() {
            if let settings = world.reloaded() { adopt(settings) }
            for directory in directories {
                look(at: directory)
                // A look that was broken off says nothing of the directory.
                if world.isStopped() { return }
            }
            for directory in directories where directory.isDue(world.stopwatch()) {
                run(directory)
                if world.isStopped() { return }
            }
            tellChanges()
            if !isReady, directories.allSatisfy(\.isKnown) {
                isReady = true
                world.tell(.ready)
            }
            world.tell(.standing(standing))
            let next = directories.map(\.wakeAt).min() ?? .infinity
            let seconds = min(max(0, next - world.stopwatch()), longestWait)
            world.wait(directories.compactMap { $0.watch?.descriptor }, seconds)
        }
    }

    private func look(at directory: FollowedDirectory) {
        do throws(DirectoryFailure) {
            try directory.look(at: world.stopwatch())
        } catch {
            fail(directory, error)
        }
        world.tell(.working)
    }

    private func run(_ directory: FollowedDirectory) {
        let began = world.stopwatch()
        directory.begin()
        switch world.run(directory.name) {
        case .busy: directory.postpone(at: world.stopwatch())
        case .failed(let why): fail(directory, why)
        case .done(let source, let changed, let nextDue, let sawNobody):
            let (now, clock) = (world.stopwatch(), world.clock())
            directory.succeed(changed: changed, at: now, clock: clock)
            if let nextDue {
                // A step that is overdue after a run would not be done by another run at once either; and
                // a directory whose runs take long is left alone for ten times as long, so that the
                // others get their turn.
                let rest = min(300, max(1, 10 * (now - began)))
                let seconds = Double(nextDue.seconds - clock.seconds)
                directory.wish(at: now + max(rest, seconds > 0 ? seconds : 30))
            }
            if directory.watch?.source != source { attend(directory, source) }
            if sawNobody { directory.watch?.forgetWitness() }
        }
    }

    /// From now on it is watched where the last run has read it.
    private func attend(_ directory: FollowedDirectory, _ source: FollowedRun.Source) {
        do {
            let watch = try DirectoryWatch(
                directory.settings, source, now: world.clock(), isStopped: world.isStopped,
                secret: world.secret)
            directory.attend(watch, at: world.stopwatch())
        } catch let failure as DirectoryFailure {
            fail(directory, failure)
        } catch {
            fail(directory, FollowFailure("\(directory.name): \(error)"))
        }
        world.tell(.working)
    }

    private func fail(_ directory: FollowedDirectory, _ failure: DirectoryFailure) {
        fail(directory, FollowFailure(failure.description))
    }

    private func fail(_ directory: FollowedDirectory, _ why: FollowFailure) {
        directory.fail(why, at: world.stopwatch(), clock: world.clock())
    }

    /// A failure that lasts is told once.
    private mutating func tellChanges() {
        for directory in directories {
            let state = directory.failure.map { Told.failing($0) } ?? .following
            guard directory.failure != nil || directory.watch != nil, told[directory.name] != state
            else { continue }
            let before = told.updateValue(state, forKey: directory.name)
            switch state {
            case .failing(let why): world.tell(.failing(directory: directory.name, why))
            case .following:
                world.tell(.following(directory: directory.name, again: before != nil))
            }
        }
    }

    private mutating func adopt(_ settings: [DirectorySettings]) {
        let now = world.stopwatch()
        directories = settings.map { each in
            guard let known = directories.first(where: { $0.name == each.name }) else {
                return FollowedDirectory(each, now: now)
            }
            known.adopt(each, at: now)
            return known
        }
        told = told.filter { name, _ in directories.contains { $0.name == name } }
    }

    private var standing: String {
        directories.map { directory in
            guard directory.isKnown else { return "\(directory.name) waits for another run" }
            if directory.failure != nil {
                let since = directory.failingSince.map { " since \($0.rfc3339)" } ?? ""
                return "\(directory.name) is not followed\(since)"
            }
            return directory.lastChange.map {
                "\(directory.name) is followed, last change \($0.rfc3339)"
            } ?? "\(directory.name) is followed"
        }.joined(separator: "; ")
    }
}
