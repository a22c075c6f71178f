internal import Ground
internal import Identity
internal import Store

/// The evidence of a process for people, laid out once for the terminal and the page.
struct EvidenceDocument {
    struct Section {
        let title: String
        let columns: [String]
        let rows: [[String]]
        /// What stands there when there are no rows.
        let none: String
        /// How many columns say together what a row is about, where it takes several lines.
        var headColumns = 2

        /// The columns in which something stands.
        var filled: [Int] {
            columns.indices.filter { column in rows.contains { !$0[column].isEmpty } }
        }
    }

    let evidence: ProcessEvidence
    let user: User
    let events: [AuditRecord]
    /// How times are written.
    let time: (Timestamp) -> String

    var process: IdentityProcess { evidence.process }

    var title: String { "Process \(process.id): \(process.useCase.word) \(user.record.username)" }

    /// Who, why, when and how long, a line each.
    var facts: [(name: String, value: String)] {
        let record = user.record
        let all: [(String, String?)] = [
            ("name", record.displayName), ("entry", "\(record.dn) (\(user.directory))"),
            ("mail", record.mail), ("employee number", record.employeeNumber),
            ("use case", process.useCase.rawValue),
            ("reason", "\(process.reason): \(process.reasonText)"),
            ("revocation", process.revocation?.rawValue), ("note", process.note),
            ("trigger", trigger), ("decided", decided), ("began", time(process.at)),
            ("ended", evidence.finished.map(time)), ("time to disabled", timeToDisabled),
            ("enforced", enforced), ("certificates", certificates),
        ]
        return all.compactMap { name, value in value.map { (name, $0) } }
    }

    private var trigger: String {
        if let run = evidence.run { return "the sync of run \(run) on \(process.by.host)" }
        let terminal = process.by.terminal.map { ", \($0)" } ?? ""
        let forced = process.forced ? ", forced" : ""
        return "\(process.by.login) on \(process.by.host)\(terminal)\(forced)"
    }

    private var decided: String? {
        evidence.decision.map { decision in
            "by \(decision.by) at \(time(decision.at))"
                + (decision.because.map { ": \($0)" } ?? "")
        }
    }

    private var timeToDisabled: String? {
        guard evidence.actions.contains(where: { $0.step.kind == .disableEntry }) else {
            return nil
        }
        guard let seconds = evidence.secondsToDisabled else { return "not disabled yet" }
        return "\(seconds) s" + (evidence.isToBeDisabledAgain ? ", and to be disabled again" : "")
    }

    private var enforced: String? {
        switch process.enforced {
        case .proven: "proven: an account under the same policy could not sign in"
        case .written:
            process.policy.map {
                "not proven; the lock value was read back, and \($0) refuses such an account"
            }
                ?? "not proven; the lock value was read back"
        case nil: nil
        }
    }

    private var certificates: String? {
        switch process.sight {
        case .seen: "seen: each CA says so itself"
        case .told: "told: each CA took it; not every one was seen to say so itself"
        case nil:
            process.steps.contains { $0.telling != nil } ? "not every CA has been told" : nil
        }
    }

    var sections: [Section] {
        evidence.requested.isEmpty
            ? [changes, kept, directory, verified] + elsewhere + [remaining, chain]
            : [requested, kept, remaining, chain]
    }

    private var requested: Section {
        Section(
            title: "What was asked for", columns: ["what", "which", "change"],
            rows: evidence.requested.map { [$0.kind.label, $0.target, $0.detail] }, none: "nothing")
    }

    private var changes: Section {
        Section(
            title: "Before and after", columns: ["what", "which", "before → after", ""],
            rows: evidence.actions.compactMap(EvidenceChange.init).map {
                [$0.kind, $0.target, $0.words, $0.remark]
            }, none: "nothing in Identity Manager was changed", headColumns: 3)
    }

    private var kept: Section {
        Section(
            title: "Left as it was", columns: ["what", "which", "because"],
            rows: process.unchanged.gathered, none: "nothing")
    }

    private var directory: Section {
        Section(
            title: "In the directory",
            columns: ["state", "step", "entry", "change", "before", "at", "attempts", "error"],
            rows: evidence.actions.filter {
                $0.step.kind.isInDirectory && $0.step.kind != .verify
            }.map { $0.cells(time) }, none: "nothing was to be done there")
    }

    /// Where something was to be done neither here nor in the directory.
    private var elsewhere: [Section] {
        evidence.actions.map(\.step.kind).headingsElsewhere.map { heading in
            Section(
                title: heading,
                columns: [
                    "state", "step", "which", "change", "before", "at", "attempts", "error", "seen",
                ],
                rows: evidence.actions.filter { $0.step.kind.place == .elsewhere(heading) }
                    .map { $0.cells(time) + [$0.sight(time)] },
                none: "nothing was to be done there")
        }
    }

    private var verified: Section {
        Section(
            title: "Read back", columns: ["state", "what", "at", "error"],
            rows: evidence.actions.filter { $0.step.kind == .verify }.map {
                [
                    $0.step.state.rawValue, $0.sentence(ofGroups: hasGroups),
                    $0.finished.map(time) ?? "",
                    $0.step.error?.message ?? "",
                ]
            }, none: "nothing was to be read back")
    }

    private var hasGroups: Bool {
        process.steps.contains { $0.kind == .removeFromGroup || $0.kind == .addToGroup }
    }

    private var remaining: Section {
        Section(
            title: "Not ended by this", columns: ["what", "which", "because"],
            rows: process.remaining.gathered, none: "nothing")
    }

    private var chain: Section {
        Section(
            title: "Audit events", columns: ["event", "at", "what", "by", "hash"],
            rows: events.map {
                [
                    String($0.sequence), time($0.event.at), $0.event.event,
                    "\($0.event.by)@\($0.event.host)", String(hexadecimal: $0.hash),
                ]
            }, none: "none")
    }
}

extension [Finding] {
    /// A row for all that are left for the same cause.
    fileprivate var gathered: [[String]] {
        GatheredFinding.gather(self).map {
            [$0.kind.rawValue, $0.names, $0.because]
        }
    }
}

extension ProcessEvidence.Action {
    fileprivate func cells(_ time: (Timestamp) -> String) -> [String] {
        [
            step.state.rawValue, step.kind.label, step.target, detail, before,
            finished.map(time) ?? "", step.attempts > 1 ? String(step.attempts) : "",
            step.state == .done ? "" : step.error?.message ?? "",
        ]
    }

    /// When the other side was seen to say so itself; empty where it was not, or where nobody looks.
    fileprivate func sight(_ time: (Timestamp) -> String) -> String {
        seen.map { "\(time($0.at)), by \($0.by.rawValue.uppercased())" } ?? ""
    }

    /// What stood in the attributes that the step writes; a password is never journalled.
    private var before: String {
        (prior?.attributes ?? []).map {
            let values = $0.values.map(\.printable).joined(separator: ", ")
            return "\($0.attribute): \(values.isEmpty ? "no value" : values)"
        }.joined(separator: "; ")
    }

    /// Of what is to be read back: whether it was seen.
    fileprivate func sentence(ofGroups hasGroups: Bool) -> String {
        switch step.state {
        case .done:
            (hasGroups ? "the entry and its groups" : "the entry")
                + ", on the connection that wrote: all as wanted"
        case .superseded: "not read back: a newer process took its place"
        case .planned, .pending, .failed: "not seen as wanted"
        }
    }
}
