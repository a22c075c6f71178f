internal import Configuration
internal import Identity
internal import LDAP
internal import Store

/// What was seen of a process's directory steps, on the connection that wrote them.
struct ReadBack {
    /// Steps, by their ordinal, of which the directory shows something else than was wanted.
    private(set) var contradicted: [Int: String] = [:]
    /// The lock value itself was read.
    private(set) var isDisabled = false
    /// The policy in effect by which the server refuses the entry as it is; nil: none was seen.
    private(set) var policy: String?
    /// Why the account lets nobody in though what closed it was taken away.
    private(set) var closures: [String] = []
    /// What the entry says of its account; nil: it was not read.
    private(set) var account: SeenAccount?
    /// The account was read, and is enabled.
    private(set) var isEnabled = false
    /// As it was read.
    private(set) var entry: Entry?
    /// The entry is gone; nothing of it could be read back.
    private(set) var isAbsent = false

    /// Looks at everything that the steps were to bring about.
    init(
        of process: IdentityProcess, user: User, shared: SharedSession, absence: AbsenceProof,
        clock: Timestamp
    ) throws {
        let presence = try absence.presence(
            attributes: shared.session.readable(
                process.attributesOfInterest(
                    account: shared.session.accountAttributes
                        + shared.session.dialect.limitAttributes,
                    recognising: [])
                    + RefusingPolicy.attributes(shared.session.dialect)
                    + RemainingAccess.attributes(shared.session.dialect)))
        if case .present(let found) = presence { entry = found }
        let stripped = try shared.session.seenStripped(process.steps, of: user, presence: presence)
        for step in process.steps where !stripped.contains(step.ordinal) {
            try look(
                at: step, of: user, presence: presence, shared: shared, absence: absence,
                clock: clock)
        }
        if case .present(let entry) = presence {
            account = SeenAccount(
                limits: shared.session.dialect.limits(of: entry)?.kept(at: clock))
        }
        if case .present(let entry) = presence {
            try noteClosure(of: process, entry, shared, clock)
        }
        if shared.session.dialect == .custom, case .present(let entry) = presence {
            try noteOwnAttributes(of: process, in: entry, shared.session)
        }
        if isDisabled, case .present(let entry) = presence {
            policy = shared.refusingPolicy(of: entry, at: clock)
        }
    }

    /// An account that the plan left alone, or could not look at, may be closed all the same.
    private mutating func noteClosure(
        of process: IdentityProcess, _ entry: Entry, _ shared: SharedSession, _ clock: Timestamp
    ) throws {
        guard process.useCase.isRestoring, closures.isEmpty, contradicted.isEmpty,
            !process.remaining.contains(where: { $0.kind == "entry" }),
            let because = try shared.session.account(of: entry).closure(
                dialect: shared.session.dialect, at: clock)
        else { return }
        closures = [AccountOutlook.stays(because)]
    }

    /// Of a custom dialect, whose entries are disabled by what the reason writes.
    private mutating func noteOwnAttributes(
        of process: IdentityProcess, in entry: Entry, _ session: borrowing DirectorySession
    ) throws(DirectoryFailure) {
        guard let disabling = process.steps.first(where: { $0.kind == .disableEntry }) else {
            return
        }
        let writes = process.steps.flatMap { step -> [AttributeWrite] in
            if case .directory(.write(let writes), _) = step.work { writes } else { [] }
        }
        let readable = Set(try session.readable(writes.map(\.attribute)))
        if writes.isEmpty {
            contradicted[disabling.ordinal] =
                "the reason writes nothing, and with dialect custom nothing else disables an entry"
        } else if writes.allSatisfy({
            !readable.contains($0.attribute) || entry.carries($0)
        }) {
            isDisabled = true
        } else {
            contradicted[disabling.ordinal] =
                "read back, the entry does not show what the reason writes"
        }
    }

