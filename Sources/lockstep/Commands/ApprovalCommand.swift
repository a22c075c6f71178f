internal import Configuration
internal import Engine
internal import Ground
internal import Identity
internal import Store

/// `lockstep approve`, `reject` and `withdraw`.
struct ApprovalCommand {
    enum Decision {
        case approve
        case reject
        case withdraw
    }

    let world: World
    let decision: Decision

    func run() throws -> ExitCode {
        if decision == .approve { try requireConsent() }
        let settings = try world.settings()
        let store = try world.store(settings, for: isDry ? .read : .write(create: false))
        let context = try world.context(settings, store)
        let id = try world.command.required(.request)
        switch decision {
        case .approve: return try approve(id, context)
        case .reject:
            try Approval(context).reject(id, because: try world.command.required(.because))
        case .withdraw: try Approval(context).withdraw(id)
        }
        return try show(id, store: store)
    }

    private var isDry: Bool { decision == .approve && world.command.flag(.dryRun) }

    /// A wrong digit is another person: without a terminal somebody must have said yes beforehand.
    private func requireConsent() throws {
        guard world.command.flag(.yes) || isDry || world.isInteractive else {
            throw UsageError("without a terminal --yes is needed, or --dry-run", in: .approve)
        }
    }

    /// The plan is made anew; what differs from the requested one is shown.
    private func approve(_ id: ProcessID, _ context: EngineContext) throws -> ExitCode {
        guard let request = try Approval(context).takeUp(id, isDry: isDry) else {
            return try show(id, store: context.store)
        }
        if !isDry { try world.requireReceivers(context.settings, of: request.useCase) }
        let order = Order(request.useCase, context)
        let consent = Consent(world: world)
        let started = try order.approve(request, consent.mode) { preview, isAnother in
            if consent.mode == .agreed { showDifferences(request, preview, on: world.errors) }
            return consent.ask(preview, isAnother: isAnother) { write(request, preview, to: $0) }
        }
        let end = try order.finish(started)
        switch end {
        case .planned(let preview):
            try requireChange(preview)
            return rehearsed(request, preview, by: context.by)
        case .unchanged(let preview, _), .alreadyLocked(let preview, _, _):
            try requireChange(preview)
        case .cancelled(let preview): return cancelled(request, preview.user, context)
        case .requested, .carriedOut, .decided: break
        }
        let dialogue = ProcessDialogue(world: world, order: order)
        return dialogue.finish(dialogue.report(end))
    }

    private func write(_ request: Request, _ preview: ProcessPreview, to output: Output) {
        PreviewReport(output: output).write(preview)
        output.line("")
        output.line(
            Span("Request \(request.process)", .bold),
            Span("  by \(request.by), \(LocalTime.text(request.at))"))
        if let note = request.note { output.fact("note", Sanitized(note), nameWidth: 4) }
        showDifferences(request, preview, on: output)
    }

    private func rehearsed(
        _ request: Request, _ preview: ProcessPreview, by: Operator
    ) -> ExitCode {
        if world.wantsJSON {
            world.print(
                ProcessResult(preview, outcome: .planned, process: request.process, by: by).json)
        } else {
            write(request, preview, to: world.output)
        }
        return .ok
    }

    private func cancelled(
        _ request: Request, _ user: User, _ context: EngineContext
    ) -> ExitCode {
        world.log.info("cancelled: request \(request.process) stays open")
        if world.wantsJSON {
            world.print(
                ProcessResult(
                    cancelled: request.useCase, user: user, reason: request.reason,
                    at: context.clock(), by: context.by
                ).json)
        }
        return .cancelled
    }

    private func requireChange(_ preview: ProcessPreview) throws(Ending) {
        let name = preview.user.record.username
        switch preview.verdict {
        case .proceed: break
        case .alreadyLocked(let lock):
            throw Ending(
                .refused,
                "\(name) is locked already, since \(LocalTime.text(lock.at)) by \(lock.by)")
        case .unchanged(let because): throw Ending(.refused, "\(name) is \(because)")
        }
    }

    private func showDifferences(
        _ request: Request, _ preview: ProcessPreview, on output: Output
    ) {
        // What is read back at the end follows from the others.
        let requested = request.plan.filter { $0.kind != .verify }
        let now = preview.plan.shown.filter { $0.kind != .verify }
        let (before, after) = (Set(requested.map(\.key)), Set(now.map(\.key)))
        for gone in requested where !after.contains(gone.key) {
            output.hanging([], "no longer: \(gone.sentence)", .yellow)
        }
        for new in now where !before.contains(new.key) {
            output.hanging([], "new since the request: \(new.sentence)", .yellow)
        }
    }

    /// What was decided, by this command or before; not what became of it.
    private func show(_ id: ProcessID, store: Store) throws -> ExitCode {
        guard let process = try store.processes.process(id),
            let user = try store.user(process.user)
        else { throw Ending(.refused, "there is no request \(id)") }
        if world.wantsJSON {
            world.print(ProcessResult(process, user: user).json)
        } else {
            ProcessReport(world: world).write(process, user: user)
        }
        return .ok
    }
}

extension ShownStep {
    /// What makes two steps the same.
    ///
    /// How an entry is disabled holds the time of the plan, which is another each time.
    fileprivate var key: [String] {
        [kind.rawValue, target, kind == .disableEntry ? "" : detail]
    }

    /// `remove from group cn=…: member: uid=ada,…`.
    fileprivate var sentence: String { "\(kind.label) \(target): \(detail)" }
}
