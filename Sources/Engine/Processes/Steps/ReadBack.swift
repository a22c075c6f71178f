internal import Configuration
internal import Ground
internal import Identity
internal import LDAP
internal import Store

/// What was seen of a process's directory steps, on the connection that wrote them.
struct ReadBack {
    let user: User
    let shared: SharedSession
    let absence: AbsenceProof
    let clock: Timestamp
    /// Where the entry stands.
    let presence: EntryPresence
    /// Steps, by their ordinal, of which the directory shows something else than was wanted.
    private(set) var contradicted: [Int: String] = [:]
    /// The lock value itself was read.
    var isDisabled = false
    /// The policy in effect by which the server refuses the entry as it is; nil: none was seen.
    private(set) var policy: String?
    /// Why the account lets nobody in though what closed it was taken away.
    var closures: [String] = []
    /// What the entry says of its account; nil: it was not read.
    private(set) var account: SeenAccount?
    /// The account was read, and is enabled.
    var isEnabled = false
    /// The entry is gone; nothing of it could be read back.
    var isAbsent = false

    /// Looks at everything that the steps were to bring about.
    init(
        of process: IdentityProcess, user: User, shared: SharedSession, absence: AbsenceProof,
        clock: Timestamp
    ) throws {
        self.user = user
        self.shared = shared
        self.absence = absence
        self.clock = clock
        presence = try absence.presence(
            attributes: shared.session.readable(
                process.attributesOfInterest(
                    account: shared.session.accountAttributes
                        + shared.session.dialect.limitAttributes,
                    recognising: [])
                    + RefusingPolicy.attributes(shared.session.dialect)
                    + RemainingAccess.attributes(shared.session.dialect)))
        let stripped = try shared.session.seenStripped(process.steps, of: user, presence: presence)
        for step in process.steps where !stripped.contains(step.ordinal) {
            try step.directoryAction?.look(at: step, for: &self)
        }
        guard let entry else { return }
        account = SeenAccount(limits: shared.session.dialect.limits(of: entry)?.kept(at: clock))
        try noteClosure(of: process, entry)
        if shared.session.dialect.isDisabledByReasons {
            try noteOwnAttributes(of: process, in: entry)
        }
        if isDisabled { policy = shared.refusingPolicy(of: entry, at: clock) }
    }

    /// The entry as it was read.
    var entry: Entry? { if case .present(let entry) = presence { entry } else { nil } }

    mutating func contradict(_ step: Step, _ because: String) {
        contradicted[step.ordinal] = because
    }

    /// An account that the plan left alone, or could not look at, may be closed all the same.
    private mutating func noteClosure(
        of process: IdentityProcess, _ entry: Entry
    ) throws {
        guard process.useCase.isRestoring, closures.isEmpty, contradicted.isEmpty,
            !process.remaining.contains(where: { $0.kind == .entry }),
            let because = try shared.session.account(of: entry).closure(
                dialect: shared.session.dialect, at: clock)
        else { return }
        closures = [AccountOutlook.stays(because)]
    }

    /// Of a custom dialect, whose entries are disabled by what the reason writes.
    private mutating func noteOwnAttributes(
        of process: IdentityProcess, in entry: Entry
    ) throws(DirectoryFailure) {
        guard let disabling = process.steps.first(where: { $0.kind == .disableEntry }) else {
            return
        }
        let all = process.steps.flatMap { $0.work(as: WriteReason.self)?.writes ?? [] }
        let sorted = try shared.session.sorted(all, for: entry)
        let writes = sorted.applying
        let readable = Set(try shared.session.readable(writes.map(\.attribute)))
        let isShown = writes.allSatisfy {
            !readable.contains($0.attribute) || entry.carries($0)
        }
        let contradictions =
            (isShown ? [] : ["read back, the entry does not show what the reason writes"])
            + sorted.hidden.map(\.hiddenClass)
        if !contradictions.isEmpty {
            contradict(disabling, contradictions.joined(separator: "; "))
        } else if writes.isEmpty {
            contradict(
                disabling,
                "the reason writes nothing to such an entry, and with dialect custom nothing else "
                    + "disables it")
        } else {
            isDisabled = true
        }
    }
}
