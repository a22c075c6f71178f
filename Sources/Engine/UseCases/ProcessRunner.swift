internal import Configuration
internal import Identity
internal import LDAP
internal import Store

/// Carries out what the journal holds of a process: directory steps, reading back, how it stands.
struct ProcessRunner {
    let context: EngineContext
    /// Of one going-over.
    let clock: Timestamp

    init(_ context: EngineContext) {
        self.context = context
        clock = context.clock()
    }

    private var store: Store { context.store }

    private var by: Operator { context.by }

    /// Takes every step that is pending or failed, in order, and reads back what they brought about.
    ///
    /// One program at a time does this for a user: when another one is at it, nothing is tried and
    /// the process stays as it is.
    func run(
        _ id: Int64, directory: DirectorySettings, shared: SharedSession
    ) throws -> IdentityProcess {
        guard let execution = try start(id, directory: directory, shared: shared) else {
            return try store.existingProcess(id)
        }
        return try finish(execution)
    }

    /// Takes the steps; nil where another program is at it, or nothing is left to do.
    ///
    /// `isPlannedAfresh`: the plan was made from a look at the directory just now, groups included.
    func start(
        _ id: Int64, directory: DirectorySettings, shared: SharedSession,
        isPlannedAfresh: Bool = false
    ) throws -> ProcessExecution? {
        let process = try store.existingProcess(id)
        guard let lock = try store.executorLock(of: process.user),
            let user = try store.user(process.user)
        else { return nil }
        // Read again now that nobody else can be at it.
        var current = try store.existingProcess(id)
        guard current.isBegun else { return nil }
        if !isPlannedAfresh {
            current = try withNewGroups(current, user: user, directory: directory, shared: shared)
        }
        let execution = try ProcessExecution(
            current, of: user, in: directory, shared: shared, runner: self, lock: lock,
            isPlannedAfresh: isPlannedAfresh)
        try execution.begin()
        return execution
    }

    /// Reads back, and writes down how the process stands.
    func finish(_ execution: ProcessExecution) throws -> IdentityProcess {
        try execution.finish()
        try store.finish(execution.attempts.end(at: clock), by: by)
        execution.release()
        return try store.existingProcess(execution.process.id)
    }

    /// Writes down that the directory could not be reached.
    func postpone(_ id: Int64, why: StepError) throws -> IdentityProcess {
        let process = try store.existingProcess(id)
        guard let lock = try store.executorLock(of: process.user) else { return process }
        let current = try store.existingProcess(id)
        if current.isBegun {
            var attempts = Attempts(process: current)
            attempts.postponeAll(why)
            try store.finish(attempts.end(at: clock), by: by)
        }
        _ = consume lock
        return try store.existingProcess(id)
    }

    /// The process with a step for each group that she is in by now and the plan does not know: it
    /// may have been made from the last sync.
    private func withNewGroups(
        _ process: IdentityProcess, user: User, directory: DirectorySettings, shared: SharedSession
    ) throws -> IdentityProcess {
        guard process.stripsGroups, try store.processes.newest(of: process.user) == process.id
        else { return process }
        let known = process.steps.compactMap { step in
            if case .directory(.removeMember, let group) = step.work { group } else { nil }
        }
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

extension Step {
    /// Whether a retry takes it.
    var isUnfinished: Bool { state == .pending || state == .failed }
}

extension IdentityProcess {
    /// Whether it takes the user out of every role group.
    ///
    /// A deactivation that the directory itself caused keeps the memberships.
    var stripsGroups: Bool {
        switch useCase {
        case .lock: true
        case .deactivate: steps.contains { $0.kind == .disableEntry }
        case .reactivate, .unlock, .restoreRoles: false
        }
    }

    /// Whether it was begun and is not over.
    package var isBegun: Bool { state == .open || state == .partial }
}
