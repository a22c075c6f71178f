internal import Glibc

/// The SQLite file that keeps users, credentials, certificates, processes and the audit log.
///
/// Made by `Store.open`. Used by one thread.
package final class Store {
    package enum Access: Hashable, Sendable {
        /// Reads while a sync writes; also a store that was rolled back.
        case read
        /// `create`: makes the store where there is none but its folder is there.
        case write(create: Bool)
        /// Writes although the store was rolled back, to take that for what happened.
        case adopt
    }

    package let path: String
    let database: Database
    package let audit: AuditLog
    /// Whether this very opening made the store.
    package let isNew: Bool
    /// Why the store counts as rolled back: the error that `.write` throws.
    package private(set) var rollback: StoreError?

    /// Told where the audit chain ends, after each transaction that appended to it.
    package var onAdvance: ((AuditHead) -> Void)?

    init(
        path: String, database: Database, audit: AuditLog, isNew: Bool, rollback: StoreError?
    ) {
        self.path = path
        self.database = database
        self.audit = audit
        self.isNew = isNew
        self.rollback = rollback
    }

    /// Makes all of `body` durable, or nothing of it, and then moves `STORE.head` on to the last
    /// audit event that `body` appended.
    ///
    /// Nothing else writes: every table that does asks for the transaction.
    package func write<T>(
        _ body: (borrowing Transaction) throws(StoreError) -> T
    ) throws(StoreError) -> T {
        audit.appended = nil
        // Made inside the closure, it crashes the optimizer of Swift 6.3.
        let transaction = Transaction(store: self)
        let result = try database.transaction { () throws(StoreError) in try body(transaction) }
        followCommit()
        return result
    }

    /// Reads everything in `body` as of one instant, without holding up writers.
    package func snapshot<T>(_ body: () throws -> T) throws -> T { try database.snapshot(body) }

    /// A number that is another one once another connection has changed the store.
    package func versionOfOthers() throws(StoreError) -> Int64 {
        try database.versionOfOthers()
    }

    /// After how many pages in the log SQLite moves them to the file; 1,000 where nothing is set.
    package func checkpoint(everyPages pages: Int32) { database.checkpoint(everyPages: pages) }

    /// For a copy that nobody needs after a crash: nothing waits for the disk.
    package func forgoDurability() throws(StoreError) {
        try database.execute("PRAGMA synchronous = OFF")
    }

    /// Takes the store as it is for what happened: from here on `STORE.head` is its own end.
    ///
    /// For `store adopt`, after the transaction that says why in the audit log.
    package func acceptRollback() throws(StoreError) {
        try HeadFile.replace(with: audit.head() ?? HeadFile.birth, store: path)
        rollback = nil
    }

    /// The user whose file it is; the effective one where that can't be told.
    package var owner: UInt32 {
        var status = stat()
        return unsafe stat(path, &status) == 0 ? status.st_uid : geteuid()
    }

    /// Whether group or others may write the file, and so get round everything.
    package var isWritableByOthers: Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 && status.st_mode & 0o022 != 0
    }

    /// The transaction is a fact by now.
    private func followCommit() {
        pass(.committed)
        advanceHead()
        pass(.head)
    }

    /// One that stays behind is advanced by the next opening.
    private func advanceHead() {
        guard let head = audit.appended else { return }
        onAdvance?(head)
        // Until a rollback is accepted, the head keeps what it has seen.
        guard rollback == nil else { return }
        try? HeadFile(store: path).advance(to: head)
    }
}

/// The same for bodies that throw errors of others, too.
extension Store {
    @_disfavoredOverload
    package func write<T>(_ body: (borrowing Transaction) throws -> T) throws -> T {
        audit.appended = nil
        let transaction = Transaction(store: self)
        let result = try database.transaction { try body(transaction) }
        followCommit()
        return result
    }
}

/// Everything, one row in memory at a time, for `store export`.
extension Store {
    package func readUsers(_ body: (User) throws -> Void) throws {
        let statement = try database.prepare("SELECT id FROM users ORDER BY id")
        let reader = try UserReader(self)
        while try statement.step() {
            if let user = try reader.user(statement.id("id")) { try body(user) }
        }
    }

    package func readProcesses(_ body: (ProcessEvidence) throws -> Void) throws {
        let statement = try database.prepare("SELECT id FROM processes ORDER BY id")
        while try statement.step() {
            if let evidence = try evidence(of: statement.id("id")) { try body(evidence) }
        }
    }

    /// The latest first.
    package func readRuns(_ body: (RunTable.Run) throws -> Void) throws {
        for run in try RunTable(self).last(Int64.max) { try body(run) }
    }
}
