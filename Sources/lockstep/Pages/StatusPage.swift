internal import Configuration
internal import Engine
internal import Ground
internal import Identity
internal import Store

/// The status as a page for the wall: what needs a person first, and how fast locks were of late.
struct StatusPage {
    /// How far back its plots go, in days.
    private static let days: Int64 = 90
    /// More people than that are for `lockstep status`.
    private static let named = 20

    let facts: StatusFacts
    let attention: [Attention]
    /// Of the last ``days``.
    let figures: LockFigures
    let since: Timestamp

    init(_ facts: StatusFacts, _ attention: [Attention], store: Store) throws {
        self.facts = facts
        self.attention = attention
        since = facts.now.advanced(by: -(Self.days - 1) * 86_400)
        figures = LockFigures(try store.locks(since: since, until: facts.now), now: facts.now)
    }

    var html: String {
        Page(
            title: "Lockstep", verdict: verdict, facts: lines,
            content: [
                needs, Page.section(people), Page.heading("Locks of the last \(Self.days) days"),
                figures.locks.isEmpty
                    ? "<p class=\"none\">nobody was locked</p>\n"
                    : Page.plots(Plot.all(figures, since: since, until: facts.now)),
                Page.section(runs),
            ].joined(), printed: facts.now
        ).html
    }

    private var verdict: String {
        switch attention.count {
        case 0: "Nothing needs a person"
        case 1: "1 thing needs a person"
        default: "\(attention.count) things need a person"
        }
    }

    private var lines: [(name: String, value: String)] {
        var lines = [("as of", facts.now.rfc3339)]
        if let newest = facts.runs.first {
            let outcome = newest.outcome?.rawValue ?? "not ended"
            lines.append(("last sync", "\(newest.started.rfc3339), \(outcome)"))
        }
        let steps = facts.queue.count + facts.owed.count
        lines.append(("queue", steps == 0 ? "empty" : "\(steps) to be done"))
        if let median = figures.median, let p95 = figures.p95 {
            lines.append(
                (
                    "time to disabled",
                    "median \(PeriodReport.duration(median)), 95 % within "
                        + PeriodReport.duration(p95)
                ))
        }
        return lines
    }

    private var needs: String {
        guard !attention.isEmpty else { return "" }
        let items = attention.map { item in
            let rest = item.people.count - Self.named
            let people =
                item.people.prefix(Self.named) + (rest > 0 ? ["and \(rest) more"] : [])
            return "<li><strong>\(Page.escaped(item.message))</strong>"
                + people.map { "<br>\(Page.escaped($0))" }.joined()
                + "<p class=\"say\">\(Page.escaped(item.hint))</p></li>\n"
        }
        return Page.heading("What needs a person") + "<ul>\n\(items.joined())</ul>\n"
    }

    private var people: EvidenceDocument.Section {
        EvidenceDocument.Section(
            title: "People",
            columns: ["directory", "active", "inactive", "locked", "missing", "last read"],
            rows: facts.directories.map { directory in
                let counts = directory.overview
                return [
                    directory.name.rawValue, "\(counts?.active ?? 0)", "\(counts?.inactive ?? 0)",
                    "\(counts?.locked ?? 0)", "\(counts?.missing ?? 0)",
                    directory.isConfigured
                        ? directory.lastRead?.rfc3339 ?? "not read yet"
                        : "not configured any more",
                ]
            }, none: "no directory was read yet")
    }

    private var runs: EvidenceDocument.Section {
        EvidenceDocument.Section(
            title: "Last runs", columns: ["run", "began", "outcome", "changes"],
            rows: facts.runs.map { run in
                [
                    "\(run.id)", run.started.rfc3339, run.outcome?.rawValue ?? "not ended",
                    run.changes.isEmpty ? "nothing" : run.changes,
                ]
            }, none: "no sync has run yet")
    }
}
