internal import Configuration
internal import Engine
internal import Ground
internal import Identity
internal import LDAP
internal import Store

/// The figures of a sync in Prometheus' text format 0.0.4, for the textfile collector of its node exporter.
///
/// Names follow Prometheus' conventions: base units, `_total` for what only grows, and times instead of
/// ages, which would stand still where no sync runs any more.
struct MetricsText {
    private(set) var text = ""

    init(_ report: SyncReport, _ facts: StatusFacts, _ attention: [Attention]) {
        gauge(
            "build_info", "The version of Lockstep that wrote this.",
            [
                (["version": Program.version], 1)
            ])
        writeRun(report, at: facts.now)
        writeDirectories(facts)
        gauge(
            "queue_steps",
            "Steps of processes that are not done yet, in directories and elsewhere.",
            [StepState.pending, .failed].map { state in
                let owed = facts.owed.count { $0.telling.state == state }
                let count = facts.queue.count { $0.step.state == state } + owed
                return (["state": state.rawValue], Double(count))
            })
        gauge(
            "open_requests", "Requests that wait for approval.",
            [([:], Double(facts.requests.count))])
        writeLocks(facts.lockTotals)
        writeAuthorities(facts)
        writeReceivers(facts.receivers)
        gauge(
            "attention", "What needs a person, by kind; lockstep status says what.",
            Attention.Kind.allCases.filter(\.isOfStatus).map { kind in
                (["kind": kind.rawValue], Double(attention.count { $0.kind == kind }))
            })
    }

    private mutating func writeRun(_ report: SyncReport, at now: Timestamp) {
        gauge(
            "last_sync_timestamp_seconds", "When the last sync ended.", [([:], Double(now.seconds))]
        )
        gauge("last_sync_duration_seconds", "How long it took.", [([:], report.seconds)])
        gauge(
            "last_sync_outcome", "1 for how it ended.",
            [SyncReport.Outcome.completed, .partial, .stopped, .failed].map { outcome in
                (["outcome": outcome.rawValue], report.outcome == outcome ? 1 : 0)
            })
        counter(
            "sync_runs_total", "Syncs that this store has seen.",
            [([:], Double(report.run.rawValue))])
        gauge(
            "last_sync_changes", "What it changed.",
            report.directories.flatMap { directory in
                directory.figures.map {
                    (["directory": directory.name.rawValue, "change": $0], Double($1))
                }
            })
    }

    private mutating func writeDirectories(_ facts: StatusFacts) {
        let directories = facts.directories
        let each = { (figure: (StatusFacts.Directory) -> Int64?) in
            directories.compactMap { directory in
                figure(directory).map { (["directory": directory.name.rawValue], Double($0)) }
            }
        }
        gauge(
            "last_good_sync_timestamp_seconds",
            "When the directory was last read to its end without an error; time() minus this is its age.",
            each { $0.lastRead?.seconds })
        gauge(
            "directory_followed", "1 where a program follows the directory's changes as they come.",
            each { $0.follower == nil ? 0 : 1 })
        gauge(
            "users", "Users by state.",
            directories.flatMap { directory in
                directory.counts.map {
                    (["directory": directory.name.rawValue, "state": $0], Double($1))
                }
            })
        gauge(
            "missing_users", "Users of any state whose entry is missing.",
            each { $0.overview?.missing ?? 0 })
        gauge(
            "rejected_entries", "Entries that can't be users.",
            each { directory in
                Int64(facts.rejected.count { $0.directory == directory.name })
            })
        gauge(
            "drifted_users", "Locked users whose entry is enabled in the directory.",
            each { directory in
                Int64(
                    facts.drifted.count { $0.directory == directory.name && !$0.isProtected })
            })
    }

    /// Only what can't be taken back is counted by its outcome: what is not over yet is in the queue.
    private mutating func writeLocks(_ totals: [LockTotal]) {
        let sum = { (isCounted: (LockTotal) -> Bool) in
            Double(totals.filter(isCounted).reduce(0) { $0 + $1.count })
        }
        counter(
            "locks_begun_total", "Locks that were begun, by who began them.",
            LockRecord.Trigger.allCases.map { trigger in
                (["trigger": trigger.rawValue], sum { $0.trigger == trigger })
            })
        counter(
            "locks_total", "Locks that are over, by who began them and how they ended.",
            LockRecord.Trigger.allCases.flatMap { trigger in
                [ProcessState.completed, .superseded, .refused].map { state in
                    (
                        ["trigger": trigger.rawValue, "outcome": state.rawValue],
                        sum { $0.trigger == trigger && $0.state == state }
                    )
                }
            })
        histogram(
            "time_to_disabled_seconds",
            "From a lock's beginning until the directory has said that the entry is disabled.",
            totals.compactMap { total in total.secondsToDisabled.map { ($0, total.count) } },
            bounds: LockFigures.bounds.map(\.seconds))
    }

