internal import Configuration
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
    var presence: EntryPresence?
    /// nil: not looked up yet.
    var isEntryMissing: Bool?

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
        guard case .directory(let change, let entry) = step.work else { return .done }
        do {
            if let refusal = try refusal(of: step) { return refusal }
            return try take(step, change, of: entry)
        } catch let failure as DirectoryFailure where failure.isOfAnotherEntry || failure.isOutdated
        {
            presence = nil
        } catch let failure as DirectoryFailure {
            return StepResult(failure, dialect: shared.session.dialect)
        }
        do {
            return try take(step, change, of: entry)
        } catch let failure as DirectoryFailure {
            return StepResult(failure, dialect: shared.session.dialect)
        }
    }

    /// Sends a removal from a group and does not wait for the answer; nil where that is no simple
    /// matter, or can't be bound to the group's id: then it is an attempt as any other.
    mutating func send(_ step: Step) -> PendingRequest? {
        guard process.useCase == .lock || process.useCase == .deactivate,
            shared.session.canAssert, let dn = DN(step.target),
            case .directory(.removeMember(let membership), let group) = step.work,
            membership.attribute == .member
        else { return nil }
        // What goes wrong here goes wrong again, and is told, in the attempt.
        guard let presence = try? lookUp(),
            let names = try? shared.session.memberNames(
                of: user, planned: membership, presence: presence), names.dns.count == 1
        else { return nil }
        let removal = Modification(.delete, .member, [AttributeValue(names.dns[0].text)])
        return try? shared.session.beginModify(dn, [removal], id: group)
    }

    private mutating func take(
        _ step: Step, _ change: DirectoryChange, of entry: EntryID
    ) throws -> StepResult {
        switch change {
        case .disable: try disable(step)
        case .enable(let prior, let disabledAt):
            try enable(step, prior: prior, disabledAt: disabledAt)
        case .write(let writes): try write(writes, step)
        case .restore(let restored): try restore(restored, step)
        case .removeMember(let membership):
            try remove(membership, from: entry, step)
        case .addMember(let membership): try add(membership, to: entry, at: step.target)
        case .verify: .done
        }
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

extension IdentityProcess {
    /// The attributes of the entry that the steps and their reading back look at, where they may.
    func attributesOfInterest(
        account: [AttributeName], recognising: [AttributeName]
    ) -> [AttributeName] {
        var names = account + [.uid] + (stripsGroups ? [.memberOf] : [])
        // Whether the next sync would undo it is looked at before each of its steps.
        if useCase == .unlock { names += recognising }
        for step in steps {
            switch step.work {
            case .directory(.write(let writes), _): names += writes.map(\.attribute)
            case .directory(.restore(let restored), _): names += restored.map(\.attribute)
            case .directory(.removeMember(let membership), _) where membership.isOfEntry,
                .directory(.addMember(let membership), _) where membership.isOfEntry:
                names.append(membership.attribute)
            case .local, .directory(.disable, _), .directory(.enable, _),
                .directory(.removeMember, _), .directory(.addMember, _), .directory(.verify, _):
                break
            }
        }
        return names
    }
}
