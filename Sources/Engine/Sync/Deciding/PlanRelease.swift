internal import Configuration
internal import Ground
internal import Identity
internal import LDAP
internal import Store

/// Carries out exactly the plan that a safety limit kept, once, and nothing else.
struct PlanRelease {
    /// The processes are the sync's own.
    private let context: EngineContext
    /// Whoever releases it.
    private let by: Operator
    private let stopwatch: () -> Double
    private let isDryRun: Bool
    private let observer: SyncObserver
    private let plans: KeptPlanTable
    /// Of the changes that would no longer be made.
    private static let mostNamed = 10

    init(
        _ context: EngineContext, by: Operator, stopwatch: @escaping () -> Double, isDryRun: Bool,
        observer: SyncObserver
    ) {
        self.context = context
        self.by = by
        self.stopwatch = stopwatch
        self.isDryRun = isDryRun
        self.observer = observer
        plans = KeptPlanTable(context.store)
    }

    private var settings: Settings { context.settings }

    private var store: Store { context.store }

    private var sessions: DirectorySessions { context.sessions }

    /// A change of the plan, and what decides about it.
    private struct Part {
        let change: StateChange
        /// The directory's number in the store.
        let number: DirectoryID
        let directory: DirectorySettings
        let rule: StateRule
    }

    /// Refused where a change of it would no longer be made, or it was released before.
    func carryOut(_ id: String) throws -> SyncReport {
        let started = stopwatch()
        try Rights(settings).require(.release, of: by)
        let plan = try waiting(id)
        if let early = try store.clockFinding(at: context.clock()) {
            throw Refusal(
                .unfinished, "\(early), and no plan is released",
                hint:
                    "Set the clock, and release the plan again. Where an earlier clock was ahead, "
                    + "the store has to be adopted first.")
        }
        let parts = try parts(of: plan)
        let groups = try groups(of: plan)
        let deadlines = parts.map(\.directory.sync.deadline) + groups.map(\.directory.sync.deadline)
        sessions.allow(seconds: Double(deadlines.max() ?? 0))
        try requireAll(parts, groups, plan: id)
        let run = try begin(started: started)
        var made = try carryOut(parts, groups, of: id, in: run)
        if !isDryRun {
            _ = try made.reports.takeElsewhere(in: context)
            made.queue = SyncReport.Queue(
                try made.reports.flatMap(\.made).compactMap(\.process)
                    .map { try store.existingProcess($0) })
        }
        let isWhole = !made.reports.contains {
            $0.isUnfinished || $0.error != nil || !$0.notes.isEmpty
        }
        let report = SyncReport(
            run: run, directories: made.reports, queue: made.queue, plan: id,
            outcome: isDryRun
                ? .planned : isWhole && made.queue.isEmpty ? .completed : .partial)
        try finish(
            report, id, isWhole: isWhole, of: Set(parts.map(\.number) + groups.map(\.number)))
        return report
    }

    private func begin(started: Double) throws -> SyncRun {
        let now = context.clock()
        let number = try store.write { transaction in
            try RunTable(transaction.store).begin(at: now, in: transaction)
        }
        return SyncRun(
            context: context, stopwatch: stopwatch, observer: observer, isDryRun: isDryRun,
            number: number, now: now, started: started)
    }

    private func waiting(_ id: String) throws -> KeptPlan {
        guard let plan = try plans.plan(id) else {
            let others = try plans.waiting()
            throw Refusal(
                .refused, "there is no kept plan “\(id)”",
                hint: others.isEmpty
                    ? "No plan waits to be released."
                    : "Those that can be released: \(others.prefix(10).joined(separator: ", ")).")
        }
        guard let at = plan.releasedAt else { return plan }
        throw Refusal(
            .refused,
            "plan \(id) was released already, at \(at.rfc3339) by \(plan.releasedBy ?? "somebody")",
            hint: "What was found since is decided by the next sync.")
    }

    /// A release that was cut short goes on where it ended.
    private func parts(of plan: KeptPlan) throws -> [Part] {
        let done = try plans.carriedOut(plan.id)
        var rules: [DirectoryName: StateRule] = [:]
        var parts: [Part] = []
        for change in plan.changes where !done.contains(change.user) {
            guard let user = try store.user(change.user),
                let number = try DirectoryTable(store).lookUp(user.directory)
            else { throw Refusal(.refused, "user \(change.user) is not in the store") }
            let directory = try settings.directory(of: user)
            let rule =
                try rules[directory.name]
                ?? DecisionPass(
                    settings: directory, directory: number, now: context.clock(), store: store,
                    sessions: sessions
                ).rule()
            rules[directory.name] = rule
            parts.append(Part(change: change, number: number, directory: directory, rule: rule))
        }
        return parts
    }

