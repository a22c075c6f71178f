internal import Configuration
internal import Store

// Entries that can't be users.
extension DirectorySync {
    /// Holds them against their limit, which is of those that were read; after a look at the changes alone, of
    /// all that are known.
    func holdRejected() throws {
        let rejected = try RejectedTable.countOfNoUsers(
            directory: run.directory, in: run.store)
        guard rejected > 0, report.error == nil || report.isStopped else { return }
        let read =
            report.full
            ? Int64(report.read)
            : try UserCounts(of: run.directory, missingSince: run.now, in: run.store).present
                + rejected
        guard
            let why = SafetyLimit.verdict(
                rejected: rejected, of: read, limit: run.settings.limits.rejected)
        else { return }
        report.hasTooManyRejected = true
        report.notes.append(why)
    }

    /// Everything was read: whoever was not rejected this time is well again.
    func forgetRejections() throws -> Bool {
        guard try RejectedTable.count(directory: run.directory, in: run.store) > 0 else {
            return false
        }
        return try run.store.write { transaction in
            let table = try RejectedTable(run.store, directory: run.directory)
            return try table.forget(notOf: run.run, in: transaction) > 0
        }
    }
}
