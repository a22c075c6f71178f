internal import Engine
internal import Ground
internal import Identity
internal import Store

/// Asks a person about a plan, and reports how it ended.
struct ProcessDialogue {
    /// How it ended for one user, and what `--json` prints of it.
    struct Result {
        let code: ExitCode
        let outcome: Outcome
        let json: JSONValue
        /// What of it goes on; nil: nothing.
        let open: Open?

        init(_ code: ExitCode, _ result: ProcessResult, open: Open? = nil) {
            self.code = code
            outcome = result.outcome
            json = result.json
            self.open = open
        }
    }

    /// A process that is not over, and what is printed of it as it stands later.
    struct Open {
        let process: IdentityProcess
        let result: (IdentityProcess) -> Result
    }

    /// One of many: refused, or on the way.
    enum Started {
        case refused(Result)
        case underWay(Order.Started)
    }

    let world: World
    let order: Order
    /// Whom a dry run knows of beside the store.
    var newcomers: Newcomers?

    private var context: EngineContext { order.context }

    func run(_ user: User, reason: String) throws -> Result {
        report(try order.finish(try start(user, reason: reason)))
    }

    private func start(_ user: User, reason: String) throws -> Order.Started {
        let consent = Consent(world: world)
        let wish = UsersProc.Wish(
            user: user.id, reason: reason, note: world.command.value(.note),
            forced: world.command.flag(.force),
            restoresRoles: world.command.flag(.restoreRoles),
            rolesOf: world.command.value(.takenBy))
        return try order(for: user).start(wish, consent.mode) { preview, isAnother in
            consent.ask(preview, isAnother: isAnother) { PreviewReport(output: $0).write(preview) }
        }
    }

    /// A dry run's copy of the store may know somebody whom the store does not.
    private func order(for user: User) -> Order {
        guard let copy = newcomers?.rehearsalStore(of: user) else { return order }
        return Order(order.useCase, context.on(copy))
    }

    /// Waits for the answers, and reports.
    func end(_ started: Started) throws -> Result {
        switch started {
        case .refused(let result): result
        case .underWay(let started): report(try order.finish(started))
        }
    }

    /// Takes what is in no directory, now that those of all were tried, and how they stand then.
    func tellOthers(_ results: [Result], progress: ProgressLine) throws -> [Result] {
        guard results.contains(where: { $0.open != nil }) else { return results }
        var others = StepsElsewhere(context, dueBy: context.clock())
        _ = try others.takeAll(waiting: true) { done, all in
            progress.show("tell others", users: done, of: all)
        }
        return try results.map { result in
            guard let open = result.open else { return result }
            return open.result(try context.store.existingProcess(open.process.id))
        }
    }

    /// The same for one of many: what refuses is a result, not an end.
    ///
    /// `place`: where the name was given: `leavers.txt:7`.
    func startAttempt(
        _ user: User, named name: String, at place: String? = nil, _ reason: String
    ) throws -> Started {
        let known = try order(for: user).context.store.user(user.id)
        do {
            guard let known else { throw Ending(nobody: name) }
            return .underWay(try start(known, reason: reason))
        } catch {
            return .refused(try refused(name, at: place, reason: reason, error, user: known))
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
                refused: order.useCase, user: user, named: name, reason: reason,
                at: context.clock(),
                by: context.by, why: ending))
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

    /// Cancel before there was a plan: an audit event, and not even that where nobody was chosen yet.
    func cancel(_ user: User?) throws -> Result {
        if let user, !world.command.flag(.dryRun) { try order.recordCancellation(of: user) }
        return cancelled(user, reason: "")
    }

    private func cancelled(_ user: User?, reason: String) -> Result {
        world.log.info("cancelled: nothing was changed")
        return Result(
            .cancelled,
            ProcessResult(
                cancelled: order.useCase, user: user, reason: reason, at: context.clock(),
                by: context.by))
    }

    /// Says how it ended.
    func report(_ end: Order.End) -> Result {
        switch end {
        case .planned(let preview): planned(preview)
        case .cancelled(let preview): cancelled(preview.user, reason: preview.reason.code)
        case .unchanged(let preview, let because): unchanged(preview, because: because)
        case .alreadyLocked(let preview, let lock, let repair):
            standing(preview, lock, repair: repair)
        case .requested(let preview, let process): requested(preview, process)
        case .carriedOut(let process, let user): carriedOut(process, user: user)
        case .decided(let process, let user):
            Result(.ok, written(process, user: user))
        }
    }

