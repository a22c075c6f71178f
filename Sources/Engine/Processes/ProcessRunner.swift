internal import Configuration
package import Ground
package import Identity
internal import LDAP
internal import Store

/// Carries out what the journal holds of a process: its steps, reading back, how it stands.
package struct ProcessRunner {
    /// When the steps are taken whose other side is no directory.
    package enum Elsewhere: Sendable {
        /// Once those of the directory were tried.
        case atOnce
        /// By the caller, once it has tried those of others in the directory, too.
        case later
    }

    /// A process whose steps were taken.
    package enum Started {
        /// The answers to the last ones may still be on their way.
        case underWay(ProcessExecution)
        case over(IdentityProcess)
    }

    private let context: EngineContext
    private let elsewhere: Elsewhere
    /// Steps whose time comes later are left for then; nil: none is.
    private let dueBy: Timestamp?

    package init(
        _ context: EngineContext, elsewhere: Elsewhere = .atOnce, dueBy: Timestamp? = nil
    ) {
        self.context = context
        self.elsewhere = elsewhere
        self.dueBy = dueBy
    }

    private var store: Store { context.store }

    /// Every step that is pending or failed, and reading back; a process that is finished or superseded
    /// stays as it is.
    package func carryOut(_ id: ProcessID) throws -> IdentityProcess {
        try finish(try start(id))
    }

    /// The same; and where it is an unlock that was refused, the lock that stands again.
    func goOn(with id: ProcessID) throws -> [IdentityProcess] {
        let process = try settle(try start(id))
        return [process] + (try lockThatStands(after: process))
    }

    /// Takes the steps, in order.
    ///
    /// One program at a time does this for a user: when another one is at it, nothing is tried and
    /// the process stays as it is. `isPlannedAfresh`: the plan was made from a look at the directory
    /// just now, groups included.
    package func start(_ id: ProcessID, isPlannedAfresh: Bool = false) throws -> Started {
        let process = try store.existingProcess(id)
        guard process.isUnfinished, let user = try store.user(process.user) else {
            return .over(process)
        }
        if leavesDirectory(process) { return .over(process) }
        let directory = try context.settings.directory(of: user)
        guard !context.isInterrupted() else {
            return .over(
                try postpone(
                    id,
                    why: StepError(
                        code: .userCancelled,
                        message: "interrupted before the directory was asked")))
        }
        do {
            let execution = try begin(
                id, directory: directory, shared: try context.sessions.session(directory),
                isPlannedAfresh: isPlannedAfresh)
            guard let execution else { return .over(try store.existingProcess(id)) }
            return .underWay(execution)
        } catch let failure as DirectoryFailure {
            return .over(
                try postpone(
                    id, why: StepError(code: failure.code, message: failure.description)))
        }
    }

    /// Whether there is nothing to do in the directory now: either all that is left there is due later,
    /// or nothing is left there and it has been read back, while something is left elsewhere.
    private func leavesDirectory(_ process: IdentityProcess) -> Bool {
        let left = process.steps.filter(\.isUnfinished)
        let own = left.filter { $0.kind.isInDirectory }
        return own.isEmpty ? !left.isEmpty : !own.allSatisfy(isDue)
    }

    private func isDue(_ step: Step) -> Bool {
        guard let dueBy, let due = step.due else { return true }
        return due <= dueBy
    }

    /// Waits for the answers to what was started, and reads back.
    package func finish(_ started: Started) throws -> IdentityProcess {
        let process = try settle(started)
        _ = try lockThatStands(after: process)
        return process
    }

    /// After an unlock that was refused: the lock is carried out again, whatever the unlock had undone of
    /// it.
    private func lockThatStands(after process: IdentityProcess) throws -> [IdentityProcess] {
        guard process.state == .refused, let user = try store.user(process.user),
            let lock = try store.lock(of: user),
            try store.existingProcess(lock.process).isUnfinished, !context.isInterrupted()
        else { return [] }
        return [try settle(try start(lock.process))]
    }

    /// The directory's answers, and then the steps whose other side is no directory.
    private func settle(_ started: Started) throws -> IdentityProcess {
        let process = try settleDirectory(started)
        switch elsewhere {
        case .later: return process
        case .atOnce:
            var others = StepsElsewhere(context, dueBy: dueBy)
            return try others.take(of: process.id)
        }
    }

    /// Goes to the next server where this one takes no writes.
    private func settleDirectory(_ started: Started) throws -> IdentityProcess {
        switch started {
        case .over(let process): return process
        case .underWay(let execution):
            var shared = execution.shared
            let directory = shared.session.settings
            var process = try finish(execution)
            while process.meetsReadOnlyServer(shared.session.dialect), !context.isInterrupted(),
                let next = context.sessions.next(after: shared)
            {
                shared = next
                process =
                    try begin(process.id, directory: directory, shared: shared)
                    .map { try finish($0) } ?? store.existingProcess(process.id)
            }
            return process
        }
    }

    /// nil where another program is at it, or nothing is left to do.
    private func begin(
        _ id: ProcessID, directory: DirectorySettings, shared: SharedSession,
        isPlannedAfresh: Bool = false
    ) throws -> ProcessExecution? {
        let process = try store.existingProcess(id)
        guard let lock = try context.executorLock(of: process.user),
            let user = try store.user(process.user)
        else { return nil }
        // Read again now that nobody else can be at it.
        var current = try store.existingProcess(id)
        guard current.isUnfinished else { return nil }
        if !isPlannedAfresh {
            current = try withNewGroups(current, user: user, directory: directory, shared: shared)
        }
        let execution = ProcessExecution(
            current, of: user, in: directory, shared: shared, context: context, lock: lock,
            isPlannedAfresh: isPlannedAfresh)
        try execution.begin()
        return execution
    }

    /// Reads back, and writes down how the process stands.
    private func finish(_ execution: ProcessExecution) throws -> IdentityProcess {
        try execution.finish()
        try Journal(context).write(execution.attempts)
        execution.release()
        return try store.existingProcess(execution.process.id)
    }

    /// Writes down that the directory could not be reached.
    private func postpone(_ id: ProcessID, why: StepError) throws -> IdentityProcess {
        let process = try store.existingProcess(id)
        guard let lock = try context.executorLock(of: process.user) else { return process }
        let current = try store.existingProcess(id)
        if current.isUnfinished {
            var attempts = Attempts(process: current)
            attempts.postponeAll(why)
            try Journal(context).write(attempts)
        }
        _ = consume lock
        return try store.existingProcess(id)
    }

    /// The process with a step for each group that the user is in by now and the plan does not know: it
    /// may have been made from the last sync.
    private func withNewGroups(
        _ process: IdentityProcess, user: User, directory: DirectorySettings, shared: SharedSession
    ) throws -> IdentityProcess {
        guard process.stripsGroups, try store.processes.newest(of: process.user) == process.id
        else { return process }
        let known = process.steps.compactMap { $0.work(as: RemoveFromGroup.self)?.group }
        do {
            let entry = try shared.session.find(
                user.record.entryID, near: user.record.dn,
                attributes: [.uid, .memberOf] + shared.session.dialect.roleAttributes)
            let groups = try DirectoryReader(directory: directory, shared: shared, store: store)
                .groups(of: user, entry: entry, without: Set(known))
                .filter { !$0.isKept }
            guard !groups.isEmpty else { return process }
            try store.extend(process, with: groups)
            return try store.existingProcess(process.id)
        } catch is DirectoryFailure {
            // The steps that are known meet the same trouble, and tell of it.
            return process
        }
    }
}

extension IdentityProcess {
    /// Whether a step is pending because the server takes no writes: another one may.
    fileprivate func meetsReadOnlyServer(_ dialect: Dialect) -> Bool {
        isUnfinished
            && steps.contains { step in
                guard step.state == .pending, let error = step.error else { return false }
                return dialect.outcome(of: error.code, for: []) == .notWritableHere
            }
    }
}
