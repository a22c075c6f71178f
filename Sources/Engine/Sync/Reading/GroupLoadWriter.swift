internal import Configuration
internal import Ground
internal import Identity
internal import LDAP
internal import Store

/// Stores the role groups of a first load, on a thread and a connection to the store of its own.
///
/// Reading groups and telling who is in them takes about as long.
struct GroupLoadWriter: Sendable {
    /// What became of some groups.
    enum Outcome: Sendable {
        /// Their rows, and how many of them were written.
        case stored([GroupID], changed: Int)
        case failed(any Error)
    }

    let path: String
    let settings: DirectorySettings
    let directory: DirectoryID
    let run: RunID
    let now: Timestamp
    /// Memberships that one transaction writes.
    let slice: Int

    init(_ run: DirectoryRun, slice: Int) {
        path = run.store.path
        settings = run.settings
        directory = run.directory
        self.run = run.run
        now = run.now
        self.slice = slice
    }

    func work(_ exchange: Exchange<[GroupDecision], Outcome>) {
        var writer: GroupWriter?
        while let groups = exchange.next() {
            do {
                let ready = try writer ?? open()
                writer = ready
                let before = ready.changed
                let rows = try ready.write(groups, slice: slice)
                exchange.answer(.stored(rows, changed: ready.changed - before))
            } catch {
                exchange.answer(.failed(error))
            }
        }
    }

    private func open() throws -> GroupWriter {
        let store = try Store.openBeside(path, toWrite: true)
        store.checkpoint(everyPages: SyncOrder.checkpointPages)
        let silent = DirectoryRun(
            settings: settings, directory: directory, run: run, now: now, store: store,
            observer: SyncObserver())
        return GroupWriter(
            silent, groups: try RoleGroupTable(store, directory: directory),
            memberships: try MembershipTable(store))
    }
}
