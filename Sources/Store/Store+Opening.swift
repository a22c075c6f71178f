internal import Glibc
internal import Ground
package import Identity
internal import LDAP

extension Store {
    /// Opens the store at `path`, making or migrating it where that is due and allowed.
    ///
    /// `holder` is who takes the run lock for a migration; it is free again on return, and the
    /// caller must not hold it. Refused: no store, another program's file, a newer version, and, for
    /// `.write`, a store that was rolled back. `steps`: what the journal is read by.
    package static func open(
        _ path: String, for access: Access, by holder: RunLock.Holder,
        steps: StepCatalogue = .standard
    ) throws(StoreError) -> Store {
        let store = try open(path, for: access, by: holder, migrations: Migration.all)
        store.database.stepKinds = steps
        if access != .read { try LoadIndex.build(in: store) }
        return store
    }

    /// A second connection to a store that is open: for a thread, which can't use the first one.
    package static func openBeside(_ path: String, toWrite: Bool) throws(StoreError) -> Store {
        let database = try Database(path: path, access: toWrite ? .write : .read)
        return Store(
            path: path, database: database, audit: try AuditLog(database), isNew: false,
            rollback: nil)
    }

    static func open(
        _ path: String, for access: Access, by holder: RunLock.Holder, migrations: [Migration]
    ) throws(StoreError) -> Store {
        let mayCreate = access == .write(create: true)
        let size = try size(of: path)
        try FileTrust.require(store: path)
        if size == nil && mayCreate { try createFile(path) }
        guard mayCreate || size ?? 0 > 0 else {
            throw StoreError(.missing, message: "there is no store", path: path)
        }
        do throws(StoreError) {
            let database = try Database(path: path, access: access == .read ? .read : .write)
            let isNew = try Upgrade(database, to: migrations).carryOut(access, by: holder)
            let audit = try AuditLog(database)
            let rollback = try Store.compareHead(path: path, audit: audit, access)
            return Store(
                path: path, database: database, audit: audit, isNew: isNew, rollback: rollback)
        } catch {
            throw access == .read ? explained(error) : error
        }
    }

    /// The size of the file; nil where there is none but its folder.
    private static func size(of path: String) throws(StoreError) -> Int? {
        var status = stat()
        if unsafe stat(path, &status) == 0 {
            guard status.st_mode & S_IFMT == S_IFREG else {
                throw StoreError(.notADatabase, message: "it is not a file", path: path)
            }
            return Int(status.st_size)
        }
        guard errno == ENOENT || errno == ENOTDIR else {
            throw .system(errno, "cannot look at it", path: path)
        }
        let folder = Database.folder(of: path)
        guard unsafe stat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw StoreError(
                .missing, message: "there is no store: its folder \(folder) does not exist",
                path: path)
        }
        return nil
    }

    /// Two programs may come to it at once: the second one finds the first one's file.
    private static func createFile(_ path: String) throws(StoreError) {
        do throws(StoreError) {
            try Database.createFile(path, for: FileTrust.futureOwner(of: path))
        } catch {
            if error.code != EEXIST { throw error }
        }
    }

    /// SQLite keeps its shared memory beside the database, also for those who only read.
    private static func explained(_ error: StoreError) -> StoreError {
        switch error.kind {
        case .permission, .readOnly:
            StoreError(
                .permission, code: error.code,
                message: "who reads it must be able to write it and its folder: " + error.message,
                path: error.path)
        case .notADatabase, .newerVersion, .olderVersion, .missing, .full, .locked, .corrupt,
            .exposed, .rolledBack, .constraint, .tooBig, .other:
            error
        }
    }
}

extension Store {
    /// Holds the audit chain against `STORE.head`, and moves the head on where it is behind.
    ///
    /// The head is read first: what others commit meanwhile can only put the store further ahead.
    fileprivate static func compareHead(
        path: String, audit: AuditLog, _ access: Access
    ) throws(StoreError) -> StoreError? {
        let seen: AuditHead?
        do throws(StoreError) {
            seen = try HeadFile.read(store: path)
        } catch {
            // Nobody knows what it has seen: a store to read, and to adopt, but not to write.
            guard error.kind == .corrupt, access == .read || access == .adopt else { throw error }
            return error
        }
        let last = try audit.head()
        let rollback = try finding(path: path, audit: audit, seen: seen, last: last).map {
            StoreError(.rolledBack, message: $0, path: path)
        }
        switch access {
        case .read, .adopt: return rollback
        case .write: if let rollback { throw rollback }
        }
        // Who came first made it, and may have come further meanwhile.
        if seen == nil { try HeadFile.make(store: path) }
        if let last, last.sequence > seen?.sequence ?? 0 {
            try HeadFile(store: path).advance(to: last)
        }
        return nil
    }

    /// How the store contradicts the head, a sentence; nil: it does not.
    private static func finding(
        path: String, audit: AuditLog, seen: AuditHead?, last: AuditHead?
    ) throws(StoreError) -> String? {
        let end = last?.sequence ?? 0
        var head = seen
        // Another program may have made it, and the first event, since it was looked for.
        if head == nil { head = end == 0 ? HeadFile.birth : try HeadFile.read(store: path) }
        guard let seen = head else {
            return """
                the store has \(end) audit events, and \(path).head is not there: it was put here \
                from elsewhere, or has lost what tells how far it had come
                """
        }
        if seen.sequence > end {
            return """
                the store was rolled back: \(path).head has seen audit event \(seen.sequence), and \
                the store ends with \(end)
                """
        }
        let hash = try audit.hash(of: seen.sequence)
        guard seen == HeadFile.birth || hash == seen.hash else {
            return """
                the store was rolled back: its audit event \(seen.sequence) is another one than \
                \(path).head has seen
                """
        }
        // It may have been put beside a head that it does not contradict.
        if let made = try audit.copiedAt() {
            return """
                it is the copy that was made of a store at \(made.rfc3339): what happened since is \
                unknown to it
                """
        }
        return nil
    }
}
