package import Ground
package import Identity
internal import LDAP
package import Store

/// What a sync did: `sync --json`, key for key.
package struct SyncReport: Sendable {
    package typealias Outcome = RunTable.Outcome

    /// The directory's steps: those that this run did, and those that are left after it.
    package struct Queue: Equatable, Sendable {
        package var done = 0
        package var pending = 0
        package var failed = 0

        package init() {}

        /// Counts the directory's steps of processes that were gone over.
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
    }

    package var run: Int64
    package var outcome: Outcome
    /// The id of a plan that a limit kept.
    package var plan: String?
    package var directories: [DirectoryReport]
    package var queue: Queue
    package var seconds: Double
    /// What limits kept from being changed.
    package var withheld: [StateChange] = []
    package var withheldGroups: [GroupChange] = []
    /// The clock is earlier than the newest audit event: no state was changed.
    package var isClockEarly = false

    package init(
        run: Int64, outcome: Outcome, plan: String?, directories: [DirectoryReport], queue: Queue,
        seconds: Double
    ) {
        self.run = run
        self.outcome = outcome
        self.plan = plan
        self.directories = directories
        self.queue = queue
        self.seconds = seconds
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
    }

    /// As it is kept, for `status` and for the runs to come.
    func ending(at: Timestamp) -> RunTable.Ending {
        RunTable.Ending(
            at: at, outcome: outcome, plan: plan, report: json.text,
            directories: directories.map(\.kept))
    }

    package var json: JSONValue {
        [
            "run": .int(run), "outcome": .string(outcome.rawValue), "plan": JSONValue(plan),
            "directories": .array(directories.map(\.json)),
            "queue": [
                "done": .int(Int64(queue.done)), "pending": .int(Int64(queue.pending)),
                "failed": .int(Int64(queue.failed)),
            ],
            "seconds": .double((seconds * 1000).rounded() / 1000),
        ]
    }
}
