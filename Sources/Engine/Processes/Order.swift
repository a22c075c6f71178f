internal import Configuration
internal import Ground
package import Identity
internal import LDAP
package import Store

/// The one order in which a process comes about: a look at what would be done, consent, the beginning,
/// the steps, and reading back what they brought about.
///
/// An operator's command, the approval of a request and each of a list go through it; a sync's own
/// processes use its first half with another look.
package struct Order {
    /// What somebody says of a plan.
    package enum Consent: Sendable {
        case given
        case refused
        /// What was agreed to is not what would happen by now: look again.
        case outdated
    }

    /// Who says Next.
    package enum Mode: Sendable {
        /// Nobody: a dry run.
        case rehearsal
        /// It was said beforehand.
        case agreed
        /// Somebody who reads the plan first, and takes their time.
        case asked
    }

    /// How it ended for one user.
    package enum End {
        /// What would be done, and nobody does.
        case planned(ProcessPreview)
        /// Somebody looked, and decided against it.
        case cancelled(ProcessPreview)
        /// The user is what they should become already.
        case unchanged(ProcessPreview, because: String)
        /// `repair`: the lock that stands or what repaired its drift; nil where nothing was repaired.
        case alreadyLocked(ProcessPreview, RecordedLock, repair: IdentityProcess?)
        /// It waits for somebody else's approval, under the number that the process will have.
        case requested(ProcessPreview, process: ProcessID)
        case carriedOut(IdentityProcess, of: User)
        /// Somebody else has decided about the request meanwhile: what became of it.
        case decided(IdentityProcess, of: User)
    }

    /// Everything up to the directory's last answers, which may be on their way.
    package enum Started {
        case over(End)
        case underWay(ProcessRunner.Started, of: User)
    }

    /// Asks for consent; `isAnother`: a plan was shown before, and this is another one.
    package typealias Question = (_ preview: ProcessPreview, _ isAnother: Bool) throws -> Consent

    /// Seconds that the directory has for the last look before a process is begun.
    private static let lastLook = 5.0

    package let useCase: UseCase
    package let context: EngineContext
    private let elsewhere: ProcessRunner.Elsewhere
    private let planner: UsersProc

    /// One of many leaves to the caller what is done in no directory: `elsewhere`.
    ///
    /// `isOfList`: each is one of a list that somebody gave.
    package init(
        _ useCase: UseCase, _ context: EngineContext,
        elsewhere: ProcessRunner.Elsewhere = .atOnce, isOfList: Bool = false
    ) {
        self.useCase = useCase
        self.context = context
        self.elsewhere = elsewhere
        planner = UsersProc(useCase, context, isOfList: isOfList)
    }

    /// From the first look to the beginning of what an operator wants.
    package func start(
        _ wish: UsersProc.Wish, _ mode: Mode, consent: Question
    ) throws -> Started {
        let at = context.clock()
        return try start(
            wish, at: at, mode, consent: consent,
            standing: { preview in
                switch preview.verdict {
                case .proceed: nil
                case .alreadyLocked(let lock): try repair(wish, at: at, lock)
                case .unchanged(let because): .unchanged(preview, because: because)
                }
            },
            begin: { preview in
                let isRequest = Approval.isNeeded(
                    for: useCase, forced: preview.forced, in: context.settings)
                guard isRequest else { return try begin(preview) }
                return .over(
                    .requested(preview, process: try Approval(context).request(preview)))
            })
    }

    /// The same for a request that somebody else approves: the plan is made anew.
    package func approve(
        _ request: Request, _ mode: Mode, consent: Question
    ) throws -> Started {
        let wish = UsersProc.Wish(
            user: request.user, reason: request.reason, note: request.note, forced: false,
            restoresRoles: request.restoresRoles, rolesOf: request.rolesOf,
            requestedBy: request.by)
        return try start(
            wish, at: context.clock(), mode, of: request.process, consent: consent,
            standing: { preview in
                switch preview.verdict {
                case .proceed: nil
                case .alreadyLocked(let lock): .alreadyLocked(preview, lock, repair: nil)
                case .unchanged(let because): .unchanged(preview, because: because)
                }
            },
            begin: { preview in
                // Somebody else may have decided meanwhile.
                guard try Approval(context).approvable(request.process) != nil else {
                    return .over(
                        .decided(
                            try context.store.existingProcess(request.process), of: preview.user))
                }
                return try begin(preview, request: request.process)
            })
    }

    /// Waits for the directory's answers, and reads back what they brought about.
    package func finish(_ started: Started) throws -> End {
        switch started {
        case .over(let end): end
        case .underWay(let run, let user):
            .carriedOut(
                try ProcessRunner(context, elsewhere: elsewhere).finish(run), of: user)
        }
    }

    /// From now on a directory that has not answered within some seconds, for everything together, is not
    /// waited for.
    package func hurry() { context.sessions.allow(seconds: Self.lastLook) }

    /// Somebody has agreed and the process is begun, or somebody is asked again: from here on each
    /// operation has its own time.
    private func takeTime() { context.sessions.allowEachOperation() }
}