    private func requested(_ preview: ProcessPreview, _ process: ProcessID) -> Result {
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
            ProcessResult(preview, outcome: .requested, process: process, by: context.by))
    }

    private func planned(_ preview: ProcessPreview) -> Result {
        if world.command.flag(.ldif) {
            world.output.write(preview.ldif)
        } else if !world.wantsJSON {
            PreviewReport(output: world.output).write(preview)
        }
        let result =
            switch preview.verdict {
            case .proceed:
                ProcessResult(preview, outcome: .planned, process: nil, by: context.by)
            case .alreadyLocked(let lock): ProcessResult(preview, standing: lock, repair: nil)
            case .unchanged:
                ProcessResult(preview, outcome: .unchanged, process: nil, by: context.by)
            }
        // The id of a copy's user would mean somebody else one day.
        let isKnown = newcomers?.rehearsalStore(of: preview.user) == nil
        return Result(.ok, isKnown ? result : result.withoutUserID)
    }

    private func unchanged(_ preview: ProcessPreview, because: String) -> Result {
        if !world.wantsJSON {
            world.output.hanging(
                [], "\(preview.user.record.username) is \(because): nothing to do")
        }
        return Result(
            .ok, ProcessResult(preview, outcome: .unchanged, process: nil, by: context.by))
    }

    private func standing(
        _ preview: ProcessPreview, _ lock: RecordedLock, repair: IdentityProcess?
    ) -> Result {
        if !world.wantsJSON {
            world.output.line(
                "\(preview.user.record.username) is already locked: process \(lock.process), \(lock.reason) (\(lock.text)), \(LocalTime.text(lock.at)) by \(lock.by)"
            )
            if let repair, repair.id != lock.process || repair.isUnfinished {
                ProcessReport(world: world).write(repair, user: preview.user)
            }
        }
        return standing(preview, lock, as: repair)
    }

    private func standing(
        _ preview: ProcessPreview, _ lock: RecordedLock, as repair: IdentityProcess?
    ) -> Result {
        Result(
            repair?.isUnfinished == true ? .unfinished : .ok,
            ProcessResult(preview, standing: lock, repair: repair),
            open: repair.flatMap { open($0) { standing(preview, lock, as: $0) } })
    }

    private func open(
        _ process: IdentityProcess, _ result: @escaping (IdentityProcess) -> Result
    ) -> Open? {
        process.isUnfinished ? Open(process: process, result: result) : nil
    }

    private func carriedOut(_ process: IdentityProcess, user: User) -> Result {
        if !world.wantsJSON { ProcessReport(world: world).write(process, user: user) }
        if process.isUnfinished {
            let why = world.isInterrupted() ? "interrupted: what stands above as done stays; " : ""
            world.log.notice(
                "\(why)the next sync goes on with it, or: lockstep retry \(process.id)")
        }
        return carriedOut(process, of: user)
    }

    private func carriedOut(_ process: IdentityProcess, of user: User) -> Result {
        let code: ExitCode =
            process.isUnfinished ? .unfinished : process.state == .refused ? .refused : .ok
        return Result(
            code, ProcessResult(process, user: user),
            open: open(process) { carriedOut($0, of: user) })
    }

    /// What became of a process, for people or as JSON.
    private func written(_ process: IdentityProcess, user: User) -> ProcessResult {
        if !world.wantsJSON { ProcessReport(world: world).write(process, user: user) }
        return ProcessResult(process, user: user)
    }
}

/// Shows a plan to a person, and asks what they say of it.
struct Consent {
    let world: World

    /// Who says Next: nobody of a dry run, whoever gave `--yes`, or a person.
    var mode: Order.Mode {
        if world.command.flag(.dryRun) { return .rehearsal }
        return world.command.flag(.yes) ? .agreed : .asked
    }

    /// `isAnother`: a plan was shown before, and this is another; `write` shows it.
    func ask(
        _ preview: ProcessPreview, isAnother: Bool, showing write: (Output) -> Void
    ) -> Order.Consent {
        guard mode == .asked else {
            if mode == .agreed { world.noteConsent() }
            return .given
        }
        if isAnother { PreviewReport(output: world.errors).writeChanged() }
        write(world.errors)
        world.errors.line("")
        guard world.prompt.confirms(preview.question) else { return .refused }
        world.noteConsent()
        return .given
    }
}
