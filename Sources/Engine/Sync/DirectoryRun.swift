internal import Configuration
internal import Ground
internal import LDAP
internal import Store

/// What the passes over one directory share: whose they are, when, and where they write.
struct DirectoryRun {
    let settings: DirectorySettings
    /// The directory's number in the store.
    let directory: DirectoryID
    let run: Int64
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
                directory: settings.name, kind: kind, username: record.username, dn: record.dn,
                properties: record.differences(from: old)))
    }

    func tell(_ rejection: RejectedTable.Rejection) {
        observer.change?(
            UserChange(
                directory: settings.name, kind: .rejected, username: "", dn: rejection.dn,
                why: rejection.why))
    }
}
