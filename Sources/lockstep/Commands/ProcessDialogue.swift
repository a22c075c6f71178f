internal import Engine
internal import Identity
internal import LDAP
internal import Store

/// From the preview to the report: shows the plan, asks, begins or requests, carries out.
struct ProcessDialogue {
    /// How it ended for one user, and what `--json` prints of it.
    struct Result {
        let code: ExitCode
        let outcome: Outcome
        let json: JSONValue

        init(_ code: ExitCode, _ result: ProcessResult) {
            self.code = code
            outcome = result.outcome
            json = result.json
        }
    }

    /// One of many whose process is begun: the directory's answers may be on their way.
    enum Started {
        case over(Result)
        case underWay(Retry.Started, user: User)
    }

    static let tries = 5

    let world: World
    let proc: UsersProc
    /// Whom a dry run knows of beside the store.
    var newcomers: Newcomers?

    func run(_ user: User, reason: String) throws -> Result {
        try end(try start(user, reason: reason))
    }

    /// Everything up to the directory's last answers.
    func start(_ user: User, reason: String) throws -> Started {
        let wish = wish(for: user.id, reason: reason)
        let at = proc.context.clock()
        if let copy = newcomers?.rehearsalStore(of: user) {
            return .over(
                dryRun(
                    try UsersProc(proc.useCase, proc.context.on(copy)).preview(wish, at: at),
                    isKnown: false))
        }
        var consent = Consent(to: wish, at: at, world: world, proc: proc)
        // What follows, or the next of a list, has its time again.
        defer { proc.takeTime() }
        for _ in 0..<Self.tries {
            let preview = try consent.preview()
            if world.command.flag(.dryRun) { return .over(dryRun(preview)) }
            switch preview.verdict {
            case .proceed: break
            case .alreadyLocked(let lock): return .over(try repair(wish, at: at, lock: lock))
            case .unchanged(let because): return .over(unchanged(preview, because: because))
            }
            let answer = try consent.ask(preview) {
                PreviewReport(output: world.errors).write(preview)
            }
            switch answer {
            case .refused: return .over(try cancel(user, reason: reason))
            case .outdated: continue
            case .given: break
            }
            if let started = try begin(preview) { return started }
        }
        throw Ending(
            .unfinished, "\(user.record.username) is changed by somebody else all the time",
            hint: "Nothing was done; try again.")
    }

    /// Waits for the answers, and reports.
    func end(_ started: Started) throws -> Result {
        switch started {
        case .over(let result): result
        case .underWay(let process, let user): report(try proc.finish(process), user: user)
        }
    }

    /// The same for one of many: what refuses is a result, not an end.
    ///
    /// `place`: where the name was given: `leavers.txt:7`.
    func attempt(_ user: User, named name: String, _ reason: String) throws -> Result {
        try end(try startAttempt(user, named: name, reason))
    }

    func startAttempt(
        _ user: User, named name: String, at place: String? = nil, _ reason: String
    ) throws -> Started {
        let store = newcomers?.rehearsalStore(of: user) ?? proc.store
        let known = try store.user(user.id)
        do {
            guard let known else { throw Ending(.noUser, "there is no user “\(name)”") }
            return try start(known, reason: reason)
        } catch {
            return .over(try refused(name, at: place, reason: reason, error, user: known))
        }
    }

    /// What concerns the store or a defect is no matter of one user.
    func refused(
        _ name: String, at place: String? = nil, reason: String, _ error: any Error,
        user known: User? = nil
    ) throws -> Result {
        let ending = Ending(error)
        switch ending.exit {
        case .refused, .noUser, .permission, .unavailable: break
        case .ok, .wouldChange, .waitsForApproval, .stopped, .cancelled, .usage, .defect, .store,
            .unfinished, .configuration:
            throw error
        }
        world.log.error("\(place.map { $0 + ": " } ?? "")\(name): \(ending.sentence)")
        let user = known ?? (ending.candidates.count == 1 ? ending.candidates[0].user : nil)
        return Result(
            ending.exit,
            ProcessResult(
                refused: proc.useCase, user: user, named: name, reason: reason,
                at: proc.context.clock(),
                by: proc.context.by, why: ending))
    }

    /// Prints the one result, and gives its exit code.
    func finish(_ result: Result) -> ExitCode {
        if world.wantsJSON { world.print(result.json) }
        return result.code
    }

    /// Prints them all; the code is the first refusal's, else 75, else 10, else 0.
    func finish(_ results: [Result]) -> ExitCode {
        if world.wantsJSON { world.print(.array(results.map(\.json))) }
        let codes = results.map(\.code)
        let mild: Set<ExitCode> = [.ok, .unfinished, .waitsForApproval, .cancelled]
        if let refusal = codes.first(where: { !mild.contains($0) }) { return refusal }
        if codes.contains(.unfinished) { return .unfinished }
        return codes.contains(.waitsForApproval) ? .waitsForApproval : .ok
    }

