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
        let settings = try world.settings()
        let store = try world.store(settings, for: .write(create: false))
        let by = world.operatorIdentity(settings)
        let id = try world.command.required(ArgumentKey<Int64>.request)
        _ = try store.expireRequests(by: by.asSync, at: world.now())
        let approval = Approval(settings: settings, store: store, by: by, now: world.now())
        switch decision {
        case .approve: return try approve(id, approval, settings: settings, store: store, by: by)
        case .reject:
            try approval.reject(id, because: try world.command.required(.because))
        case .withdraw: try approval.withdraw(id)
        }
        return try show(id, store: store)
    }

    /// The plan is made anew; what differs from the requested one is shown.
    private func approve(
        _ id: Int64, _ approval: Approval, settings: Settings, store: Store, by: Operator
    ) throws -> ExitCode {
        guard let request = try approval.approvable(id) else { return try show(id, store: store) }
        let proc = UsersProc(
            request.useCase, settings: settings, store: store, sessions: world.sessions(settings),
            by: by, clock: world.now, isInterrupted: world.isInterrupted)
        let wish = UsersProc.Wish(
            user: request.user, reason: request.reason, note: request.note, forced: false,
            restoresRoles: request.restoresRoles, rolesOf: request.rolesOf,
            requestedBy: request.by)
        for _ in 0..<5 {
            guard try approval.approvable(id) != nil else { return try show(id, store: store) }
            let preview = try proc.lastPreview(wish, at: world.now())
            try requireChange(preview)
            showDifferences(request, preview)
            if let process = try proc.begin(preview, request: id) {
                proc.takeTime()
                let dialogue = ProcessDialogue(world: world, proc: proc)
                return dialogue.finish(
                    dialogue.report(try proc.carryOut(process), user: preview.user))
            }
        }
        throw Ending(.unfinished, "the user is changed by somebody else all the time")
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

    private func showDifferences(_ request: Request, _ preview: ProcessPreview) {
        let now = preview.plan.summary.array ?? []
        let (before, after) = (Set(request.plan.map(\.stepKey)), Set(now.map(\.stepKey)))
        for gone in request.plan where !after.contains(gone.stepKey) {
            world.errors.line(Span("no longer: \(gone.stepSentence)", .yellow))
        }
        for new in now where !before.contains(new.stepKey) {
            world.errors.line(Span("new since the request: \(new.stepSentence)", .yellow))
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
