internal import Configuration
internal import Engine
internal import Identity
internal import LDAP
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
        let by = world.operatorIdentity(settings)
        let context = world.context(settings, store, by: by)
        let id = try world.command.required(ArgumentKey<Int64>.request)
        if !isDry { _ = try store.expireRequests(by: by.asSync, at: world.now()) }
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
    private func approve(_ id: Int64, _ context: EngineContext) throws -> ExitCode {
        guard let request = try Approval(context).approvable(id) else {
            return try show(id, store: context.store)
        }
        let proc = UsersProc(request.useCase, context)
        let wish = UsersProc.Wish(
            user: request.user, reason: request.reason, note: request.note, forced: false,
            restoresRoles: request.restoresRoles, rolesOf: request.rolesOf,
            requestedBy: request.by)
        var consent = Consent(to: wish, at: world.now(), world: world, proc: proc)
        for _ in 0..<ProcessDialogue.tries {
            let preview = try consent.preview()
            try requireChange(preview)
            if isDry { return rehearsed(request, preview, by: context.by) }
            if world.command.flag(.yes) {
                showDifferences(request, preview, on: world.errors)
            }
            let answer = try consent.ask(preview) { write(request, preview, to: world.errors) }
            switch answer {
            case .refused: return try cancel(request, preview.user, proc)
            case .outdated: continue
            case .given: break
            }
            // Somebody else may have decided meanwhile.
            guard try Approval(context).approvable(id) != nil else {
                return try show(id, store: context.store)
            }
            if let process = try proc.begin(preview, request: id) {
                proc.takeTime()
                let dialogue = ProcessDialogue(world: world, proc: proc)
                return dialogue.finish(
                    dialogue.report(try proc.carryOut(process), user: preview.user))
            }
        }
        throw Ending(.unfinished, "the user is changed by somebody else all the time")
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

    /// Cancel leaves no trace but an audit event.
    private func cancel(
        _ request: Request, _ user: User, _ proc: UsersProc
    ) throws -> ExitCode {
        let now = world.now()
        try proc.store.recordCancellation(
            of: request.useCase, user: user, request: request.process, by: proc.context.by, at: now)
        world.log.info("cancelled: request \(request.process) stays open")
        if world.wantsJSON {
            world.print(
                ProcessResult(
                    cancelled: request.useCase, user: user, reason: request.reason, at: now,
                    by: proc.context.by
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
        let verify = JSONValue.string(StepKind.verify.rawValue)
        let requested = request.plan.filter { $0["kind"] != verify }
        let now = (preview.plan.summary.array ?? []).filter { $0["kind"] != verify }
        let (before, after) = (Set(requested.map(\.stepKey)), Set(now.map(\.stepKey)))
        for gone in requested where !after.contains(gone.stepKey) {
            output.line(Span("no longer: \(gone.stepSentence)", .yellow))
        }
        for new in now where !before.contains(new.stepKey) {
            output.line(Span("new since the request: \(new.stepSentence)", .yellow))
        }
    }

    /// What was decided, by this command or before; not what became of it.
    private func show(_ id: Int64, store: Store) throws -> ExitCode {
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

extension JSONValue {
    /// What makes two steps the same.
    ///
    /// How an entry is disabled holds the time of the plan, which is another each time.
    fileprivate var stepKey: [String] {
        let kind = self["kind"]?.string ?? ""
        let isDisabling = kind == StepKind.disableEntry.rawValue
        return [
            kind, self["target"]?.string ?? "", isDisabling ? "" : self["detail"]?.string ?? "",
        ]
    }

    /// `remove from group cn=…: member: uid=ada,…`.
    fileprivate var stepSentence: String {
        let kind = self["kind"]?.string ?? ""
        let label = StepKind(rawValue: kind)?.label ?? kind
        return "\(label) \(self["target"]?.string ?? ""): \(self["detail"]?.string ?? "")"
    }
}