    /// Cancel leaves no trace but an audit event, and not even that where nobody was chosen yet.
    func cancel(_ user: User?, reason: String?) throws -> Result {
        let now = proc.context.clock()
        if let user, !world.command.flag(.dryRun) {
            try proc.store.recordCancellation(
                of: proc.useCase, user: user, by: proc.context.by, at: now)
        }
        world.log.info("cancelled: nothing was changed")
        return Result(
            .cancelled,
            ProcessResult(
                cancelled: proc.useCase, user: user, reason: reason ?? "", at: now,
                by: proc.context.by))
    }

    private func wish(for user: Int64, reason: String) -> UsersProc.Wish {
        UsersProc.Wish(
            user: user, reason: reason, note: world.command.value(.note),
            forced: world.command.flag(.force),
            restoresRoles: world.command.flag(.restoreRoles),
            rolesOf: world.command.value(.takenBy))
    }

    /// nil when the user was changed since the preview.
    private func begin(_ preview: ProcessPreview) throws -> Started? {
        let settings = proc.context.settings
        if Approval.isNeeded(for: proc.useCase, forced: preview.forced, in: settings) {
            return .over(try request(preview))
        }
        guard let process = try proc.begin(preview) else { return nil }
        proc.takeTime()
        return .underWay(try proc.start(process, of: preview), user: preview.user)
    }

    private func request(_ preview: ProcessPreview) throws -> Result {
        let process = try Approval(proc.context).request(preview)
        if !world.wantsJSON {
            world.output.line(
                Span("Waits for approval", .yellow),
                Span(
                    "  \(preview.user.record.username): request \(process), \(preview.reason.code)")
            )
        }
        world.log.notice("somebody else must: lockstep approve \(process)")
        return Result(
            .waitsForApproval,
            ProcessResult(preview, outcome: .requested, process: process, by: proc.context.by))
    }

    /// `isKnown`: whether the store has the user; the id of a copy's would mean somebody else one day.
    private func dryRun(_ preview: ProcessPreview, isKnown: Bool = true) -> Result {
        if world.command.flag(.ldif) {
            world.output.write(preview.ldif)
        } else if !world.wantsJSON {
            PreviewReport(output: world.output).write(preview)
        }
        let result =
            switch preview.verdict {
            case .proceed:
                ProcessResult(preview, outcome: .planned, process: nil, by: proc.context.by)
            case .alreadyLocked(let lock): ProcessResult(preview, standing: lock, repair: nil)
            case .unchanged:
                ProcessResult(preview, outcome: .unchanged, process: nil, by: proc.context.by)
            }
        return Result(.ok, isKnown ? result : result.withoutUserID)
    }

    private func unchanged(_ preview: ProcessPreview, because: String) -> Result {
        if !world.wantsJSON {
            world.output.line("\(preview.user.record.username) is \(because): nothing to do")
        }
        return Result(
            .ok, ProcessResult(preview, outcome: .unchanged, process: nil, by: proc.context.by))
    }

    /// A lock of a locked user changes nothing, but that drift is repaired.
    ///
    /// Drift is what is left once the lock's own steps are done, by whomever.
    private func repair(
        _ wish: UsersProc.Wish, at: Timestamp, lock: RecordedLock
    ) throws -> Result {
        proc.takeTime()
        var process = try proc.carryOut(lock.process)
        let preview = try proc.preview(wish, at: at)
        if !process.isUnfinished, !preview.plan.steps.isEmpty,
            let repair = try proc.begin(preview)
        {
            process = try proc.carryOut(repair)
        }
        if !world.wantsJSON {
            world.output.line(
                "\(preview.user.record.username) is already locked: process \(lock.process), \(lock.reason) (\(lock.text)), \(LocalTime.text(lock.at)) by \(lock.by)"
            )
            if process.id != lock.process || process.isUnfinished {
                ProcessReport(world: world).write(process, user: preview.user)
            }
        }
        return Result(
            process.isUnfinished ? .unfinished : .ok,
            ProcessResult(preview, standing: lock, repair: process))
    }

    /// What became of a process that was carried out.
    func report(_ process: IdentityProcess, user: User) -> Result {
        if !world.wantsJSON { ProcessReport(world: world).write(process, user: user) }
        if process.isUnfinished {
            let why = world.isInterrupted() ? "interrupted: what stands above as done stays; " : ""
            world.log.notice(
                "\(why)the next sync goes on with it, or: lockstep retry \(process.id)")
        }
        let code: ExitCode =
            process.isUnfinished ? .unfinished : process.state == .refused ? .refused : .ok
        return Result(code, ProcessResult(process, user: user))
    }
}
