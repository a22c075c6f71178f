package import Ground
package import Identity
internal import LDAP
package import Store

/// What a sync did: `sync --json`, key for key.
package struct SyncReport: Sendable {
    package typealias Outcome = RunTable.Outcome

    /// Steps outside the store: those that this run did, and those that are left after it.
    package struct Queue: Equatable, Sendable {
        package var done = 0
        package var pending = 0
        package var failed = 0

        package init(done: Int = 0, pending: Int = 0, failed: Int = 0) {
            self.done = done
            self.pending = pending
            self.failed = failed
        }

        /// Counts those of processes that were gone over.
        package init(_ processes: [IdentityProcess]) {
            for step in processes.flatMap(\.steps) where step.kind.isRemote {
                switch step.state {
                case .done: done += 1
                case .pending: pending += 1
                case .failed: failed += 1
                case .planned, .superseded: break
                }
            }
        }

        /// Nothing is left to do.
        var isEmpty: Bool { pending + failed == 0 }

        static func += (sum: inout Queue, part: Queue) {
            sum.done += part.done
            sum.pending += part.pending
            sum.failed += part.failed
        }
    }

    package let run: RunID
    package let outcome: Outcome
    /// The id of a plan that a limit kept.
    package let plan: String?
    package let directories: [DirectoryReport]
    package let queue: Queue
    package let authorities: [AuthorityFollowing.Report]
    package let seconds: Double
    /// What limits kept from being changed.
    package let withheld: [StateChange]
    package let withheldGroups: [GroupChange]
    /// The clock is earlier than the newest audit event: no state was changed.
    package let isClockEarly: Bool

    /// `outcome` nil: it follows from what became of the directories.
    init(
        run: SyncRun, directories: [DirectoryReport], queue: Queue, plan: String?,
        withheld: [StateChange] = [], withheldGroups: [GroupChange] = [],
        authorities: [AuthorityFollowing.Report] = [], outcome: Outcome? = nil
    ) {
        self.run = run.number
        self.plan = plan
        self.directories = directories
        self.queue = queue
        self.authorities = authorities
        seconds = run.stopwatch() - run.started
        self.withheld = withheld
        self.withheldGroups = withheldGroups
        isClockEarly = run.isClockEarly
        self.outcome = outcome ?? Self.outcome(of: run, directories, queue)
    }

    /// A limit goes before a directory that can't be read: it wants a person.
    private static func outcome(
        of run: SyncRun, _ directories: [DirectoryReport], _ queue: Queue
    ) -> Outcome {
        let unreadable = directories.filter { $0.error != nil && !$0.isStopped }
        if !directories.isEmpty, unreadable.count == directories.count,
            directories.allSatisfy({ $0.read == 0 })
        {
            return .failed
        }
        if run.isDryRun { return .planned }
        if directories.contains(where: \.isStopped) { return .stopped }
        let isDone =
            unreadable.isEmpty && queue.isEmpty && !run.isClockEarly
            && !directories.contains { $0.isUnfinished || $0.hasTooManyRejected }
        return isDone ? .completed : .partial
    }

    /// sysexits.h, and 11 for a limit.
    package var exitCode: Int32 {
        switch outcome {
        case .completed: 0
        case .planned: directories.contains { $0.isStopped } ? 11 : isClockEarly ? 75 : 0
        case .partial: 75
        case .stopped: 11
        case .failed: 69
        }
    }

    /// Whether anything was stored, or in a dry run would be.
    package var changedAnything: Bool {
        directories.contains(where: \.changedAnything)
            || authorities.contains(where: \.changedAnything)
    }

    /// As it is kept, for `status` and for the runs to come.
    func ending(at: Timestamp) -> RunTable.Ending {
        RunTable.Ending(
            at: at, outcome: outcome, plan: plan, report: json.text,
            directories: directories.map(\.kept))
    }

    package var json: JSONValue {
        [
            "run": JSONValue(run), "outcome": .string(outcome.rawValue), "plan": JSONValue(plan),
            "directories": .array(directories.map(\.json)),
            "queue": [
                "done": .int(Int64(queue.done)), "pending": .int(Int64(queue.pending)),
                "failed": .int(Int64(queue.failed)),
            ],
            "authorities": .array(authorities.map(\.json)),
            "seconds": .double((seconds * 1000).rounded() / 1000),
        ]
    }
}

extension [DirectoryReport] {
    /// Takes the steps that are due and in no directory, now that all of the directories' were tried, and
    /// follows what became of the run's processes; says how many were done.
    ///
    /// They have a minute, and what is owed beside them half of one: the next run, which goes on with
    /// them, must not find this one still at it.
    mutating func takeElsewhere(in context: EngineContext) throws -> Int {
        var others = StepsElsewhere(
            context, dueBy: context.clock(), deadline: ContinuousClock.now + .seconds(60))
        if try !others.takeAll(waiting: false).isEmpty {
            for index in indices {
                try self[index].follow { try context.store.existingProcess($0) }
            }
        }
        let told = try OwedTellings(context, deadline: ContinuousClock.now + .seconds(30))
            .take(onlyDue: true)
        return told + others.done
    }
}