    private mutating func look(
        at step: Step, of user: User, presence: EntryPresence, shared: SharedSession,
        absence: AbsenceProof, clock: Timestamp
    ) throws {
        switch step.work {
        case .directory(.disable, _):
            switch presence {
            case .absent: isAbsent = true
            case .unseen: contradicted[step.ordinal] = "the entry can't be seen: deleted or hidden"
            case .present where shared.session.dialect == .custom: break
            case .present(let entry):
                // By a value of its own: a role or an end date of somebody else's may go.
                let own = try shared.session.account(of: entry).own
                let locked = own.with([.nsRole]) { _ in [] }
                if shared.session.dialect.accountState(of: locked, at: clock)?.because != nil {
                    isDisabled = true
                } else {
                    contradicted[step.ordinal] = "read back, the entry is not disabled"
                }
            }
        case .directory(.write(let writes), _):
            guard case .present(let entry) = presence else { return }
            let readable = Set(try shared.session.readable(writes.map(\.attribute)))
            for write in writes
            where readable.contains(write.attribute) && !entry.carries(write) {
                contradicted[step.ordinal] = "read back, it is not \(write.summary)"
            }
        case .directory(.enable(let prior, let disabledAt), _):
            guard case .present(let entry) = presence else { return }
            let dialect = shared.session.dialect
            let outlook = AccountOutlook(
                try shared.session.account(of: entry), prior: prior, disabledAt: disabledAt,
                dialect: dialect, at: clock)
            guard let outlook else { return }
            if outlook.enabling.modifications.isEmpty {
                closures = outlook.remaining
                isEnabled = dialect.accountState(of: entry, at: clock) == .enabled
            } else {
                let because = dialect.accountState(of: entry, at: clock)?.because
                contradicted[step.ordinal] =
                    because.map { "read back, the entry is disabled: \($0)" }
                    ?? "read back, the account does not show what stood there before"
            }
        case .directory(.addMember(let role), _) where role.isOfEntry:
            guard case .present(let entry) = presence, !role.isShown(in: entry) else { return }
            contradicted[step.ordinal] = "read back, the entry does not show the role"
        case .directory(.removeMember(let role), _) where role.isOfEntry:
            guard case .present(let entry) = presence, role.isShown(in: entry) else { return }
            contradicted[step.ordinal] = "read back, the entry still has the role"
        case .directory(.addMember(let membership), let group):
            guard case .present(let entry) = presence else { return }
            let isHers = membership.filter(of: entry)
            if let found = try shared.session.find(group, near: step.target, attributes: []),
                try shared.session.entry(at: found.dn, matching: isHers, attributes: []) == nil
            {
                contradicted[step.ordinal] = "read back, the group does not show the member"
            }
        case .directory(.removeMember(let membership), let group):
            let names = try shared.session.memberNames(
                of: user, planned: membership, presence: presence)
            let seen = try shared.session.contradiction(
                of: names, absence: absence, in: group, near: step.target)
            if let seen { contradicted[step.ordinal] = seen }
        case .local, .directory(.restore, _), .directory(.verify, _):
            // What was given back may be changed again by its owners at once.
            break
        }
    }
}

extension DirectorySession {
    /// The steps whose group is seen with members and without her, some groups' searches at a time.
    ///
    /// What is not among them is looked at more closely.
    fileprivate func seenStripped(
        _ steps: [Step], of user: User, presence: EntryPresence
    ) throws(DirectoryFailure) -> Set<Int> {
        var looks: [(step: Int, names: MemberNames, dn: DN, filter: Filter)] = []
        for step in steps {
            guard case .directory(.removeMember(let membership), let group) = step.work,
                let dn = DN(step.target), let isIt = group.filter(for: dialect)
            else { continue }
            let names = try memberNames(of: user, planned: membership, presence: presence)
            guard !names.dns.isEmpty else { continue }
            looks.append((step.ordinal, names, dn, .and([isIt, .hasOthers(than: names)])))
        }
        var stripped: Set<Int> = []
        for some in looks.slices(of: 10) {
            let found = try entries(
                some.map { (dn: $0.dn, filter: $0.filter) }, attributes: Self.otherMembers)
            for (look, entry) in zip(some, found) {
                if let entry, !entry.names(look.names) { stripped.insert(look.step) }
            }
        }
        return stripped
    }

    private static var otherMembers: [AttributeName] {
        [.objectClass, .uniqueMember, .memberUid, .memberURL]
    }

    /// What speaks against her being out of the group; nil: she was seen to be out.
    ///
    /// The values of `member` may be a million, and are never asked for.
    fileprivate func contradiction(
        of names: MemberNames, absence: AbsenceProof, in group: EntryID, near target: String
    ) throws -> String? {
        let isHers = Filter.isMember(names)
        guard let found = try find(group, near: target, attributes: Self.otherMembers) else {
            return try absence.holds(ofGroup: group)
                ? nil : "read back, the group can't be seen: deleted or hidden"
        }
        if found.isDynamicGroup, let dn = names.dns.first, try isFound(dn, by: found) { return nil }
        let names = try asServed(names, in: found)
        if found.names(names) { return "read back, the group still has the member" }
        if !names.dns.isEmpty, try entry(at: found.dn, matching: isHers, attributes: []) != nil {
            return "read back, the group still has the member"
        }
        guard found[.uniqueMember].isEmpty,
            try entry(at: found.dn, matching: .present(.member), attributes: []) == nil,
            try hidesMembers(of: found)
        else { return nil }
        return "read back, the members of the group can't be seen"
    }
}

extension Entry {
    /// Whether `uniqueMember` or `memberUid` has her.
    fileprivate func names(_ names: MemberNames) -> Bool {
        [AttributeName.uniqueMember, .memberUid].contains {
            !names.hers(in: self, $0).isEmpty
        }
    }
}

extension Membership {
    /// Whether a group has the entry as a member, by whichever attribute of its own.
    ///
    /// `uniqueMember` with its optional bits is not matched by the name without.
    fileprivate func filter(of entry: Entry) -> Filter {
        if attribute == .memberUid { return .equal(attribute, AttributeValue(value)) }
        let name = AttributeValue(entry.dn.text)
        return .or([
            .equal(.member, name), .equal(.uniqueMember, name),
            .equal(.uniqueMember, AttributeValue(value)),
        ])
    }
}

extension Filter {
    fileprivate static func isMember(_ names: MemberNames) -> Filter {
        .or(names.dns.map { .equal(.member, AttributeValue($0.text)) })
    }

    fileprivate static func hasOthers(than names: MemberNames) -> Filter {
        .and([.present(.member), .not(isMember(names))])
    }
}