    /// The plan's role groups, by their directories.
    private func groups(of plan: KeptPlan) throws -> [GroupRelease] {
        var byDirectory: [DirectoryName: [GroupChange]] = [:]
        for change in plan.groups {
            guard let name = try DirectoryTable(store).name(of: change.group) else {
                throw Refusal(.refused, "a role group of the plan is not in the store")
            }
            byDirectory[name, default: []].append(change)
        }
        return try byDirectory.sorted { $0.key < $1.key }.map { name, changes in
            guard
                let directory = settings.directories.first(where: {
                    $0.name == name || $0.renamedFrom == name
                }), let roles = directory.roles,
                let number = try DirectoryTable(store).lookUp(name)
            else {
                throw Refusal(
                    .refused, "the role groups of the directory “\(name)” are not configured")
            }
            return GroupRelease(
                directory: directory, number: number, roles: roles, changes: changes, store: store,
                sessions: sessions, now: context.clock())
        }
    }

    private func requireAll(_ parts: [Part], _ groups: [GroupRelease], plan: String) throws {
        let check = ChangeCheck(context: context)
        var void: [String] = []
        for part in parts {
            switch try check.verdict(on: part.change, in: part.directory, by: part.rule) {
            case .would: break
            case .wouldNot(let why): void.append(why)
            }
        }
        for release in groups { void += try release.void() }
        guard !void.isEmpty else { return }
        throw Refusal(
            .refused,
            "plan \(plan) can't be released: \(void.count) of its changes would no longer be made: "
                + void.prefix(Self.mostNamed).joined(separator: "; ")
                + (void.count > Self.mostNamed ? "; and \(void.count - Self.mostNamed) more" : ""),
            hint: "The next sync decides anew.")
    }

    private func carryOut(
        _ parts: [Part], _ groups: [GroupRelease], of plan: String, in run: SyncRun
    ) throws -> (reports: [DirectoryReport], queue: SyncReport.Queue) {
        var reports: [DirectoryReport] = []
        var queue = SyncReport.Queue()
        let named = Set(parts.map(\.directory.name) + groups.map(\.directory.name))
        for directory in settings.directories where named.contains(directory.name) {
            var report = DirectoryReport(name: directory.name)
            for release in groups where release.directory.name == directory.name {
                report.add(try release.carryOut(in: run))
            }
            let made = try carryOut(
                parts.filter { $0.directory.name == directory.name }, of: plan, in: run)
            report.add(made)
            queue += made.queue
            reports.append(report)
        }
        return (reports, queue)
    }

    private func carryOut(
        _ parts: [Part], of plan: String, in run: SyncRun
    ) throws -> StateChanges.Made {
        let changes = StateChanges(run)
        let execution = changes.execution(released: plan)
        var made = StateChanges.Made()
        for part in parts {
            guard !context.isInterrupted() else {
                made.counts.isUnfinished = true
                break
            }
            do {
                made += try changes.carryOut(part.change, execution, part.directory, part.rule)
            } catch let failure as DirectoryFailure {
                made.failure = failure
                break
            }
        }
        return made
    }

    /// Whoever has looked at the drift of an adopted store's directories wants it enforced from now on.
    private func finish(
        _ report: SyncReport, _ plan: String, isWhole: Bool, of directories: Set<DirectoryID>
    ) throws {
        let now = context.clock()
        try store.write { transaction in
            try RunTable(transaction.store).finish(
                report.run, as: report.ending(at: now), in: transaction)
            guard isWhole else { return }
            try plans.release(plan, by: by.login, at: now, in: transaction)
            for directory in directories {
                try DirectoryTable(transaction.store).endAdoption(of: directory, in: transaction)
            }
            try transaction.append(
                AuditEvent(
                    at: now, by: by.login, host: by.host, terminal: by.terminal,
                    event: "plan released",
                    detail: ["plan": .string(plan), "run": JSONValue(report.run)]))
        }
    }
}
