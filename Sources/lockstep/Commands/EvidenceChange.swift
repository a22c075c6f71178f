internal import Engine
internal import Ground
internal import Identity
internal import Store

/// A user, role, credential or certificate that a process changed: before and after.
struct EvidenceChange {
    /// `user`, `role`, `credential`, `certificate`.
    let kind: String
    let target: String
    /// A role's group, a credential's kind; empty where the target says it all.
    let remark: String
    let before: String
    let after: String

    /// nil for a step in the directory.
    init?(_ action: ProcessEvidence.Action) {
        let step = action.step
        guard let kind = step.kind.object else { return nil }
        self.kind = kind
        target = step.target
        guard step.kind != .withdrawRole else {
            (remark, before, after) = (action.detail, "held", "withdrawn")
            return
        }
        let parts = action.detail.split(separator: " → ", maxSplits: 1)
        guard parts.count == 2 else {
            (remark, before, after) = (action.detail, "", "")
            return
        }
        // A credential's kind stands in front of its states.
        let words = parts[0].split(separator: ", ")
        remark = words.dropLast().joined(separator: ", ")
        before = words.last.map(String.init) ?? ""
        after = String(parts[1])
    }

    /// `active → locked`; empty where the plan did not say.
    var words: String { before.isEmpty && after.isEmpty ? "" : "\(before) → \(after)" }

    var json: JSONValue {
        [
            "kind": .string(kind), "target": .string(target), "remark": .string(remark),
            "before": .string(before), "after": .string(after),
        ]
    }
}

/// What a dry run would change of one user: old → new.
struct ChangeReport {
    let output: Output

    func write(_ change: UserChange) {
        let name = change.username.isEmpty ? change.dn : change.username
        output.hanging(
            [Span(Sanitized(change.kind.rawValue), style(change.kind)), Span(" ")],
            "\(name)  \(change.dn)")
        for property in change.properties {
            output.hanging(
                [Span("  ")],
                "\(property.name): \(property.old ?? "none") → \(property.new ?? "none")")
        }
        if let why = change.why { output.hanging([Span("  ")], "\(why)") }
    }

    private func style(_ kind: UserChange.Kind) -> Style {
        switch kind {
        case .created, .returned: .green
        case .updated, .renamed: .yellow
        case .missing, .rejected: .red
        }
    }
}
