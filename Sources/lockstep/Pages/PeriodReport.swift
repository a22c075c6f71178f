internal import Engine
internal import Ground
internal import Identity
internal import Store

/// `lockstep report --since T`: the locks of a period, each with its evidence, and their figures.
struct PeriodReport {
    /// A lock and how it stands by now.
    struct Case {
        let lock: LockRecord
        let evidence: EvidenceDocument

        var steps: [Step] { evidence.process.steps }

        /// How many of its steps are left, in words; empty where none is.
        var open: String {
            let count = steps.count { $0.isUnfinished }
            return count == 0 || !lock.isOpen ? "" : count == 1 ? "1 step" : "\(count) steps"
        }

        /// What was seen of it in the directory and at the CAs.
        var seen: String {
            let enforced =
                switch evidence.process.enforced {
                case .proven: "disabled, proven"
                case .written: "disabled"
                case nil: lock.isToBeDisabled ? "not seen disabled" : ""
                }
            let told =
                switch evidence.process.sight {
                case .seen: "revoked at the CA"
                case .told: "CA told"
                case nil: steps.contains { $0.telling != nil } ? "CA not told" : ""
                }
            return [enforced, told].filter { !$0.isEmpty }.joined(separator: ", ")
        }

        var disabled: String {
            lock.secondsToDisabled.map(PeriodReport.duration)
                ?? (lock.isToBeDisabled ? "not disabled" : "nothing to disable")
        }
    }

    /// So many late and open ones are named before all of them are listed.
    private static let named = 10

    let since: Timestamp
    let until: Timestamp
    let figures: LockFigures
    private let evidence: (ProcessID) throws -> EvidenceDocument

    /// `evidence`: asked for one lock after the other, whenever it is written.
    init(
        since: Timestamp, until: Timestamp, locks: [LockRecord], now: Timestamp,
        _ evidence: @escaping (ProcessID) throws -> EvidenceDocument
    ) {
        self.since = since
        self.until = until
        self.evidence = evidence
        figures = LockFigures(locks, now: now)
    }

    private var locks: [LockRecord] { figures.locks }
    private var late: [LockRecord] { locks.filter(figures.isLate) }
    private var open: [LockRecord] { locks.filter(\.isOpen) }

    private func each(_ locks: [LockRecord], _ body: (Case) throws -> Void) throws {
        for lock in locks { try body(Case(lock: lock, evidence: try evidence(lock.process))) }
    }

    /// Throws what any of it would throw.
    func readAll() throws {
        try each(locks) { _ in }
    }

    /// `{since, until, count, byReason, byTrigger, timeToDisabled, late, open, processes}`.
    func writeJSON(to output: Output, _ process: (EvidenceDocument) -> JSONValue) throws {
        let count = { (counts: [(String, Int)]) in
            JSONValue.object(Dictionary(uniqueKeysWithValues: counts.map { ($0, .int(Int64($1))) }))
        }
        var document = StreamedDocument(output)
        document.write("since", .string(since.rfc3339))
        document.write("until", .string(until.rfc3339))
        document.write("count", .int(Int64(locks.count)))
        document.write("byReason", count(figures.byReason.map { ($0.reason, $0.count) }))
        document.write(
            "byTrigger", count(figures.byTrigger.map { ($0.trigger.rawValue, $0.count) }))
        document.write(
            "timeToDisabled",
            [
                "median": JSONValue(figures.median), "p95": JSONValue(figures.p95),
                "longest": JSONValue(figures.longest),
            ])
        try document.list("late") { element in try each(late) { element($0.reference) } }
        try document.list("open") { element in try each(open) { element($0.reference) } }
        try document.list("processes") { element in
            try each(locks) { element(process($0.evidence)) }
        }
        document.end()
    }

    /// The whole of it in one sentence.
    var headline: String {
        let whom =
            switch locks.count {
            case 0: "Nobody was locked"
            case 1: "1 lock"
            default: "\(locks.count) locks"
            }
        guard !locks.isEmpty else { return whom }
        let (late, open) = (late.count, open.count)
        return "\(whom), \(late == 0 ? "none" : "\(late)") late, "
            + "\(open == 0 ? "none" : "\(open)") open"
    }

    /// The figures, a line each.
    func facts(_ time: (Timestamp) -> String) throws -> [(name: String, value: String)] {
        var facts = [("from", time(since)), ("until", time(until))]
        guard !locks.isEmpty else { return facts }
        facts += [
            (
                "by reason",
                figures.byReason.map { "\($0.reason) \($0.count)" }.joined(separator: ", ")
            ),
            (
                "by trigger",
                figures.byTrigger.map { "\($0.trigger.rawValue) \($0.count)" }
                    .joined(separator: ", ")
            ),
        ]
        if let median = figures.median, let p95 = figures.p95, let longest = figures.longest {
            facts.append(
                (
                    "time to disabled",
                    "median \(Self.duration(median)), 95 % within \(Self.duration(p95)), longest "
                        + Self.duration(longest)
                ))
        }
        let limit = Self.duration(LockFigures.lateAfter)
        let (late, open) = (late, open)
        facts.append(
            ("late", late.isEmpty ? "none was open for more than \(limit)" : try names(late)))
        facts.append(("open", open.isEmpty ? "nothing is left to do" : try names(open)))
        return facts
    }

