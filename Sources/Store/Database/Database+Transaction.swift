extension Database {
    /// Makes all of `body` durable, or nothing of it: `BEGIN IMMEDIATE`, which waits its turn for
    /// ten seconds, then `COMMIT`.
    ///
    /// What `body` throws is what the caller gets, whatever becomes of the rollback.
    func transaction<T>(
        _ body: () throws(StoreError) -> T
    ) throws(StoreError) -> T {
        try execute("BEGIN IMMEDIATE")
        do {
            let result = try body()
            try commit()
            return result
        } catch {
            rollBack()
            throw error
        }
    }

    private func commit() throws(StoreError) {
        #if DEBUG
        failPoints.armed?.pass(.statement)
        #endif
        try execute("COMMIT")
    }

    /// A number that is another one once another connection has changed the database.
    func versionOfOthers() throws(StoreError) -> Int64 {
        try integer("PRAGMA data_version")
    }

    /// Reads everything in `body` as of one instant, without holding up writers.
    func snapshot<T>(_ body: () throws(StoreError) -> T) throws(StoreError) -> T {
        try execute("BEGIN DEFERRED")
        defer { rollBack() }
        return try body()
    }

    /// Ends what is left of a transaction.
    ///
    /// SQLite has already rolled back by itself after a full disk or a failed write. A rollback that
    /// fails leaves nothing to do: the transaction dies with the connection.
    private func rollBack() {
        if isInTransaction { try? execute("ROLLBACK") }
    }
}

/// The same for bodies that throw errors of others, too.
extension Database {
    @_disfavoredOverload
    func transaction<T>(_ body: () throws -> T) throws -> T {
        try execute("BEGIN IMMEDIATE")
        do {
            let result = try body()
            try commit()
            return result
        } catch {
            rollBack()
            throw error
        }
    }

    @_disfavoredOverload
    func snapshot<T>(_ body: () throws -> T) throws -> T {
        try execute("BEGIN DEFERRED")
        defer { rollBack() }
        return try body()
    }
}
