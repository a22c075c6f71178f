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
    let cases: [Case]
    let figures: LockFigures

    init(
        since: Timestamp, until: Timestamp, store: Store, now: Timestamp,
        _ evidence: (ProcessID) throws -> EvidenceDocument
    ) throws {
        self.since = since
        self.until = until
        let locks = try store.locks(since: since, until: until)
        figures = LockFigures(locks, now: now)
        cases = try locks.map { Case(lock: $0, evidence: try evidence($0.process)) }
    }

    /// `{since, until, count, byReason, byTrigger, timeToDisabled, late, open, processes}`.
    func json(_ process: (EvidenceDocument) -> JSONValue) -> JSONValue {
        let count = { (counts: [(String, Int)]) in
            JSONValue.object(Dictionary(uniqueKeysWithValues: counts.map { ($0, .int(Int64($1))) }))
        }
        return [
            "since": .string(since.rfc3339), "until": .string(until.rfc3339),
            "count": .int(Int64(cases.count)),
            "byReason": count(figures.byReason.map { ($0.reason, $0.count) }),
            "byTrigger": count(figures.byTrigger.map { ($0.trigger.rawValue, $0.count) }),
            "timeToDisabled": [
                "median": JSONValue(figures.median), "p95": JSONValue(figures.p95),
                "longest": JSONValue(figures.longest),
            ],
            "late": .array(late.map(\.reference)), "open": .array(open.map(\.reference)),
            "processes": .array(cases.map { process($0.evidence) }),
        ]
    }

    var late: [Case] { cases.filter { figures.isLate($0.lock) } }
    var open: [Case] { cases.filter(\.lock.isOpen) }

    /// The whole of it in one sentence.
    var headline: String {
        let whom =
            switch cases.count {
            case 0: "Nobody was locked"
            case 1: "1 lock"
            default: "\(cases.count) locks"
            }
        guard !cases.isEmpty else { return whom }
        let late = late.isEmpty ? "none late" : "\(late.count) late"
        return "\(whom), \(late), \(open.isEmpty ? "none open" : "\(open.count) open")"
    }

    /// The figures, a line each.
    func facts(_ time: (Timestamp) -> String) -> [(name: String, value: String)] {
        var facts = [("from", time(since)), ("until", time(until))]
        guard !cases.isEmpty else { return facts }
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
        facts.append(
            ("late", late.isEmpty ? "none was open for more than \(limit)" : Self.names(late)))
        facts.append(("open", open.isEmpty ? "nothing is left to do" : Self.names(open)))
        return facts
    }

    private static func names(_ cases: [Case]) -> String {
        let names = cases.prefix(named).map { each in
            "\(each.evidence.user.record.username) (process \(each.lock.process))"
        }
        let rest = cases.count - names.count
        return "\(cases.count): " + names.joined(separator: ", ")
            + (rest > 0 ? " and \(rest) more" : "")
    }

    /// Late ones and open ones by name, and then everybody.
    func sections(_ time: (Timestamp) -> String) -> [EvidenceDocument.Section] {
        let columns = [
            "process", "user", "locked", "reason", "trigger", "disabled after", "seen", "open",
        ]
        func rows(_ cases: [Case]) -> [[String]] { cases.map { $0.cells(time) } }
        return [
            EvidenceDocument.Section(
                title: "Late", columns: columns, rows: rows(late),
                none: "nobody was open for more than \(Self.duration(LockFigures.lateAfter))"),
            EvidenceDocument.Section(
                title: "Open", columns: columns, rows: rows(open), none: "nothing is left to do"),
            EvidenceDocument.Section(
                title: "Everybody", columns: columns, rows: rows(cases), none: "nobody"),
        ]
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
    func write(to output: Output) {
        output.line(Span(Sanitized(headline), .bold))
        for (name, value) in facts(LocalTime.text) {
            output.fact(Sanitized(name), Sanitized(value), nameWidth: 16)
        }
        if !cases.isEmpty { output.line("") }
        for each in cases {
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

    func page(printed: Timestamp) -> String {
        let plots =
            cases.isEmpty ? "" : Page.plots(Plot.all(figures, since: since, until: until))
        return Page(
            title: "Locks of a period", verdict: headline, facts: facts(\.rfc3339),
            content: plots + sections(\.rfc3339).map(Page.section).joined(), printed: printed
        ).html
    }
}