extension Order {
    /// `standing`: how it ends where nothing is to be begun; nil: something is.
    private func start(
        _ wish: UsersProc.Wish, at: Timestamp, _ mode: Mode, of request: ProcessID? = nil,
        consent: Question, standing: (ProcessPreview) throws -> End?,
        begin: (ProcessPreview) throws -> Beginning<End>?
    ) throws -> Started {
        var agreement = Agreement(isGiven: mode == .agreed)
        if mode != .rehearsal { try context.authorities.bind(wish.user, in: context.store) }
        // The steps that follow, or the next user of a list, have their full time again.
        defer { takeTime() }
        let beginning = try Beginning<End>(
            look: {
                let preview = try look(wish, at: at, isLast: agreement.isGiven)
                if mode == .rehearsal { return .over(.planned(preview)) }
                return try standing(preview).map { .over($0) } ?? .plan(preview)
            },
            consent: { preview in
                guard mode == .asked else { return try consent(preview, false) }
                return try agree(to: preview, wish, at: at, &agreement, consent)
            },
            begin: begin)
        switch beginning {
        case .over(let end): return .over(end)
        case .begun(let process, let preview):
            takeTime()
            return .underWay(
                try ProcessRunner(context).start(
                    process, isPlannedAfresh: preview.staleBecause == nil), of: preview.user)
        case .refused(let preview):
            try recordCancellation(of: preview.user, request: request)
            return .over(.cancelled(preview))
        case .contested(let preview):
            throw Refusal(
                .unfinished,
                "\(preview.user.record.username) is changed by somebody else all the time",
                hint: "Nothing was done; try again.")
        }
    }

    /// Asks, and looks once more: the plan that somebody saw must be the plan that is carried out.
    private func agree(
        to preview: ProcessPreview, _ wish: UsersProc.Wish, at: Timestamp,
        _ agreement: inout Agreement, _ consent: Question
    ) throws -> Consent {
        if agreement.isGiven { return .given }
        let answer = try consent(preview, agreement.shown.map { $0 != preview.plan } ?? false)
        agreement.shown = preview.plan
        guard answer == .given else { return answer }
        let last = try look(wish, at: at, isLast: true)
        // From here on consent was given: a signal finds nobody to ask again.
        agreement.isGiven = context.isInterrupted()
        // A directory that does not answer by now holds nothing up.
        let isSilent = preview.staleBecause == nil && last.staleBecause != nil
        if agreement.isGiven || isSilent || last.plan == preview.plan { return .given }
        takeTime()
        return .outdated
    }

    /// `isLast`: somebody has said Next.
    private func look(
        _ wish: UsersProc.Wish, at: Timestamp, isLast: Bool
    ) throws -> ProcessPreview {
        if isLast { hurry() }
        return try planner.preview(wish, at: at)
    }

    /// nil when the user was changed since the preview.
    private func begin(
        _ preview: ProcessPreview, request: ProcessID? = nil
    ) throws -> Beginning<End>? {
        try Journal(context).begin(preview, request: request).map { .begun($0, preview) }
    }

    /// A lock of a locked user changes nothing, but that drift is repaired.
    ///
    /// Drift is what is left once the lock's own steps are done, by whomever.
    private func repair(
        _ wish: UsersProc.Wish, at: Timestamp, _ lock: RecordedLock
    ) throws -> End {
        takeTime()
        let runner = ProcessRunner(context, elsewhere: .later)
        var process = try runner.carryOut(lock.process)
        let preview = try look(wish, at: at, isLast: false)
        if !process.isUnfinishedInDirectory, !preview.plan.steps.isEmpty,
            let repair = try Journal(context).begin(preview)
        {
            process = try runner.carryOut(repair)
        }
        if elsewhere == .atOnce {
            var others = StepsElsewhere(context)
            process = try others.take(of: process.id)
        }
        return .alreadyLocked(preview, lock, repair: process)
    }

    /// Cancel leaves no trace but an audit event; of a `request` it stays open.
    package func recordCancellation(of user: User, request: ProcessID? = nil) throws {
        try context.store.recordCancellation(
            of: useCase, user: user, request: request, by: context.by, at: context.clock())
    }
}

/// What was agreed to, of a plan that may become another one while somebody reads it.
private struct Agreement {
    var isGiven: Bool
    var shown: Plan?
}
