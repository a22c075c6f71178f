internal import Configuration
internal import Identity
internal import LDAP
internal import Store

/// Decides and carries out the state changes of a run, one directory after another.
struct StateChanges {
    let context: EngineContext
    let world: SyncWorld
    let run: Int64
    let isDryRun: Bool
    let observer: SyncObserver

    private var store: Store { context.store }

    /// Every directory that was read, and the plan of what limits withhold.
    func make(
        in directories: [DirectorySettings], _ numbers: [DirectoryID], started: Double,
        _ report: inout SyncReport
    ) throws {
        guard !report.isClockEarly else { return }
        var withheld: [StateChange] = []
        for (index, number) in numbers.enumerated() {
            let name = report.directories[index].name
            guard let directory = directories.first(where: { $0.name == name }) else { continue }
            withheld += try make(
                in: directory, number: number, deadline: started + Double(directory.sync.deadline),
                &report.directories[index], &report.queue)
        }
        let groups = report.directories.flatMap(\.withheldGroups)
        guard !withheld.isEmpty || !groups.isEmpty else { return }
        report.withheld = withheld
        report.withheldGroups = groups
        let plans = KeptPlanTable(store)
        // A dry run keeps nothing: it shows the plan that waits already.
        report.plan =
            isDryRun
            ? try plans.waiting(equalTo: withheld, groups)
            : try store.write { transaction in
                try plans.keep(
                    withheld, groups: groups, run: run, at: world.clock(), in: transaction)
            }
    }

    /// What a limit withholds; empty where everything was carried out.
    ///
    /// `deadline` is an instant of the world's stopwatch. Throws what concerns the store.
    func make(
        in directory: DirectorySettings, number: DirectoryID, deadline: Double,
        _ report: inout DirectoryReport, _ queue: inout SyncReport.Queue
    ) throws -> [StateChange] {
        // Who asks to stop is not kept waiting for a server that may be the reason.
        if report.isCutShort { return [] }
        // A directory that can't be asked proves nothing, and takes no step either.
        if report.error != nil, report.read == 0, !report.isStopped { return [] }
        let pass = DecisionPass(
            settings: directory, directory: number, now: world.clock(), store: store,
            sessions: context.sessions, lagsBehind: report.lagsBehind, enabledNow: report.reenabled)
        context.sessions.allow(seconds: deadline - world.stopwatch())
        do {
            let decisions = try pass.decide(unmarked: report.unmarked)
            report.take(decisions)
            guard decisions.over.isEmpty, !report.isStopped else {
                report.stop(decisions.over)
                return decisions.changes
            }
            try endAdoption(of: number, after: report)
            guard let rule = decisions.rule else { return [] }
            let execution = execution(released: nil)
            for change in decisions.changes {
                guard !world.isInterrupted(), world.stopwatch() <= deadline else {
                    report.isUnfinished = true
                    report.note("the run ended before every change was made: the next goes on")
                    break
                }
                try carryOut(change, execution, directory, rule, &report, &queue)
            }
        } catch let failure as DirectoryFailure {
            report.fail(failure.code.rawValue, failure.description)
        }
        return []
    }

    /// Everything was read, and nothing has drifted: the store is in step again.
    private func endAdoption(of directory: DirectoryID, after report: DirectoryReport) throws {
        guard report.full, report.error == nil, !report.lagsBehind,
            try DirectoryTable.isAdopted(directory, in: store)
        else { return }
        try store.write { transaction in
            try DirectoryTable.endAdoption(of: directory, in: transaction)
        }
    }

    func execution(released: String?) -> ChangeExecution {
        ChangeExecution(
            context: context, run: run, isDryRun: isDryRun, released: released)
    }

    func carryOut(
        _ change: StateChange, _ execution: ChangeExecution, _ directory: DirectorySettings,
        _ rule: StateRule, _ report: inout DirectoryReport, _ queue: inout SyncReport.Queue
    ) throws {
        do {
            switch try execution.carryOut(change, in: directory, by: rule) {
            case .begun(let process):
                report.count(process.useCase, for: change)
                queue.add(process)
                if let user = try store.user(change.user) {
                    report.note(change, of: user, process.useCase, in: directory, process)
                }
            case .planned(let preview):
                report.count(preview.useCase, for: change)
                report.note(change, of: preview.user, preview.useCase, in: directory, nil)
                observer.preview?(preview)
            case .marked:
                report.missing += 1
                if let user = try store.user(change.user) {
                    report.made.append(
                        MadeChange(missing: user.subject, isDryRun: isDryRun))
                }
            case .noLonger(let why): report.note(why)
            }
        } catch let refusal as Refusal {
            report.note(refusal.message)
        }
    }
}

extension DirectoryReport {
    fileprivate mutating func take(_ decisions: DecisionPass.Decisions) {
        drift += decisions.reportedDrift
        if decisions.unbelieved > 0 {
            isUnfinished = true
            let who =
                decisions.unbelieved == 1 ? "a user looks" : "\(decisions.unbelieved) users look"
            note(
                "\(who) enabled, missing or a member of a group again: not believed before the "
                    + "server has caught up")
        }
        for because in decisions.reports.prefix(20) { note(because) }
        if decisions.reports.count > 20 {
            note("and \(decisions.reports.count - 20) more that nothing is done about")
        }
    }

    mutating func fail(_ code: Int32, _ message: String) {
        if error == nil { error = Failure(code: code, message: message, isLimit: false) }
    }

    fileprivate mutating func note(_ sentence: String) { notes.append(sentence) }

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

extension SyncReport.Queue {
    fileprivate mutating func add(_ process: IdentityProcess) {
        let other = SyncReport.Queue([process])
        done += other.done
        pending += other.pending
        failed += other.failed
    }
}
