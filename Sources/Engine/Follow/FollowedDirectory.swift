package import Configuration
package import Ground
internal import Identity

/// What became of a run of one directory.
package enum FollowedRun {
    /// `nextDue`: when a step of a process, of whichever directory, is to be tried again.
    case done(SyncStrategy, changed: Bool, nextDue: Timestamp?)
    /// Another run has the store: not now.
    case busy
    /// A sentence.
    case failed(String)
}

/// One directory that is followed: whether it is due, and what is known of it.
final class FollowedDirectory {
    /// Seconds for which notices are gathered before they are acted on.
    private static let gathering = 0.2
    /// Seconds between two questions whether a server that tells unasked is still there.
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
    /// When the watch is next looked at, or the server asked whether it is there.
    private var lookAt = Double.infinity
    private var failures = 0
    /// The directory's own failure, as long as it lasts.
    private(set) var failure: String?
    private(set) var lastChange: Timestamp?

    init(_ settings: DirectorySettings, now: Double) {
        self.settings = settings
        runAt = now
    }

    var name: DirectoryName { settings.name }

    func isDue(_ now: Double) -> Bool { runAt <= now }

    /// When this directory next needs attention.
    var wakeAt: Double { min(runAt, lookAt) }

    /// Asks for a run once notices that come close together have been gathered.
    func notice(at now: Double) { runAt = min(runAt, now + Self.gathering) }

    /// Asks for a run at that time at the latest.
    func wish(at time: Double) { runAt = min(runAt, time) }

    /// Takes in what the server has told meanwhile, and looks whether the server is still there.
    func look(at now: Double) {
        guard let watch else { return }
        do throws(DirectoryFailure) {
            if let interval = watch.interval {
                guard lookAt <= now else { return }
                lookAt = now + interval
                if try watch.hasNews() { notice(at: now) }
                failures = 0
            } else {
                if try watch.hasNews() { notice(at: now) }
                guard lookAt <= now else { return }
                lookAt = now + Self.pulse
                try watch.ask()
                // Notices that came while the answer was waited for.
                if try watch.hasNews() { notice(at: now) }
                // Only a watch that has held for a while is a success.
                failures = 0
            }
        } catch {
            fail(error.sentence, at: now)
        }
    }

    /// A run begins: what is told from now on is for the next one.
    func begin(at now: Double) { runAt = now + Self.longest }

    func postpone(at now: Double) { runAt = now + Self.backoff[0] }

    func succeed(changed: Bool, at clock: Timestamp) {
        failure = nil
        if changed { lastChange = clock }
    }

    /// Waits for changes from now on; a run that began before may not have seen the last ones.
    func attend(_ watch: DirectoryWatch, at now: Double) {
        self.watch = watch
        lookAt = now + (watch.interval ?? Self.pulse)
        notice(at: now)
    }

    func fail(_ why: String, at now: Double) {
        watch = nil
        lookAt = .infinity
        runAt = now + Self.backoff[min(failures, Self.backoff.count - 1)]
        failures += 1
        failure = why
    }

    /// Under another configuration everything is begun anew.
    func adopt(_ settings: DirectorySettings, at now: Double) {
        self.settings = settings
        watch = nil
        lookAt = .infinity
        failures = 0
        runAt = now
    }
}
