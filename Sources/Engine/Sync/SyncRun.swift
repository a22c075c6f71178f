internal import Configuration
internal import Ground
internal import Identity
internal import LDAP
internal import Store

/// What all parts of one run share.
struct SyncRun {
    let context: EngineContext
    /// Seconds since a fixed instant, that no clock setting moves.
    let stopwatch: () -> Double
    let observer: SyncObserver
    let isDryRun: Bool
    /// Its number in the store.
    let number: RunID
    /// The run's one clock reading.
    let now: Timestamp
    /// By the stopwatch.
    let started: Double
    /// Something has happened already that is later than the clock: nobody's absence is dated.
    var isClockEarly = false

    var store: Store { context.store }

    /// When the run has to leave a directory, by the stopwatch.
    func deadline(of directory: DirectorySettings) -> Double {
        started + Double(directory.sync.deadline)
    }

    /// `number`: the directory's in the store.
    func on(_ directory: DirectorySettings, _ number: DirectoryID) -> DirectoryRun {
        DirectoryRun(
            settings: directory, directory: number, run: self.number, now: now, store: store,
            observer: observer, isDryRun: isDryRun, isClockEarly: isClockEarly)
    }
}

/// What the passes over one directory share: whose they are, when, and where they write.
struct DirectoryRun {
    let settings: DirectorySettings
    /// The directory's number in the store.
    let directory: DirectoryID
    let run: RunID
    /// The run's one clock reading.
    let now: Timestamp
    let store: Store
    let observer: SyncObserver
    var isDryRun = false
    /// Something has happened already that is later than the clock: nobody's absence is dated.
    var isClockEarly = false

    /// `old` nil: nothing was stored before.
    func tell(_ kind: UserChange.Kind, _ record: UserRecord, from old: UserRecord?) {
        observer.change?(
            UserChange(
                kind: kind, username: record.username, dn: record.dn.text,
                properties: record.differences(from: old)))
    }

    func tell(_ rejection: RejectedTable.Rejection) {
        observer.change?(
            UserChange(
                kind: .rejected, username: "", dn: rejection.dn.text,
                why: rejection.why))
    }

    /// So many entries of this phase so far.
    func progress(_ phase: SyncObserver.Phase, _ entries: Int) {
        observer.progress(
            SyncObserver.Progress(directory: settings.name, phase: phase, entries: entries))
    }
}
