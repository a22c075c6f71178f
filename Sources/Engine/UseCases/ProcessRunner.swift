internal import Configuration
internal import Identity
internal import LDAP
internal import LDAPClient
internal import Store

/// Carries out what the journal holds of a process: directory steps, reading back, how it stands.
struct ProcessRunner {
    let store: Store
    let by: Operator
    let clock: Timestamp
    /// Asked between two steps: whether a signal asks to stop.
    let isInterrupted: () -> Bool

    /// Takes every step that is pending or failed, in order, and reads back what they brought about.
    ///
    /// One program at a time does this for a user: when another one is at it, nothing is tried and
    /// the process stays as it is.
    func run(
        _ id: Int64, directory: DirectorySettings, shared: SharedSession
    ) throws -> IdentityProcess {
        try withExecutorLock(of: id) { process, user in
            let process = try withNewGroups(
                process, user: user, directory: directory, shared: shared)
            var attempts = Attempts(process: process)
            try take(&attempts, user: user, directory: directory, shared: shared)
            try store.finish(attempts.end(at: clock), by: by)
        }
    }

    /// Writes down that the directory could not be reached.
    func postpone(_ id: Int64, why: StepError) throws -> IdentityProcess {
        try withExecutorLock(of: id) { process, _ in
            var attempts = Attempts(process: process)
            attempts.postponeAll(why)
            try store.finish(attempts.end(at: clock), by: by)
        }
    }

    /// Reads the process again once nobody else can be at it.
    private func withExecutorLock(
        of id: Int64, _ body: (IdentityProcess, User) throws -> Void
    ) throws -> IdentityProcess {
        let process = try store.existingProcess(id)
        guard let lock = try store.executorLock(of: process.user) else { return process }
        if let user = try store.user(process.user) {
            let current = try store.existingProcess(id)
            if current.isBegun { try body(current, user) }
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
            step.kind == .removeFromGroup ? step.remote?.entry : nil
        }
        do {
            let entry = try shared.session.find(
                user.record.entryID, near: user.record.dn, attributes: [.uid, .memberOf])
            let groups = try DirectoryReader(directory: directory, shared: shared, store: store)
                .groups(of: user, entry: entry, without: Set(known))
                .filter { !$0.isKept }
            guard !groups.isEmpty else { return process }
            try store.extend(process, with: groups)
            return try store.existingProcess(process.id)
        } catch is LDAPFailure {
            // The steps that are known meet the same trouble, and tell of it.
            return process
        }
    }

    private func take(
        _ attempts: inout Attempts, user: User, directory: DirectorySettings,
        shared: SharedSession
    ) throws {
        let process = attempts.process
        let witnesses = try store.witnesses(for: user)
        var executor = StepExecutor(
            shared: shared, witnesses: witnesses, directory: directory, process: process,
            user: user,
            clock: clock,
            journal: { prior, step in
                if try store.processes.prior(of: step) == nil {
                    try store.journal(prior, of: step)
                }
            })
        for step in process.steps where step.isUnfinished && step.kind != .verify {
            if isInterrupted() { return }
            guard try store.processes.newest(of: process.user) == process.id else { return }
            store.pass(.step)
            let result = try executor.attempt(step)
            store.pass(.answered)
            attempts[step] = result
            if result.refuses {
                attempts.isRefused = true
                return
            }
            guard shared.session.connection.isUsable else {
                attempts.postponeAll(result.error)
                return
            }
        }
        if isInterrupted() { return }
        do {
            attempts.note(
                try ReadBack(
                    of: process, user: user, shared: shared, witnesses: witnesses, clock: clock))
        } catch let failure as LDAPFailure {
            attempts.verification = StepResult(failure, dialect: shared.session.dialect)
        }
        store.pass(.readBack)
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
    fileprivate var stripsGroups: Bool {
        switch useCase {
        case .lock: true
        case .deactivate: steps.contains { $0.kind == .disableEntry }
        case .reactivate, .unlock: false
        }
    }

    /// Whether it was begun and is not over.
    package var isBegun: Bool { state == .open || state == .partial }
}
