internal import Identity

/// A reason for people, a fact a line.
struct ReasonReport {
    let output: Output

    func write(_ reason: Reason) {
        output.hanging([Span(Sanitized(reason.code), .bold), Span("  ")], Sanitized(reason.text))
        let facts: [(Sanitized, String)] = [
            ("for", reason.useCases.map(\.word).joined(separator: ", ")),
            ("revocation", reason.revocation?.rawValue ?? "none"),
            ("writes", reason.writing.isEmpty ? "nothing" : reason.writing),
            ("recognised by", reason.recognising.isEmpty ? "nothing" : reason.recognising),
            ("enabled", reason.enabled ? "yes" : "no"),
        ]
        for (name, value) in facts { output.fact(name, Sanitized(value), nameWidth: 14) }
    }
}
