internal import Configuration
internal import Engine
internal import Ground
internal import Identity

/// `lockstep reasons`: the catalogue.
struct ReasonsCommand {
    let world: World

    func run() throws -> ExitCode {
        let settings = try world.settings()
        if world.wantsJSON {
            world.print(.array(settings.reasons.map(\.json)))
            return .ok
        }
        var table = Table([
            .init("code"), .init("text", flexible: true), .init("for"), .init("revocation"),
            .init("writes", flexible: true), .init("recognised by", flexible: true), .init(""),
        ])
        for reason in settings.reasons {
            table.append([
                Span(Sanitized(reason.code), .bold), Span(Sanitized(reason.text)),
                Span(Sanitized(reason.useCases.map(\.word).joined(separator: ", "))),
                Span(Sanitized(reason.revocation?.rawValue ?? "")),
                Span(Sanitized(reason.writing)), Span(Sanitized(reason.recognising)),
                reason.enabled ? Span("") : Span("disabled", .yellow),
            ])
        }
        if table.fits(world.output) {
            table.write(to: world.output)
        } else {
            // Cut cells would hide what matters most: what a reason writes.
            for reason in settings.reasons { ReasonReport(output: world.output).write(reason) }
        }
        return .ok
    }
}

extension Reason {
    /// `employeeType: left; description: …`.
    var writing: String {
        write.map { entry in
            let what =
                switch entry.write {
                case .delete: "deleted"
                case .replace(let templates): templates.map(\.source).joined(separator: ", ")
                }
            return "\(entry.attribute): \(what)"
                + (entry.ifClass.map { " (if \($0))" } ?? "")
        }.joined(separator: "; ")
    }

    /// `employeeType: left`.
    var recognising: String {
        recognise.map { "\($0.attribute): \($0.values.joined(separator: ", "))" }
            .joined(separator: "; ")
    }
}

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
