internal import Configuration
internal import Identity
internal import LDAP
internal import Store

/// Decides and carries out the state changes of a run, one directory after another.
struct StateChanges {
    /// What became of them in one directory.
    struct Made {
        var counts = DirectoryCounts()
        /// The directory's steps of the processes that were begun.
        var queue = SyncReport.Queue()
        /// What a limit withholds; empty where everything was carried out.
        var withheld: [StateChange] = []
        /// What ended it early.
        var failure: DirectoryFailure?

        static func += (sum: inout Made, part: Made) {
            sum.counts += part.counts
            sum.queue += part.queue
            sum.withheld += part.withheld
            sum.failure = sum.failure ?? part.failure
        }
    }

    private let run: SyncRun
    private let context: EngineContext

    init(_ run: SyncRun) {
        self.run = run
        context = run.context
    }

    private var store: Store { run.store }

    /// The plan of what limits withhold; nil: they withhold nothing.
    func keep(_ withheld: [StateChange], _ groups: [GroupChange]) throws -> String? {
        guard !withheld.isEmpty || !groups.isEmpty else { return nil }
        let plans = KeptPlanTable(store)
        // A dry run keeps nothing: it shows the plan that waits already.
        return run.isDryRun
            ? try plans.waiting(equalTo: withheld, groups)
            : try store.write { transaction in
                try plans.keep(
                    withheld, groups: groups, run: run.number, at: context.clock(),
                    in: transaction)
            }
    }

    /// After the directory was read.
    ///
    /// `report` says how; throws what concerns the store.
    func make(
        in directory: DirectorySettings, _ number: DirectoryID, after report: DirectoryReport
    ) throws -> Made {
        // Whoever asks to stop is not kept waiting for a server that may be the reason.
        if report.isCutShort { return Made() }
        // A directory that can't be asked proves nothing, and takes no step either.
        if !report.isReadToTheEnd, report.read == 0 { return Made() }
        let deadline = run.deadline(of: directory)
        let pass = DecisionPass(
            settings: directory, directory: number, now: context.clock(), store: store,
            sessions: context.sessions, lagsBehind: report.lagsBehind, enabledNow: report.reenabled)
        context.sessions.allow(seconds: deadline - run.stopwatch())
        var made = Made()
        do {
            let decisions = try pass.decide(unmarked: report.unmarked)
            made.counts.take(decisions)
            guard decisions.over.isEmpty, !report.isStopped else {
                made.counts.limits = decisions.over
                made.withheld = decisions.changes
                return made
            }
            try endAdoption(of: number, after: report)
            guard let rule = decisions.rule else { return made }
            let execution = execution(released: nil)
            for change in decisions.changes {
                guard !context.isInterrupted(), run.stopwatch() <= deadline else {
                    made.counts.isUnfinished = true
                    made.counts.notes.append(
                        "the run ended before every change was made: the next goes on")
                    break
                }
                made += try carryOut(change, execution, directory, rule)
            }
        } catch let failure as DirectoryFailure {
            made.failure = failure
        }
        return made
    }

    /// Everything was read, and nothing has drifted: the store is in step again.
    private func endAdoption(of directory: DirectoryID, after report: DirectoryReport) throws {
        guard report.full, report.error == nil, !report.lagsBehind,
            try DirectoryTable(store).isAdopted(directory)
        else { return }
        try store.write { transaction in
            try DirectoryTable(transaction.store).endAdoption(of: directory, in: transaction)
        }
    }

    func execution(released: String?) -> ChangeExecution {
        ChangeExecution(
            context: context, run: run.number, isDryRun: run.isDryRun, released: released)
    }

    /// One change; throws `DirectoryFailure`, and what concerns the store.
    func carryOut(
        _ change: StateChange, _ execution: ChangeExecution, _ directory: DirectorySettings,
        _ rule: StateRule
    ) throws -> Made {
        var made = Made()
        do {
            switch try execution.carryOut(change, in: directory, by: rule) {
            case .begun(let process):
                made.counts.count(process.useCase, for: change)
                made.queue = SyncReport.Queue([process])
                if let user = try store.user(change.user) {
                    made.counts.note(change, of: user, process.useCase, in: directory, process)
                }
            case .planned(let preview):
                made.counts.count(preview.useCase, for: change)
                made.counts.note(change, of: preview.user, preview.useCase, in: directory, nil)
                run.observer.preview?(preview)
            case .marked:
                made.counts.missing += 1
                if let user = try store.user(change.user) {
                    made.counts.made.append(
                        MadeChange(missing: user.subject, isDryRun: run.isDryRun))
                }
            case .noLonger(let why): made.counts.notes.append(why)
            }
        } catch let refusal as Refusal {
            made.counts.notes.append(refusal.message)
        }
        return made
    }
}

extension DirectoryReport {
    mutating func add(_ made: StateChanges.Made) {
        add(made.counts)
        if let failure = made.failure { fail(failure.code.rawValue, failure.description) }
    }
}

extension DirectoryCounts {
    fileprivate mutating func take(_ decisions: DecisionPass.Decisions) {
        drift += decisions.reportedDrift
        if decisions.unbelieved > 0 {
            isUnfinished = true
            let who =
                decisions.unbelieved == 1 ? "a user looks" : "\(decisions.unbelieved) users look"
            notes.append(
                "\(who) enabled, missing or a member of a group again: not believed before the "
                    + "server has caught up")
        }
        notes += decisions.reports.prefix(20)
        if decisions.reports.count > 20 {
            notes.append("and \(decisions.reports.count - 20) more that nothing is done about")
        }
    }

    /// Whom it was done to, and why.
    fileprivate mutating func note(
        _ change: StateChange, of user: User, _ useCase: UseCase, in directory: DirectorySettings,
        _ process: IdentityProcess?
    ) {
        let made = MadeChange(
            change, of: user, by: useCase, finding: change.finding(in: directory),
            process: process)
        if let made { self.made.append(made) }
    }

    /// What was carried out, or in a dry run would be.
    fileprivate mutating func count(_ useCase: UseCase, for change: StateChange) {
        changes += 1
        if change.cause == .drift {
            drift += 1
            return
        }
        switch useCase {
        case .lock: locked += 1
        case .deactivate: deactivated += 1
        case .reactivate: reactivated += 1
        case .unlock, .restoreRoles: break
        }
    }
}
