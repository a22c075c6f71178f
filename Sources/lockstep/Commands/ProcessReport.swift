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
            output.hanging([step.state.span, Span("  \(kind)  ")], Sanitized(step.target))
            // A server that is down says the same of every step.
            if let error = step.error, step.state != .done, error != said {
                output.hanging([Span("              ")], Sanitized(error.message), .yellow)
                said = error
            }
        }
        if process.isUnproven {
            let seen =
                process.policy.map { "and \($0) refuses such an account" }
                ?? "and no policy was seen that refuses such an account"
            output.hanging(
                [Span("Not proven", .yellow), Span(": ")],
                Sanitized(
                    "that the server refuses the account; the lock value was read back, \(seen); a "
                        + "canary would prove it (lockstep check)"))
        }
        guard process.wasBegun else { return }
        writeSight(process)
        if process.useCase.isRestoring { writeWithheld(process, user) }
        write("Not ended by this", process.remaining)
    }

    /// Told is not seen: a gateway asks the CA, not us.
    private func writeSight(_ process: IdentityProcess) {
        switch process.sight {
        case .seen:
            world.output.line(
                Span("Certificates", .green), Span(": told, and seen: each CA says so itself"))
        case .told:
            world.output.line(
                Span("Certificates", .yellow),
                Span(": told; not every CA was seen to say so itself yet"))
        case nil: break
        }
    }

    /// What a return does not give back, and how the roles among it can be had later.
    private func writeWithheld(_ process: IdentityProcess, _ user: User) {
        write("Not given back", process.unchanged)
        guard process.keepsRoles, process.state == .completed || process.state == .partial else {
            return
        }
        world.output.line(
            "  Later these roles are given back by: lockstep restore-roles \(user.record.username)")
    }

    private func write(_ title: String, _ findings: [Finding]) {
        guard !findings.isEmpty else { return }
        world.output.line("")
        world.output.line(Span(Sanitized(title), .bold))
        for gathered in GatheredFinding.gather(findings) { gathered.write(to: world.output) }
    }
}

extension IdentityProcess {
    /// Only what was seen is claimed.
    var verdict: Span {
        let done = useCase.participle
        return switch state {
        case .completed: Span(Sanitized(seen.text), seen.style)
        case .open, .partial:
            isUnfinishedInDirectory || !steps.contains(where: \.isUnfinished)
                ? Span("\(done) here; the directory is not done", .yellow)
                : Span("\(seen.text); \(whoIsUntold)", .yellow)
        case .superseded: Span("Superseded by a newer process", .dim)
        case .requested: Span("Waits for approval", .yellow)
        case .rejected: Span("Rejected; nothing was done", .yellow)
        case .withdrawn: Span("Withdrawn; nothing was done", .yellow)
        case .expired: Span("Expired; nothing was done", .yellow)
        case .refused: Span("Not carried out", .yellow)
        }
    }
}

extension IdentityProcess {
    /// Of one that is left elsewhere alone.
    private var whoIsUntold: String {
        steps.filter(\.isUnfinished).allSatisfy { $0.telling != nil }
            ? "the CA has not been told" : "not everybody is told"
    }

    /// What came of it in the directory, where every step there is done: disabled means read back, and that
    /// the server refuses such an account.
    private var seen: (text: String, style: Style) {
        let done = useCase.participle
        if enforced == .proven || (enforced == .written && policy != nil) {
            return ("\(done), and seen disabled", .green)
        }
        if enforced == .written {
            return ("\(done); the directory took it, nobody has seen it refuse her", .yellow)
        }
        if isReturning, remaining.contains(where: { $0.kind == .entry }) {
            return ("\(done); the account still lets nobody in", .yellow)
        }
        return steps.contains { $0.kind == .disableEntry }
            ? ("\(done); the entry was not seen", .yellow) : (done, .green)
    }
}

extension UseCase {
    /// At the head of a report.
    var participle: String {
        switch self {
        case .lock: "Locked"
        case .deactivate: "Deactivated"
        case .reactivate: "Reactivated"
        case .unlock: "Unlocked"
        case .restoreRoles: "Roles given back"
        }
    }
}

extension IdentityProcess {
    /// Whether roles stay withdrawn that a later process can give back.
    fileprivate var keepsRoles: Bool {
        useCase != .restoreRoles && unchanged.contains { $0.kind == .role }
    }

    fileprivate var isReturning: Bool {
        switch useCase {
        case .reactivate, .unlock: true
        case .lock, .deactivate, .restoreRoles: false
        }
    }

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
