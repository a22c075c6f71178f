internal import Configuration
internal import Identity
internal import LDAP
internal import LDAPClient
internal import Store

/// One directory's part of a run: read from the first of its servers that can be read to the end.
final class DirectorySync {
    private let run: DirectoryRun
    private let sync: SyncRun
    private let deadline: Double
    private let isFull: Bool
    private var report: DirectoryReport

    /// `isFull`: everything is to be read.
    init(_ run: DirectoryRun, _ sync: SyncRun, isFull: Bool) {
        self.run = run
        self.sync = sync
        self.isFull = isFull
        deadline = sync.deadline(of: run.settings)
        report = DirectoryReport(name: run.settings.name)
    }

    private var isInterrupted: () -> Bool { sync.context.isInterrupted }

    /// Whatever goes wrong in the directory is in the report; what is thrown is the store's.
    func carryOut() throws -> DirectoryReport {
        do {
            try readFromSomeServer()
        } catch  where isInterrupted() && error.isOfDirectory {
            endEarly()
        } catch  where sync.stopwatch() > deadline && error.isOfDirectory {
            report.fail(
                ResultCode.timeout.rawValue,
                "\(run.settings.name): sync.deadline (\(run.settings.sync.deadline) s) has passed; "
                    + "the next run reads everything again.")
        } catch let failure as DirectoryFailure {
            report.fail(failure.code.rawValue, failure.description)
        }
        report.rejected = try RejectedTable(run.store, directory: run.directory)
            .list(limit: DirectoryReport.rejectedLimit)
        report.add(try heldRejected())
        return report
    }

    /// A server that is lost is left for the next one, where the read begins again.
    private func readFromSomeServer() throws {
        var servers = run.settings.uris[...]
        while true {
            run.progress(.connecting, 0)
            let read = ServerRead(run, sync)
            try read.checkDeadline()
            let session = try sync.context.sessions.open(
                run.settings, servers: Array(servers), now: run.now,
                within: deadline - sync.stopwatch())
            report.server = session.url
            session.connection.stopSearches(when: isInterrupted)
            defer { noteReferralObjects(session) }
            do {
                // What was stored is reported, however the read ends.
                defer { take(read) }
                try read.carryOut(on: session, isFull: isFull)
                return
            } catch let failure as DirectoryFailure
                where failure.isOfLostServer && sync.stopwatch() <= deadline && !isInterrupted()
            {
                guard let place = servers.firstIndex(of: session.url),
                    servers.index(after: place) < servers.endIndex
                else { throw failure }
                servers = servers[servers.index(after: place)...]
                report.beginAgain(
                    because: "\(session.url) was lost during the read, which began again on "
                        + "another server")
            }
        }
    }

    private func take(_ read: ServerRead) {
        report.strategy = read.strategy
        report.strategyReason = read.strategyReason
        report.full = read.sawAllUsers
        report.lagsBehind = read.lagsBehind
        report.add(read.counts)
    }

    private func noteReferralObjects(_ session: borrowing DirectorySession) {
        if let note = session.referralObjects { report.note(note) }
    }

    private func endEarly() {
        report.isCutShort = true
        var counts = DirectoryCounts()
        counts.isUnfinished = true
        counts.notes = ["a signal ended the read: the next run reads everything again"]
        report.add(counts)
    }

    /// Holds the entries that can't be users against their limit, which is of those that were read; after a
    /// look at the changes alone, of all that are known.
    private func heldRejected() throws -> DirectoryCounts {
        var counts = DirectoryCounts()
        let rejected = try RejectedTable(run.store, directory: run.directory).countOfNoUsers()
        guard rejected > 0, report.isReadToTheEnd else { return counts }
        let read =
            report.full
            ? Int64(report.read)
            : try UserCounts(of: run.directory, missingSince: run.now, in: run.store).present
                + rejected
        if let why = SafetyLimit.verdict(
            rejected: rejected, of: read, limit: run.settings.limits.rejected)
        {
            counts.hasTooManyRejected = true
            counts.notes = [why]
        }
        return counts
    }
}

extension Error {
    /// Whether it is about a directory, and not about the store.
    fileprivate var isOfDirectory: Bool { self is DirectoryFailure || self is ServerRead.Ended }
}
