internal import Engine

/// What a dry run would change of one user: old → new.
struct ChangeReport {
    let output: Output

    func write(_ change: UserChange) {
        let name = change.username.isEmpty ? change.dn : change.username
        output.line(
            Span(Sanitized(change.kind.rawValue), style(change.kind)),
            Span(" \(name)  \(change.dn)"))
        for property in change.properties {
            output.line("  \(property.name): \(property.old ?? "none") → \(property.new ?? "none")")
        }
        if let why = change.why { output.line("  \(why)") }
    }

    private func style(_ kind: UserChange.Kind) -> Style {
        switch kind {
        case .created, .returned: .green
        case .updated, .renamed: .yellow
        case .missing, .rejected: .red
        }
    }
}
