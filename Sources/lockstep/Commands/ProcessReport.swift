internal import Identity
internal import LDAP
internal import Store

/// What became of a process: every step, what was seen, what remains.
struct ProcessReport {
    let world: World

    func write(_ process: IdentityProcess, user: User) {
        let output = world.output
        output.line(
            process.verdict, Span("  \(user.record.username): process \(process.id), "),
            Span("\(process.reason), \(LocalTime.text(process.at)) by \(process.by.login)"))
        let width = process.steps.map { $0.kind.label.count }.max() ?? 0
        var said: StepError?
        for step in process.steps {
            let kind = DisplayWidth.padded(step.kind.label, to: width, alignment: .left)
            output.line(step.state.span, Span("  \(kind)  \(step.target)"))
            // A server that is down says the same of every step.
            if let error = step.error, step.state != .done, error != said {
                output.hanging([Span("              ")], Sanitized(error.message), .yellow)
                said = error
            }
        }
        if process.isUnproven {
            output.hanging(
                [Span("Not proven", .yellow), Span(": ")],
                Sanitized(
                    "that the server refuses the account; the lock value was read back, and a "
                        + "canary would prove it (lockstep check)"))
        }
        if process.wasBegun, !process.remaining.isEmpty {
            output.line("")
            output.line(Span("Not ended by this", .bold))
            for gathered in GatheredFinding.gather(process.remaining) {
                gathered.write(to: output)
            }
        }
    }
}

extension IdentityProcess {
    /// Only what was seen is claimed: disabled means read back.
    var verdict: Span {
        let done = useCase.participle
        return switch state {
        case .completed where enforced != nil:
            Span("\(done), and seen disabled", .green)
        case .completed:
            steps.contains { $0.kind == .disableEntry }
                ? Span("\(done); the entry was not seen", .yellow) : Span(Sanitized(done), .green)
        case .open, .partial: Span("\(done) here; the directory is not done", .yellow)
        case .superseded: Span("Superseded by a newer process", .dim)
        case .requested: Span("Waits for approval", .yellow)
        case .rejected, .withdrawn, .expired, .refused: Span("Not carried out", .yellow)
        }
    }
}

extension UseCase {
    fileprivate var participle: String {
        switch self {
        case .lock: "Locked"
        case .deactivate: "Deactivated"
        case .reactivate: "Reactivated"
        case .unlock: "Unlocked"
        }
    }
}

extension IdentityProcess {
    /// Whether it disabled an account, and no canary has shown what that is worth.
    fileprivate var isUnproven: Bool {
        enforced == .written && steps.contains { $0.kind == .disableEntry }
    }

    /// Whether anything of it was carried out.
    fileprivate var wasBegun: Bool {
        switch state {
        case .open, .completed, .partial, .superseded: true
        case .requested, .rejected, .withdrawn, .expired, .refused: false
        }
    }
}

extension StepState {
    fileprivate var span: Span {
        switch self {
        case .planned: Span("  planned   ", .dim)
        case .pending: Span("  pending   ", .yellow)
        case .done: Span("  done      ", .green)
        case .failed: Span("  failed    ", .red)
        case .superseded: Span("  superseded", .dim)
        }
    }
}
