internal import Configuration
package import Ground
package import Identity
internal import LDAP
internal import Store

/// Takes steps whose other side is no directory, once those of the directory were tried, whatever became
/// of them.
///
/// They hold nothing up: whoever takes one has no lock that the directory's steps need. Where the other
/// side has a queue (``OutsideAction/isQueued``) it hears of one thing at a time, by whichever program,
/// and of the oldest first that is due.
package struct StepsElsewhere {
    /// What one other side has to hear of a process, and what older processes have for it before that.
    private static let patience = Duration.seconds(60)

    /// How an attempt went.
    private enum Attempt {
        /// Another program is at it.
        case busy
        /// There is nothing to be taken any more.
        case void
        case taken(StepResult)
    }

    /// How many were done.
    package private(set) var done = 0
    private let context: EngineContext
    /// Steps whose time comes later are left for then; nil: none is.
    private let dueBy: Timestamp?
    /// When no further one is taken; nil: there is no such time.
    private let deadline: ContinuousClock.Instant?
    private var putOffs = PutOffs()

    package init(
        _ context: EngineContext, dueBy: Timestamp? = nil,
        deadline: ContinuousClock.Instant? = nil
    ) {
        self.context = context
        self.dueBy = dueBy
        self.deadline = deadline
    }

    private var store: Store { context.store }

    private var goesOn: Bool {
        !context.isInterrupted() && (deadline.map { ContinuousClock.now < $0 } ?? true)
    }

    /// Those of one process, waiting for whoever is at the same other side; in a queue what is older and
    /// due goes first.
    package mutating func take(of id: ProcessID) throws -> IdentityProcess {
        let process = try store.existingProcess(id)
        var spent: [String: Duration] = [:]
        for step in process.steps where isToBeTaken(step, of: process) {
            guard goesOn else { break }
            if step.isQueued { try takeOlder(than: step) }
            try take(step, waiting: true, &spent)
        }
        return try store.existingProcess(id)
    }

    /// All of them, of the oldest process first.
    ///
    /// `waiting` false: who is called by another program is left to that one. `progress`: told how many
    /// processes of how many were gone over. Returns them.
    package mutating func takeAll(
        waiting: Bool, progress: (_ done: Int, _ all: Int) -> Void = { _, _ in }
    ) throws -> [ProcessID] {
        let ids = try store.processes.unfinishedElsewhere(dueBy: dueBy)
        for (done, id) in ids.enumerated() {
            guard goesOn else { break }
            progress(done, ids.count)
            guard try context.isConfigured(id) else { continue }
            let process = try store.existingProcess(id)
            var spent: [String: Duration] = [:]
            for step in process.steps where goesOn && isToBeTaken(step, of: process) {
                try take(step, waiting: waiting, &spent)
            }
        }
        return ids
    }

    /// The steps that stand before a step in its queue and are due.
    private mutating func takeOlder(than step: Step) throws {
        let end = ContinuousClock.now + Self.patience
        let older = try store.processes.unfinishedElsewhere(
            dueBy: context.clock(), kind: step.kind, target: step.target)
        for id in older where id < step.process {
            guard goesOn, ContinuousClock.now < end else { return }
            let process = try store.existingProcess(id)
            let same = process.steps.first { $0.kind == step.kind && $0.target == step.target }
            guard let same, try context.isConfigured(id) else { continue }
            var spent: [String: Duration] = [:]
            try take(same, waiting: true, &spent)
        }
    }

    /// `spent`: the time that each other side has taken of this process so far.
    private mutating func take(
        _ step: Step, waiting: Bool, _ spent: inout [String: Duration]
    ) throws {
        let side = step.side
        guard !putOffs.leavesAlone(side), spent[side, default: .zero] < Self.patience
        else { return }
        let began = ContinuousClock.now
        switch try attempt(step, waiting: waiting) {
        case .busy: putOffs.leaveAlone(side)
        case .void: break
        case .taken(let result):
            if result.state == .done { done += 1 }
            putOffs.note(side, result, since: began)
        }
        spent[side, default: .zero] += ContinuousClock.now - began
    }

    /// One attempt, by the one program that is at it.
    private func attempt(_ step: Step, waiting: Bool) throws -> Attempt {
        if step.isQueued {
            let lock = try context.queueLock(
                step.kind, step.target,
                waiting: waiting ? step.outsideAction?.longest(step, in: context) ?? 0 : 0)
            guard let lock else { return .busy }
            let attempt = try attemptAlone(step)
            _ = consume lock
            return attempt
        }
        let user = try store.existingProcess(step.process).user
        guard let lock = try context.elsewhereLock(of: user) else { return .busy }
        let attempt = try attemptAlone(step)
        _ = consume lock
        return attempt
    }

    private func attemptAlone(_ step: Step) throws -> Attempt {
        // Read again now that nobody else can be at it.
        let process = try store.existingProcess(step.process)
        guard let step = process.steps.first(where: { $0.isSame(as: step) }),
            isToBeTaken(step, of: process),
            try store.processes.newest(of: process.user) == process.id
        else { return .void }
        store.pass(.step)
        let result = try result(of: step, of: process)
        store.pass(.answered)
        try store.finish(elsewhere: step, result, by: context.by, at: context.clock())
        return .taken(result)
    }

    private func result(of step: Step, of process: IdentityProcess) throws -> StepResult {
        guard let action = step.outsideAction else { return .unknown(step.kind) }
        let result = try action.attempt(step, of: process, in: context)
        guard result.state == .done,
            let because = try action.contradiction(of: step, of: process, in: context)
        else { return result }
        return StepResult(
            state: .pending,
            error: StepError(code: .success, message: because))
    }

    private func isToBeTaken(_ step: Step, of process: IdentityProcess) -> Bool {
        guard process.isUnfinished, step.isUnfinished, step.kind.isElsewhere,
            !process.mayBeRefused
        else { return false }
        guard let dueBy, let due = step.due else { return true }
        return due <= dueBy
    }
}

extension EngineContext {
    /// Whether the process is of somebody whose directory is configured: others are left alone.
    func isConfigured(_ process: ProcessID) throws -> Bool {
        guard let user = try store.user(try store.existingProcess(process).user) else {
            return false
        }
        return settings.directories.contains { $0.name == user.directory }
    }
}

extension IdentityProcess {
    /// An unlock of which the directory has answered nothing yet.
    ///
    /// It is refused where the next sync would undo it, and that shows with its first step: nobody is to
    /// open a door before.
    fileprivate var mayBeRefused: Bool {
        guard useCase == .unlock else { return false }
        let own = steps.filter { $0.kind.isInDirectory && $0.kind != .verify }
        return !own.isEmpty && own.allSatisfy { $0.state == .pending }
    }
}

extension Step {
    /// Whether the other side hears of one thing at a time.
    fileprivate var isQueued: Bool { outsideAction.map { type(of: $0).isQueued } ?? false }

    fileprivate var side: String {
        outsideAction?.side(of: self) ?? "\(kind.rawValue) \(target)"
    }
}
