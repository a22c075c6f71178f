internal import Configuration
internal import Ground
internal import Store

/// Stores what a first load decides, on a thread and a connection to the store of its own.
///
/// The other half of the work, reading and mapping, takes about as long: together they take two
/// thirds of the time that they take one after the other.
struct LoadWriter: Sendable {
    /// What became of a batch.
    enum Outcome: Sendable {
        /// The ids of those who were born, and what the writer counted.
        case stored([Int64], DirectoryReport)
        /// Nothing was done: somebody else has opened the store to write and built the indexes.
        case refused
        case failed(any Error)
    }

    let path: String
    let settings: DirectorySettings
    let directory: Int64
    let run: Int64
    let now: Timestamp

    init(_ run: DirectoryRun) {
        path = run.database.path
        settings = run.settings
        directory = run.directory
        self.run = run.run
        now = run.now
    }

    func work(_ exchange: Exchange<[UserDecision], Outcome>) {
        var tables: (database: Database, users: UserTable, writer: UserWriter)?
        while let batch = exchange.next() {
            do {
                let ready = try tables ?? open()
                tables = ready
                exchange.answer(try store(batch, ready.database, ready.users, ready.writer))
            } catch {
                exchange.answer(.failed(error))
            }
        }
    }

    private func open() throws -> (Database, UserTable, UserWriter) {
        let database = try Database(path: path, access: .write)
        database.checkpoint(everyPages: Synchronization.checkpointPages)
        let silent = DirectoryRun(
            settings: settings, directory: directory, run: run, now: now, database: database,
            observer: SyncObserver())
        let users = try UserTable(database, directory: directory)
        return (database, users, try UserWriter(silent, users: users))
    }

    private func store(
        _ batch: [UserDecision], _ database: Database, _ users: UserTable, _ writer: UserWriter
    ) throws -> Outcome {
        writer.report = DirectoryReport(name: settings.name)
        return try database.transaction {
            guard try users.isLoading() else { return .refused }
            var born: [Int64] = []
            for decision in batch {
                if let user = try writer.write(decision) { born.append(user) }
            }
            return .stored(born, writer.report)
        }
    }
}
