internal import Configuration
internal import Ground
internal import Identity
internal import LDAP
internal import LDAPClient
internal import Store

/// A process that is being carried out: its user's executor lock, what was answered, and the
/// removals that are on their way to the server.
///
/// Nothing counts as done before the server's answer; what was sent and not answered when the
/// program ends is sent again by the next one, and is done then.
package final class ProcessExecution {
    /// Removals on their way at a time: enough to keep a server busy, and few enough that it has a
    /// thread left for somebody else's reading (slapd has 16).
    private static let mostSent = 8

    let process: IdentityProcess
    let shared: SharedSession
    private(set) var attempts: Attempts
    private let user: User
    private let context: EngineContext
    private let clock: Timestamp
    private let absence: AbsenceProof
    private let directory: DirectorySettings
    private let isPlannedAfresh: Bool
    private var lock: ExecutorLock?
    private var executor: StepExecutor
    private var sent: [(step: Step, request: PendingRequest)] = []
    /// Nothing more is to be sent, nor read back.
    private var isCutShort = false

    init(
        _ process: IdentityProcess, of user: User, in directory: DirectorySettings,
        shared: SharedSession, context: EngineContext, lock: consuming ExecutorLock,
        isPlannedAfresh: Bool
    ) {
        clock = context.clock()
        absence = AbsenceProof(shared: shared, store: context.store, user: user)
        executor = StepExecutor(
            shared: shared, absence: absence, directory: directory, process: process,
            user: user, clock: clock, journal: Journal(context).keep)
        attempts = Attempts(process: process)
        self.directory = directory
        self.isPlannedAfresh = isPlannedAfresh
        self.process = process
        self.user = user
        self.shared = shared
        self.context = context
        self.lock = consume lock
    }

    private var store: Store { context.store }

    /// Takes every step of the directory in order; the last removals may be unanswered afterwards.
    func begin() throws {
        let own = process.steps.filter {
            $0.isUnfinished && $0.kind.isInDirectory && $0.kind != .verify
        }
        for step in own {
            guard try maySend() else {
                isCutShort = true
                return
            }
            store.pass(.step)
            if let request = executor.send(step) {
                sent.append((step, request))
                if sent.count >= Self.mostSent { try settle(1) }
            } else {
                try settle(sent.count)
                if !isCutShort { try take(step) }
            }
            if isCutShort { return }
        }
    }

    /// Waits for what is on its way, and reads back what all of it brought about.
    func finish() throws {
        try settle(sent.count)
        guard !isCutShort, !context.isInterrupted() else { return }
        do {
            let seen = try ReadBack(
                of: process, user: user, shared: shared, absence: absence, clock: clock)
            attempts.note(seen)
            if process.stripsGroups, let entry = seen.entry { try noteRemaining(of: entry) }
            attempts.isProven = try attempts.isDisabled && seen.entry.map(isProven) ?? false
        } catch let failure as DirectoryFailure {
            attempts.verification = StepResult(failure, dialect: shared.session.dialect)
        }
        store.pass(.readBack)
    }

    /// What still gives access, as far as the plan could not know it: made of the store, it has seen no
    /// entry.
    private func noteRemaining(of entry: Entry) throws {
        attempts.noteHidden(
            try DirectoryReader(directory: directory, shared: shared, store: store)
                .hiddenGroups(of: entry))
        guard !isPlannedAfresh else { return }
        attempts.noteRemaining(
            try RemainingAccess(directory: directory, shared: shared).findings(of: entry))
    }

    /// Whether the canary has proven that a lock of such an entry is enforced.
    private func isProven(_ entry: Entry) throws -> Bool {
        // A proof is an extra: where its file can't be read, the lock is written and no more.
        let name = shared.session.settings.name
        guard let record = try? CanaryFile.record(of: name, beside: store.path) else {
            return false
        }
        return try shared.isProven(by: record, entry, at: clock)
    }

    /// Frees the user's steps for other programs, once what became of them is written down.
    func release() { lock = nil }

    private func maySend() throws -> Bool {
        guard !context.isInterrupted() else { return false }
        return try store.processes.newest(of: process.user) == process.id
    }

    /// The first `count` of what was sent; what was refused is tried once more, and looked at.
    private func settle(_ count: Int) throws {
        for _ in 0..<count {
            let (step, request) = sent.removeFirst()
            do throws(DirectoryFailure) {
                try shared.session.connection.awaitModify(request)
                store.pass(.answered)
                attempts[step] = .done
                continue
            } catch {
                attempts[step] = StepResult(error, dialect: shared.session.dialect)
            }
            if shared.session.connection.isUsable, try maySend() {
                try take(step)
            } else {
                cutShort(after: step)
            }
        }
    }

    private func take(_ step: Step) throws {
        let result = try executor.attempt(step)
        store.pass(.answered)
        attempts[step] = result
        if result.refuses {
            attempts.isRefused = true
            isCutShort = true
        } else if !shared.session.connection.isUsable {
            cutShort(after: step)
        }
    }

    /// Where the way to the directory is gone, the same is true of every step.
    private func cutShort(after step: Step) {
        isCutShort = true
        if !shared.session.connection.isUsable { attempts.postponeAll(attempts[step]?.error) }
    }
}
