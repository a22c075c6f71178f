internal import Configuration
internal import Ground
internal import Identity
internal import Store

/// Stores what a first load decides, on a thread and a connection to the store of its own.
///
/// The other half of the work, reading and mapping, takes about as long: together they take two
/// thirds of the time that they take one after the other.
struct LoadWriter: Sendable {
    /// What became of a batch.
    enum Outcome: Sendable {
        /// The ids of those who were born, and what the writer counted.
        case stored([UserID], DirectoryCounts)
        /// Nothing was done: somebody else has opened the store to write and built the indexes.
        case refused
        case failed(any Error)
    }

    let path: String
    let settings: DirectorySettings
    let directory: DirectoryID
    let run: RunID
    let now: Timestamp

    init(_ run: DirectoryRun) {
        path = run.store.path
        settings = run.settings
        directory = run.directory
        self.run = run.run
        now = run.now
    }

    func work(_ exchange: Exchange<[UserDecision], Outcome>) {
        var tables: (store: Store, users: UserTable, writer: UserWriter)?
        while let batch = exchange.next() {
            do {
                let ready = try tables ?? open()
                tables = ready
                exchange.answer(try write(batch, ready.store, ready.users, ready.writer))
            } catch {
                exchange.answer(.failed(error))
            }
        }
    }

    private func open() throws -> (Store, UserTable, UserWriter) {
        let store = try Store.openBeside(path, toWrite: true)
        store.checkpoint(everyPages: SyncOrder.checkpointPages)
        let silent = DirectoryRun(
            settings: settings, directory: directory, run: run, now: now, store: store,
            observer: SyncObserver())
        let users = try UserTable(store, directory: directory)
        return (store, users, try UserWriter(silent, users: users))
    }

    private func write(
        _ batch: [UserDecision], _ store: Store, _ users: UserTable, _ writer: UserWriter
    ) throws -> Outcome {
        try store.write { transaction in
            guard try users.isLoading() else { return .refused }
            var born: [UserID] = []
            for decision in batch {
                if let user = try writer.write(decision, in: transaction) { born.append(user) }
            }
            return .stored(born, writer.takeCounts())
        }
    }
}
