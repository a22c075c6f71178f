internal import Engine
internal import Identity
internal import LDAP
internal import Store

/// The preview: the user, then everything that will change, and everything that will not.
struct PreviewReport {
    let output: Output

    func write(_ preview: ProcessPreview) {
        let user = preview.user
        writeUser(user)
        output.line("")
        output.hanging(
            [Span(Sanitized(preview.useCase.title), .bold), Span(" ")],
            "for \(preview.reason.code): \(preview.reason.text)")
        if let why = preview.staleBecause {
            output.hanging([Span("The directory can't be read: ", .yellow)], "\(why)")
            output.hanging([], "The plan is made from the last sync; the retry reads afresh.")
        }
        write(preview.plan, directory: user.directory)
    }

    /// Before a plan that is shown again because it is another one by now.
    func writeChanged() {
        output.line(Span("The plan has changed meanwhile:", .yellow))
    }

    private func writeUser(_ user: User) {
        let name = user.record.displayName ?? user.record.username
        output.line(
            Span(Sanitized(name), .bold), Span("  \(user.record.username)  "), user.stateSpan)
        let facts = [user.record.mail, user.record.employeeNumber].compactMap(\.self)
        output.hanging([Span("  ")], "\(user.record.dn)  (\(user.directory))")
        if !facts.isEmpty { output.hanging([Span("  ")], "\(facts.joined(separator: "  "))") }
    }

    /// The user and the steps alone: one of many that a sync would carry out.
    func writeBrief(_ preview: ProcessPreview) {
        output.hanging(
            [Span(Sanitized(preview.useCase.word), .red), Span(" ")],
            "\(preview.user.record.username)  \(preview.reason.code)  \(preview.user.record.dn)")
        for step in preview.plan.steps {
            output.hanging([Span("  ")], "\(step.kind.label)  \(step.target)  \(step.detail)")
        }
    }

    func write(_ lock: CredentialLockPlan) {
        let user = lock.user
        writeUser(user)
        output.line("")
        output.line(
            Span("Lock the \(lock.credential.kind.label) \(lock.credential.serial)", .bold),
            Span(" for \(lock.reason.code): \(lock.reason.text)"))
        write(lock.plan, directory: user.directory)
    }

    private func write(_ plan: Plan, directory: DirectoryName) {
        section("In Identity Manager", plan.steps.filter { !$0.kind.isRemote })
        section("In the directory \(directory)", plan.steps.filter { $0.kind.isInDirectory })
        for heading in plan.steps.map(\.kind).headingsElsewhere {
            section(heading, plan.steps.filter { $0.kind.place == .elsewhere(heading) })
        }
        section("Unchanged", plan.unchanged, .dim)
        section("Not ended by this", plan.remaining, .yellow)
    }

    private func section(_ title: String, _ steps: [PlannedStep]) {
        guard !steps.isEmpty else { return }
        output.line("")
        output.line(Span(Sanitized(title), .bold))
        let width = steps.map { $0.kind.label.count }.max() ?? 0
        for step in steps {
            let kind = DisplayWidth.padded(step.kind.label, to: width, alignment: .left)
            output.item(
                "  \(kind)  \(step.target)", "  \(step.detail)", indentation: width + 4)
        }
    }

    private func section(_ title: String, _ findings: [Finding], _ style: Style) {
        guard !findings.isEmpty else { return }
        output.line("")
        output.line(Span(Sanitized(title), .bold))
        for gathered in GatheredFinding.gather(findings) { gathered.write(to: output, style) }
    }
}

extension ProcessPreview {
    /// What is asked before anything is done.
    ///
    /// As `Lock Ada Ljósberg (ada) for left-organization.`
    var question: Sanitized {
        Sanitized("\(useCase.title) \(user.spokenName) for \(reason.code).")
    }
}

extension CredentialLockPlan {
    var question: Sanitized {
        Sanitized(
            "Lock the \(credential.kind.label) \(credential.serial) of \(user.spokenName) for "
                + "\(reason.code).")
    }
}

extension User {
    /// The name that people say, and the username.
    var spokenName: String {
        guard let name = record.displayName, name != record.username else {
            return record.username
        }
        return "\(name) (\(record.username))"
    }
}

extension UseCase {
    /// At the head of a preview.
    var title: String {
        switch self {
        case .lock: "Lock"
        case .deactivate: "Deactivate"
        case .reactivate: "Reactivate"
        case .unlock: "Unlock"
        case .restoreRoles: "Restore roles"
        }
    }
}
