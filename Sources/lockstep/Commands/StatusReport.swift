internal import Configuration
internal import Engine
internal import Ground
internal import Identity
internal import LDAP
internal import Store

/// The status for people: what needs them first, and the rest for who wants to look closer.
struct StatusReport {
    /// How many lines of a list are shown; `--json` has all of them.
    private static let shown = 20

    /// Half a time or half a name is of no use.
    private static let least = [
        "run": 4, "began": 24, "last read": 24, "since": 12, "user": 24, "outcome": 10,
        "directory": 16, "entry": 12,
    ]

    let output: Output
    let settings: Settings

    func write(
        _ facts: StatusFacts, _ attention: [Attention], _ users: inout UserCache
    ) throws {
        write(attention)
        writeReading(facts)
        try writeQueue(facts.queue, facts.owed, &users)
        if !facts.receivers.isEmpty {
            output.line("")
            output.line(Span("Receivers", .bold))
            ReceiverTable(facts.receivers, settings).write(to: output)
        }
        writeTroubledEntries(facts)
    }

    /// What was read of the directories, and by whom.
    private func writeReading(_ facts: StatusFacts) {
        section("Last runs", facts.runs.map(cells), ["run", "began", "outcome", "changes"])
        section(
            "Directories", facts.directories.map(cells),
            ["directory", "active", "inactive", "locked", "missing", "last read"],
            numbers: 1...4)
        section(
            "Followed as they change",
            facts.directories.compactMap { directory in
                directory.follower.map { cells($0, of: directory.name) }
            },
            ["directory", "process", "started by", "since"])
        section(
            "Followed changes", facts.streams.map { cells($0, facts.now) },
            ["directory", "what", "server", "strategy", "stored"])
        section(
            "Plans that wait for a release",
            facts.plans.map { plan in
                cells(plan, isCurrent: facts.directories.contains { $0.plan == plan.id })
            },
            ["plan", "changes", "kept", "by"], numbers: 1...1)
    }

    /// The people and the entries that somebody may want to look at.
    private func writeTroubledEntries(_ facts: StatusFacts) {
        list(
            "Rejected",
            facts.rejected.map {
                ("\($0.dn)  (\($0.directory), since \(LocalTime.date($0.since)))", $0.why)
            })
        let missing = facts.missing.filter { $0.state != .locked }
        section(
            "Missing and not locked", missing.map(cells), ["user", "state", "entry", "since"])
        list(
            "Not disabled, and yet perhaps nobody gets in",
            facts.hindered.map { user in
                (
                    "\(user.record.username)  (\(user.directory))",
                    user.record.hindrances(at: facts.now).map { "the account \($0)" }
                        .joined(separator: "; ")
                )
            })
    }

    private func write(_ attention: [Attention]) {
        guard !attention.isEmpty else {
            output.line(Span("Nothing needs you", .green))
            return
        }
        output.line(Span("Needs you", .yellow))
        for item in attention {
            output.fact("-", Sanitized(item.message), nameWidth: 1)
            for line in item.people.prefix(Self.shown) {
                output.fact("", Sanitized(line), nameWidth: 1)
            }
            if item.people.count > Self.shown {
                output.fact("", "and \(item.people.count - Self.shown) more", nameWidth: 1)
            }
            output.fact("", Sanitized(item.hint), nameWidth: 1)
        }
    }

    /// An empty list is left out: it is not news.
    private func section(
        _ title: String, _ rows: [[Span]], _ headers: [String], numbers: ClosedRange<Int>? = nil
    ) {
        guard !rows.isEmpty else { return }
        output.line("")
        output.line(Span(Sanitized(title), .bold))
        var table = Table(
            [.init("")]
                + headers.enumerated().map { index, header in
                    numbers?.contains(index) == true
                        ? .init(header, alignment: .right)
                        : .init(header, flexible: true, least: Self.least[header] ?? 8)
                })
        for row in rows.prefix(Self.shown) { table.append([Span("")] + row) }
        table.write(to: output)
        writeRest(rows.count)
    }

    /// A line each, and what is to be said of it below, never cut.
    private func list(_ title: String, _ items: [(head: String, rest: String)]) {
        guard !items.isEmpty else { return }
        output.line("")
        output.line(Span(Sanitized(title), .bold))
        for item in items.prefix(Self.shown) {
            output.line("  \(item.head)")
            if !item.rest.isEmpty { output.fact("", Sanitized(item.rest), nameWidth: 1) }
        }
        writeRest(items.count)
    }

    private func writeRest(_ count: Int) {
        guard count > Self.shown else { return }
        output.line("  and \(count - Self.shown) more; --json lists all of them")
    }

