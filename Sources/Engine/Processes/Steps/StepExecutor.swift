internal import Configuration
internal import Ground
internal import Identity
internal import LDAP
internal import LDAPClient
internal import Store

/// Takes the directory steps of one process, on one connection.
///
/// Every step is idempotent: it looks at what stands there, asks for what is missing, and is done
/// when the server says so or when a second look shows the wanted state.
struct StepExecutor {
    let shared: SharedSession
    let absence: AbsenceProof
    let directory: DirectorySettings
    let process: IdentityProcess
    let user: User
    let clock: Timestamp
    /// Writes prior values down before the first attempt that replaces them.
    let journal: (PriorValues, Step) throws -> Void
    private var presence: EntryPresence?
    /// nil: not looked up yet.
    private var isEntryMissing: Bool?

    init(
        shared: SharedSession, absence: AbsenceProof, directory: DirectorySettings,
        process: IdentityProcess, user: User, clock: Timestamp,
        journal: @escaping (PriorValues, Step) throws -> Void
    ) {
        self.shared = shared
        self.absence = absence
        self.directory = directory
        self.process = process
        self.user = user
        self.clock = clock
        self.journal = journal
    }

    /// One attempt at one step; throws only what concerns the store.
    ///
    /// Where the entry has been renamed or written since it was looked at, looks again, once.
    mutating func attempt(_ step: Step) throws -> StepResult {
        guard let action = step.directoryAction else { return .unknown(step.kind) }
        do {
            if let refusal = try refusal(of: step) { return refusal }
            return try action.attempt(step, by: &self)
        } catch let failure as DirectoryFailure where failure.isOfAnotherEntry || failure.isOutdated
        {
            presence = nil
        } catch let failure as DirectoryFailure {
            return StepResult(failure, dialect: shared.session.dialect)
        }
        do {
            return try action.attempt(step, by: &self)
        } catch let failure as DirectoryFailure {
            return StepResult(failure, dialect: shared.session.dialect)
        }
    }

    /// Sends what can be sent without waiting for the answer; nil: then it is an attempt as any other.
    mutating func send(_ step: Step) -> PendingRequest? {
        step.directoryAction?.send(step, by: &self)
    }

    /// The entry with everything that the steps look at, read once a process.
    mutating func lookUp() throws -> EntryPresence {
        if let presence { return presence }
        let found = try absence.presence(
            attributes: shared.session.readable(
                process.attributesOfInterest(
                    account: shared.session.accountAttributes
                        + shared.session.dialect.limitAttributes,
                    recognising: directory.recognising)))
        presence = found
        return found
    }

    /// What a step does to the user's own entry, where it is there to be written.
    mutating func onEntry(
        of step: Step, _ write: (inout StepExecutor, Entry) throws -> StepResult
    ) throws -> StepResult {
        switch try lookUp() {
        case .absent: .done
        case .unseen: .unseen(step.place)
        case .present(let entry): try write(&self, entry)
        }
    }

    /// Sends the modifications, asserted on the entry's id where the server can do that.
    ///
    /// What was read of the entry is forgotten: the next step looks anew.
    mutating func carryOut(
        _ modifications: [Modification], on entry: Entry
    ) throws -> StepResult {
        guard !modifications.isEmpty else { return .done }
        presence = nil
        try shared.session.modify(entry.dn, modifications, id: user.record.entryID)
        return .done
    }
}

// Whether the next sync would undo an unlock at once.
extension StepExecutor {
    /// Refused, before anything is given back, where that is so.
    private mutating func refusal(of step: Step) throws -> StepResult? {
        guard process.useCase == .unlock, step.kind != .verify else { return nil }
        let relock = Relock(directory: directory)
        if try isMissing(), let cause = relock.ofMissing(user.record.dn) {
            return .relocked(cause, in: step.place)
        }
        guard case .present(let entry) = try lookUp() else { return nil }
        let account = try shared.session.account(of: entry)
        var foresight = Foresight(
            shared: shared, account: account, dialect: shared.session.dialect, clock: clock,
            entry: entry)
        for step in process.steps { step.directoryAction?.foresee(&foresight) }
        let closure = account.closure(
            after: foresight.enabling, dialect: shared.session.dialect, at: clock)
        return relock.cause(
            foresight.entry.applying(foresight.enabling), closure: closure,
            dialect: shared.session.dialect, at: clock
        ).map { .relocked($0, in: step.place) }
    }

    /// Whether a sync would find the entry missing; looked up once, and only where a lock follows.
    private mutating func isMissing() throws -> Bool {
        guard directory.missing.then == .lock else { return false }
        if let known = isEntryMissing { return known }
        let written = process.steps.flatMap { $0.directoryAction?.written ?? [] }
        let found =
            try shared.isMissing(
                user.record.entryID, in: directory,
                changing: Set(shared.session.accountAttributes + written)) ?? false
        isEntryMissing = found
        return found
    }
}

extension IdentityProcess {
    /// The attributes of the entry that the steps and their reading back look at, where they may.
    func attributesOfInterest(
        account: [AttributeName], recognising: [AttributeName]
    ) -> [AttributeName] {
        // Whether the next sync would undo it is looked at before each of an unlock's steps.
        account + [.uid] + (stripsGroups ? [.memberOf] : [])
            + (useCase == .unlock ? recognising : [])
            + steps.flatMap { $0.directoryAction?.attributes ?? [] }
    }
}