    private mutating func writeAuthorities(_ facts: StatusFacts) {
        let authorities = facts.authorities.map { ($0.settings.name, $0.overview) }
        gauge(
            "authority_waiting", "What the authority is still to be told.",
            authorities.map { (["authority": $0], Double($1.waiting)) })
        gauge(
            "authority_told_unseen", "What it was told and was not seen to say since.",
            authorities.map { (["authority": $0], Double($1.toldUnseen)) })
        gauge(
            "authority_list_timestamp_seconds", "Of when its list of revoked certificates is.",
            authorities.compactMap { name, overview in
                overview.list.map { (["authority": name], Double($0.thisUpdate.seconds)) }
            })
    }

    private mutating func writeReceivers(_ receivers: [ReceiverFigures]) {
        counter(
            "receiver_deliveries_total", "What the receiver has heard.",
            receivers.map { (["receiver": $0.name], Double($0.delivered)) })
        gauge(
            "receiver_events", "What receivers were to hear, by what became of it.",
            receivers.flatMap { receiver in
                [
                    ("delivered", receiver.delivered), ("waiting", receiver.waiting),
                    ("failed", receiver.failed),
                ].map { outcome, count in
                    (["receiver": receiver.name, "outcome": outcome], Double(count))
                }
            })
        gauge(
            "receiver_oldest_undelivered_timestamp_seconds",
            "When the oldest process was begun of which the receiver has not heard.",
            receivers.compactMap { receiver in
                receiver.oldest.map { (["receiver": receiver.name], Double($0.seconds)) }
            })
    }

    private typealias Sample = (labels: [String: String], value: Double)

    private mutating func gauge(_ name: String, _ help: String, _ samples: [Sample]) {
        write(name, "gauge", help, samples)
    }

    private mutating func counter(_ name: String, _ help: String, _ samples: [Sample]) {
        write(name, "counter", help, samples)
    }

    /// Each bucket counts those of the ones before, too.
    ///
    /// `values`: each with how often it occurred.
    private mutating func histogram(
        _ name: String, _ help: String, _ values: [(value: Int64, count: Int64)], bounds: [Int64]
    ) {
        text += "# HELP lockstep_\(name) \(help)\n# TYPE lockstep_\(name) histogram\n"
        let total = values.reduce(0) { $0 + $1.count }
        for bound in bounds {
            let count = values.filter { $0.value <= bound }.reduce(0) { $0 + $1.count }
            text += "lockstep_\(name)_bucket{le=\"\(bound)\"} \(count)\n"
        }
        text += "lockstep_\(name)_bucket{le=\"+Inf\"} \(total)\n"
        let sum = values.reduce(0) { $0 + Double($1.value) * Double($1.count) }
        text += "lockstep_\(name)_sum \(Self.number(sum))\nlockstep_\(name)_count \(total)\n"
    }

    /// A metric without samples is left out: a parser takes it, a person wonders.
    private mutating func write(
        _ name: String, _ type: String, _ help: String, _ samples: [Sample]
    ) {
        guard !samples.isEmpty else { return }
        text += "# HELP lockstep_\(name) \(help)\n# TYPE lockstep_\(name) \(type)\n"
        for sample in samples {
            let labels = sample.labels.sorted { $0.key < $1.key }
                .map { "\($0.key)=\"\(Self.escaped($0.value))\"" }
            let shown = labels.isEmpty ? "" : "{\(labels.joined(separator: ","))}"
            text += "lockstep_\(name)\(shown) \(Self.number(sample.value))\n"
        }
    }

    private static func number(_ value: Double) -> String {
        Int64(exactly: value).map { String($0) } ?? String(value)
    }

    /// A directory's key may hold anything that YAML can.
    private static func escaped(_ label: String) -> String {
        var result = ""
        for scalar in label.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\"": result += "\\\""
            case "\n": result += "\\n"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

extension DirectoryCounts {
    /// In the words of `sync --json`.
    fileprivate var figures: KeyValuePairs<String, Int> {
        [
            "created": created, "updated": updated, "renamed": renamed, "missing": missing,
            "disabled": disabled, "reenabled": reenabled, "locked": locked,
            "deactivated": deactivated, "reactivated": reactivated, "drift": drift,
        ]
    }
}

extension StatusFacts.Directory {
    fileprivate var counts: KeyValuePairs<String, Int64> {
        [
            "active": overview?.active ?? 0, "inactive": overview?.inactive ?? 0,
            "locked": overview?.locked ?? 0,
        ]
    }
}