    /// A process each: what keeps one step keeps the others.
    private func writeQueue(
        _ queue: [QueuedStep], _ owed: [OwedStep],
        _ users: inout UserCache
    ) throws {
        var items: [(head: String, rest: String)] = []
        var last: ProcessID?
        for process in queue.map(\.process) where process.id != last {
            last = process.id
            let own = queue.filter { $0.process.id == process.id }
            let counts = [StepState.pending, .failed].map { state in
                (own.count { $0.step.state == state }, state.rawValue)
            }
            let steps = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
            let due = own.compactMap(\.due).max().map { ", next try \(LocalTime.text($0))" }
            items.append(
                (
                    "process \(process.id), \(process.useCase.word) "
                        + "\(try users.username(process.user)): "
                        + "\(steps.joined(separator: ", "))\(due ?? "")",
                    own.compactMap(\.step.error).first?.message ?? ""
                ))
        }
        for step in owed {
            let (telling, serial) = (step.telling, step.serial)
            let due = telling.due.map { ", next try \(LocalTime.text($0))" } ?? ""
            items.append(
                (
                    "certificate \(serial) of \(try users.username(telling.user)): "
                        + "\(telling.certificate.authority) to be told, "
                        + "\(telling.state.rawValue)\(due)",
                    telling.error?.message ?? ""
                ))
        }
        list("Queue", items)
    }

    private func cells(_ run: RunTable.Run) -> [Span] {
        let style: Style =
            switch run.outcome {
            case .completed: .green
            case .partial, .stopped, .failed, .planned: .yellow
            case nil: .dim
            }
        return [
            Span("\(run.id)"), Span(Sanitized(LocalTime.text(run.started))),
            Span(Sanitized(run.outcome?.rawValue ?? "not ended"), style),
            Span(Sanitized(run.changes)),
        ]
    }

    private func cells(_ directory: StatusFacts.Directory) -> [Span] {
        let counts = directory.overview
        let last =
            directory.isConfigured
            ? directory.lastRead.map(LocalTime.text) ?? "not read yet" : "not configured any more"
        return [
            Span(Sanitized(directory.name.rawValue)), Span("\(counts?.active ?? 0)"),
            Span("\(counts?.inactive ?? 0)"), Span("\(counts?.locked ?? 0)"),
            Span("\(counts?.missing ?? 0)"),
            Span(Sanitized(last), directory.isConfigured ? .plain : .yellow),
        ]
    }

    private func cells(_ follower: RunLock.Holder, of directory: DirectoryName) -> [Span] {
        [
            Span(Sanitized(directory.rawValue)), Span("\(follower.pid)"),
            Span(Sanitized(follower.login)),
            Span(Sanitized(LocalTime.text(follower.since))),
        ]
    }

    private func cells(_ stream: StreamTable.Overview, _ now: Timestamp) -> [Span] {
        let minutes = max(0, now.seconds - stream.storedAt.seconds) / 60
        let age =
            minutes < 120
            ? "\(minutes) min ago"
            : minutes < 2 * 24 * 60 ? "\(minutes / 60) h ago" : "\(minutes / 1440) days ago"
        return [
            Span(Sanitized(stream.directory.rawValue)), Span(Sanitized(stream.stream)),
            Span(Sanitized(stream.server)), Span(Sanitized(stream.strategy)),
            Span(Sanitized(age)),
        ]
    }

    private func cells(_ plan: KeptPlan, isCurrent: Bool) -> [Span] {
        [
            Span(Sanitized(plan.id)), Span("\(plan.changes.count + plan.groups.count)"),
            Span(Sanitized(LocalTime.text(plan.at))),
            Span(isCurrent ? "the last sync" : "an earlier sync", isCurrent ? .plain : .dim),
        ]
    }

    private func cells(_ user: User) -> [Span] {
        [
            Span(Sanitized(user.record.username)), Span(Sanitized(user.state.rawValue)),
            Span(Sanitized(user.record.dn.text)),
            Span(Sanitized(user.missingSince.map(LocalTime.date) ?? "")),
        ]
    }
}

extension RunTable.Run {
    /// What it did, in a few words: `2 created, 1 missing`.
    var changes: String {
        let sum = directories.map(\.counts).reduce(RunTable.Counts(), +)
        let words: KeyValuePairs = [
            "created": sum.created, "updated": sum.updated, "renamed": sum.renamed,
            "missing": sum.missing, "locked": sum.locked, "deactivated": sum.deactivated,
            "drift": sum.drift,
        ]
        return words.filter { $0.value > 0 }.map { "\($0.value) \($0.key)" }
            .joined(separator: ", ")
    }
}
