internal import Configuration
internal import Identity
internal import LDAP
internal import LDAPClient
internal import Store

/// What was seen of a process's directory steps, on the connection that wrote them.
struct ReadBack {
    /// Steps, by their ordinal, of which the directory shows something else than was wanted.
    private(set) var contradicted: [Int: String] = [:]
    /// The lock value itself was read.
    private(set) var isDisabled = false
    /// By what the entry is disabled though it was to be enabled: somebody else's, and left alone.
    private(set) var staysDisabled: String?
    /// The entry is gone; nothing of it could be read back.
    private(set) var isAbsent = false

    /// Looks at everything that the steps were to bring about.
    init(
        of process: IdentityProcess, user: User, shared: SharedSession, witnesses: [EntryID],
        clock: Timestamp
    ) throws {
        let presence = try shared.session.presence(
            of: user.record.entryID, near: user.record.dn, witnesses: witnesses,
            attributes: process.attributesOfInterest(
                account: shared.session.accountAttributes, recognising: []))
        for step in process.steps {
            try look(
                at: step, of: user, presence: presence, shared: shared, witnesses: witnesses,
                clock: clock)
        }
    }

    private mutating func look(
        at step: Step, of user: User, presence: EntryPresence, shared: SharedSession,
        witnesses: [EntryID],
        clock: Timestamp
    ) throws {
        switch step.remote?.change {
        case .disable:
            switch presence {
            case .absent: isAbsent = true
            case .unseen: contradicted[step.ordinal] = "the entry can't be seen: deleted or hidden"
            case .present(let entry):
                if case .disabled = shared.session.dialect.accountState(of: entry, at: clock) {
                    isDisabled = true
                } else {
                    contradicted[step.ordinal] = "read back, the entry is not disabled"
                }
            }
        case .write(let writes):
            guard case .present(let entry) = presence else { return }
            for write in writes where !write.attribute.isPassword && !entry.carries(write) {
                contradicted[step.ordinal] = "read back, it is not \(write.summary)"
            }
        case .enable(let prior, let disabledAt):
            guard case .present(let entry) = presence else { return }
            let dialect = shared.session.dialect
            guard case .disabled(let because) = dialect.accountState(of: entry, at: clock) else {
                return
            }
            let left = dialect.enable(
                entry, prior: prior, disabledAt: disabledAt,
                hasEndTime: shared.session.hasPwdEndTime, at: clock)
            if left?.isEmpty == true {
                staysDisabled = because
            } else {
                contradicted[step.ordinal] = "read back, the entry is disabled: \(because)"
            }
        case .addMember(let membership):
            guard let group = step.remote?.entry, case .present(let entry) = presence else {
                return
            }
            let name =
                membership.attribute == .memberUid ? membership.value : entry.dn.text
            let isHers = Filter.equal(membership.attribute, AttributeValue(name))
            if let found = try shared.session.find(group, near: step.target, attributes: []),
                try shared.session.entry(at: found.dn, matching: isHers, attributes: []) == nil
            {
                contradicted[step.ordinal] = "read back, the group does not show the member"
            }
        case .removeMember(let membership):
            guard let group = step.remote?.entry else { return }
            let names = try shared.session.memberNames(
                of: user, planned: membership, presence: presence)
            let seen = try shared.session.contradiction(
                of: names, witnesses: witnesses, in: group, near: step.target)
            if let seen { contradicted[step.ordinal] = seen }
        case .restore, .verify, nil:
            // What was given back may be changed again by its owners at once.
            break
        }
    }
}

extension DirectorySession {
    /// What speaks against her being out of the group; nil: she was seen to be out.
    ///
    /// One search where all is well: the values of `member` may be a million, and are never asked for.
    fileprivate func contradiction(
        of names: MemberNames, witnesses: [EntryID], in group: EntryID, near target: String
    ) throws(LDAPFailure) -> String? {
        let small: [AttributeName] = [.objectClass, .uniqueMember, .memberUid]
        let isHers = Filter.or(names.dns.map { .equal(.member, AttributeValue($0.text)) })
        if let dn = DN(target), let isIt = group.filter(for: dialect), !names.dns.isEmpty,
            let found = try entry(
                at: dn, matching: .and([isIt, .present(.member), .not(isHers)]),
                attributes: small)
        {
            return found.names(names) ? "read back, the group still has the member" : nil
        }
        guard let found = try find(group, near: target, attributes: small) else {
            return try canFind(witnesses)
                ? nil : "read back, the group can't be seen: deleted or hidden"
        }
        if found.names(names) { return "read back, the group still has the member" }
        if !names.dns.isEmpty, try entry(at: found.dn, matching: isHers, attributes: []) != nil {
            return "read back, the group still has the member"
        }
        guard found.requiresMember(dialect), found[.uniqueMember].isEmpty,
            try entry(at: found.dn, matching: .present(.member), attributes: []) == nil
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