    private func names(_ locks: [LockRecord]) throws -> String {
        var names: [String] = []
        try each(Array(locks.prefix(Self.named))) {
            names.append("\($0.evidence.user.record.username) (process \($0.lock.process))")
        }
        let rest = locks.count - names.count
        return "\(locks.count): " + names.joined(separator: ", ")
            + (rest > 0 ? " and \(rest) more" : "")
    }

    /// `7 s`, `4 min`, `3 h 20 min`, `2 days`.
    static func duration(_ seconds: Int64) -> String {
        let (minutes, hours) = (seconds / 60, seconds / 3_600)
        if seconds < 1 { return "less than 1 s" }
        if seconds < 120 { return "\(seconds) s" }
        if minutes < 60 {
            return seconds % 60 == 0 ? "\(minutes) min" : "\(minutes) min \(seconds % 60) s"
        }
        if hours < 48 { return minutes % 60 == 0 ? "\(hours) h" : "\(hours) h \(minutes % 60) min" }
        return "\(hours / 24) days"
    }
}

extension PeriodReport.Case {
    fileprivate func cells(_ time: (Timestamp) -> String) -> [String] {
        [
            "\(lock.process)", evidence.user.record.username, time(lock.at), lock.reason,
            lock.trigger.rawValue, disabled, seen, open,
        ]
    }

    /// When, by whom, how fast, what was seen, what is left.
    fileprivate func sentence(isLate: Bool) -> String {
        let begun = lock.trigger == .sync ? "by a sync" : "by \(evidence.process.by.login)"
        let disabled =
            lock.secondsToDisabled == nil ? self.disabled : "disabled after \(self.disabled)"
        let facts = [
            LocalTime.text(lock.at), begun, isLate ? "late: \(disabled)" : disabled,
            seen.isEmpty ? nil : "seen: \(seen)", open.isEmpty ? nil : "open: \(open)",
        ]
        return facts.compactMap(\.self).joined(separator: ", ")
    }

    /// `{process, user, secondsToDisabled}`.
    fileprivate var reference: JSONValue {
        [
            "process": JSONValue(lock.process), "user": evidence.user.reference,
            "secondsToDisabled": JSONValue(lock.secondsToDisabled),
        ]
    }
}

extension PeriodReport {
    /// On a terminal; nothing in it is ever cut.
    func write(to output: Output) throws {
        output.line(Span(Sanitized(headline), .bold))
        for (name, value) in try facts(LocalTime.text) {
            output.fact(Sanitized(name), Sanitized(value), nameWidth: 16)
        }
        if !locks.isEmpty { output.line("") }
        try each(locks) { each in
            output.line(
                Span("\(each.lock.process)  "),
                Span(Sanitized(each.evidence.user.record.username), .bold),
                Span(Sanitized("  \(each.lock.reason)")))
            let isLate = figures.isLate(each.lock)
            output.fact(
                "", Sanitized(each.sentence(isLate: isLate)), nameWidth: 1,
                isLate || each.lock.isOpen ? .yellow : .plain)
        }
    }

    /// Late ones and open ones by name, and then everybody; a row at a time.
    func writePage(printed: Timestamp, to write: (String) -> Void) throws {
        let page = Page(
            title: "Locks of a period", verdict: headline, facts: try facts(\.rfc3339),
            content: "", printed: printed)
        write(page.head)
        if !locks.isEmpty {
            write(Page.plots(Plot.all(figures, since: since, until: until)))
        }
        let limit = Self.duration(LockFigures.lateAfter)
        try writeTable("Late", late, none: "nobody was open for more than \(limit)", to: write)
        try writeTable("Open", open, none: "nothing is left to do", to: write)
        try writeTable("Everybody", locks, none: "nobody", to: write)
        write(page.foot)
    }

    private func writeTable(
        _ title: String, _ locks: [LockRecord], none: String, to write: (String) -> Void
    ) throws {
        write(Page.heading(title))
        guard !locks.isEmpty else { return write(Page.nothing(none)) }
        let columns = [
            "process", "user", "locked", "reason", "trigger", "disabled after", "seen", "open",
        ]
        // Nothing would stand in the last one.
        let count = columns.count - (locks.contains(where: \.isOpen) ? 0 : 1)
        write(Page.tableHead(Array(columns.prefix(count))))
        try each(locks) { write(Page.tableRow(Array($0.cells(\.rfc3339).prefix(count)))) }
        write(Page.tableFoot)
    }
}
