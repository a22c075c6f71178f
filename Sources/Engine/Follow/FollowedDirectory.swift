package import Configuration
package import Ground
internal import Identity
package import LDAP

/// What became of a run of one directory.
package enum FollowedRun {
    /// Which server was read, and how: what waits for changes does it there, and in that way.
    package struct Source: Equatable {
        package let strategy: SyncStrategy
        package let server: LDAPURL

        package init(strategy: SyncStrategy, server: LDAPURL) {
            self.strategy = strategy
            self.server = server
        }
    }

    /// `nextDue`: when a step of a process, of whichever directory, is to be tried again. `sawNobody`:
    /// everything was read, and that was no user at all.
    case done(Source, changed: Bool, nextDue: Timestamp?, sawNobody: Bool = false)
    /// Another run has the store: not now.
    case busy
    case failed(FollowFailure)
}

/// Why a directory is not followed at the moment.
package struct FollowFailure: Equatable {
    /// A sentence.
    package let why: String
    /// What to do about it.
    package let hint: String?

    package init(_ why: String, hint: String? = nil) {
        self.why = why
        self.hint = hint
    }
}

/// One directory that is followed: whether it is due, and what is known of it.
final class FollowedDirectory {
    /// Seconds for which notices are gathered before they are acted on.
    private static let gathering = 0.2
    /// Seconds between two questions whether the server is still there, and shows what it has shown.
    private static let pulse = 25.0
    /// Seconds after which a run is due although nothing was told: what is due by the clock alone
    /// (people missing for long enough, requests that expire) shows in no directory.
    private static let longest = 300.0
    /// Seconds until another try, after a failure and after each that follows.
    private static let backoff = [1.0, 2, 4, 8, 16, 32, 64, 128, 256, 300]

    var settings: DirectorySettings
    private(set) var watch: DirectoryWatch?
    /// When the next run begins, by the monotonic clock.
    private var runAt: Double
    /// When a watch that has to ask is next looked at.
    private var lookAt = Double.infinity
    /// When the server is next asked whether it is there.
    private var pulseAt = Double.infinity
    private var failures = 0
    /// The directory's own failure, as long as it lasts.
    private(set) var failure: FollowFailure?
    /// Since when it can't be followed; kept through tries that seem to succeed, until one has held.
    private(set) var failingSince: Timestamp?
    private(set) var lastChange: Timestamp?

    init(_ settings: DirectorySettings, now: Double) {
        self.settings = settings
        runAt = now
    }

    var name: DirectoryName { settings.name }

    /// Whether it was read, or found to be down: not one whose run had to wait for another's.
    var isKnown: Bool { watch != nil || failure != nil }

    func isDue(_ now: Double) -> Bool { runAt <= now }

    /// When this directory next needs attention.
    var wakeAt: Double { min(runAt, lookAt, pulseAt) }

    /// Asks for a run once notices that come close together have been gathered.
    func notice(at now: Double) { runAt = min(runAt, now + Self.gathering) }

    /// Asks for a run at that time at the latest.
    func wish(at time: Double) { runAt = min(runAt, time) }

    /// Takes in what the server has told meanwhile, and looks whether the server is still there.
    ///
    /// Throws what ends the watch.
    func look(at now: Double) throws(DirectoryFailure) {
        guard let watch else { return }
        if let interval = watch.interval {
            if lookAt <= now {
                lookAt = now + interval
                if try watch.hasNews() { notice(at: now) }
            }
        } else if try watch.hasNews() {
            notice(at: now)
        }
        guard pulseAt <= now else { return }
        pulseAt = now + Self.pulse
        if try !watch.isAsBefore() { notice(at: now) }
        // What came while the answer was waited for.
        if watch.interval == nil, try watch.hasNews() { notice(at: now) }
        // Only a watch that has held for a while is a success.
        failures = 0
        failingSince = nil
    }

    /// A run begins: what is told from now on is for the next one.
    func begin() { runAt = .infinity }

    func postpone(at now: Double) { wish(at: now + Self.backoff[0]) }

    /// A run has ended: one that reads everything may take longer than all the times that count here.
    ///
    /// A failure ends only where changes are waited for again.
    func succeed(changed: Bool, at now: Double, clock: Timestamp) {
        if changed { lastChange = clock }
        wish(at: now + Self.longest)
        if let interval = watch?.interval { lookAt = max(lookAt, now + interval) }
    }

    /// Waits for changes from now on; a run that began before may not have seen the last ones.
    func attend(_ watch: DirectoryWatch, at now: Double) {
        self.watch = watch
        failure = nil
        lookAt = watch.interval.map { now + $0 } ?? .infinity
        pulseAt = now + Self.pulse
        notice(at: now)
    }

    func fail(_ why: FollowFailure, at now: Double, clock: Timestamp) {
        endWatch()
        runAt = now + Self.backoff[min(failures, Self.backoff.count - 1)]
        failures += 1
        failure = why
        failingSince = failingSince ?? clock
    }

    /// Under another configuration everything is begun anew.
    func adopt(_ settings: DirectorySettings, at now: Double) {
        self.settings = settings
        endWatch()
        failures = 0
        runAt = now
    }

    private func endWatch() {
        watch = nil
        lookAt = .infinity
        pulseAt = .infinity
    }
}
