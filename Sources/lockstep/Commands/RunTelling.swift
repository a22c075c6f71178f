internal import Configuration
internal import Engine
internal import Ground
internal import LDAP
internal import Store

/// What is said of a sync's run in the log, and written for monitoring.
struct RunTelling {
    let world: World

    func tell(_ report: SyncReport, _ store: Store) {
        // People have it on stdout.
        if world.log.format == .json { tellChanges(report) }
        if report.isClockEarly {
            world.log.error("\(SyncReport.clockIsEarly)")
            world.log.hint(.error, Sanitized(Store.clockRemedy), margin: "  ")
        }
        if let problem = CanaryFile.problem(beside: store.path) {
            world.log.warning("\(problem.description)")
        }
        for directory in report.directories {
            if !directory.strategyReason.isEmpty {
                let strategy = directory.strategy.rawValue
                world.log.debug(
                    "\(directory.name): \(strategy) is in use: \(directory.strategyReason)")
            }
            for note in directory.remarks {
                world.log.warning("\(directory.name): \(note)")
            }
            if let error = directory.error { world.log.error("\(error.message)") }
        }
        if report.outcome == .stopped, let plan = report.plan {
            world.log.notice(
                "the plan is kept; this carries it out: lockstep sync --release \(plan)")
        }
    }

    /// Whom the run changed, each.
    func tellChanges(_ report: SyncReport) {
        for directory in report.directories {
            for change in directory.made {
                world.log.info(
                    "\(directory.name): \(change.line)", change.json.object ?? [:])
            }
        }
    }

    /// How everything stands after the run, and what needs a person, as of one instant.
    func facts(
        _ settings: Settings, _ store: Store
    ) throws -> (StatusFacts, attention: [Attention]) {
        try store.snapshot {
            let facts = try StatusFacts(
                settings, store: store, now: world.now(),
                depth: settings.metrics == nil ? .attention : .counts)
            var users = UserCache(store: store)
            return (facts, try Troubles(facts).all(&users))
        }
    }

    /// nil where the figures were written; else what needs a person.
    func writeMetrics(_ metrics: MetricsText, to path: String) -> Attention? {
        do throws(Ending) {
            try OutputFile(path: path, mark: .metrics, mode: 0o644).write(metrics.text)
            return nil
        } catch {
            return Attention(
                kind: .metrics, target: path, message: "metrics: \(error.message)", hint: "")
        }
    }
}
