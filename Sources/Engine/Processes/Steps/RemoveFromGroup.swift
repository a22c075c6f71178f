internal import Configuration
internal import Identity
internal import LDAP
internal import LDAPClient
internal import Store

extension RemoveFromGroup: DirectoryAction {
    var attributes: [AttributeName] { membership.isOfEntry ? [membership.attribute] : [] }

    func attempt(_ step: Step, by executor: inout StepExecutor) throws -> StepResult {
        guard !membership.isOfEntry else { return try withdrawRole(by: &executor) }
        let presence = try executor.lookUp()
        let names = try executor.shared.session.memberNames(
            of: executor.user, planned: membership, presence: presence)
        guard !(names.dns.isEmpty && names.uids.isEmpty) else { return .done }
        let removal = MemberRemoval(
            shared: executor.shared, attribute: membership.attribute, names: names, group: group,
            absence: executor.absence, policy: executor.directory.roles?.lastMember ?? .fail,
            isNamed: presence.isMember(of: step.place),
            journal: { [journal = executor.journal] prior in try journal(prior, step) })
        return try removal.carryOut(near: step.place)
    }

    private func withdrawRole(by executor: inout StepExecutor) throws -> StepResult {
        switch try executor.lookUp() {
        case .absent: return .done
        case .unseen: return .unseen(executor.user.record.dn)
        case .present(let entry):
            // Sent also where no membership is seen: it may be hidden, and deleting what is not there is
            // answered by 16.
            let removal = Modification(
                .delete, membership.attribute, membership.values(in: entry))
            return try executor.changeRole(by: removal, in: entry)
        }
    }

    /// Only where the write can be bound to the group's id.
    func send(_ step: Step, by executor: inout StepExecutor) -> PendingRequest? {
        let shared = executor.shared
        guard !executor.process.useCase.isRestoring, shared.session.canAssert,
            let dn = step.place.dn, membership.attribute == .member
        else { return nil }
        // What fails here fails again in the attempt, which tells of it.
        guard let presence = try? executor.lookUp(),
            let names = try? shared.session.memberNames(
                of: executor.user, planned: membership, presence: presence), names.dns.count == 1
        else { return nil }
        let removal = Modification(.delete, .member, [AttributeValue(names.dns[0].text)])
        return try? shared.session.beginModify(dn, [removal], id: group)
    }

    func look(at step: Step, for readBack: inout ReadBack) throws {
        guard !membership.isOfEntry else {
            if case .present(let entry) = readBack.presence, membership.isShown(in: entry) {
                readBack.contradict(step, "read back, the entry still has the role")
            }
            return
        }
        let names = try readBack.shared.session.memberNames(
            of: readBack.user, planned: membership, presence: readBack.presence)
        let seen = try readBack.shared.session.contradiction(
            of: names, absence: readBack.absence, in: group, near: step.place)
        if let seen { readBack.contradict(step, seen) }
    }

    func write(_ target: DN, of preview: ProcessPreview, to ldif: inout LDIF) {
        let group = preview.view.groups.first { $0.dn == target }
        guard !membership.isOfEntry else {
            if let holder = preview.holder {
                preview.modify(holder, removal(from: group, preview), in: &ldif)
            }
            return
        }
        guard group?.isLastMember == true, preview.view.placeholder == nil else {
            return ldif.modify(target, removal(from: group, preview))
        }
        ldif.comment(
            preview.view.deletesEmptyGroups
                ? "\(target) is deleted with its last member"
                : "nothing is done to \(target): its last member can't be taken out")
        if preview.view.deletesEmptyGroups { ldif.delete(target) }
    }

    private func removal(
        from group: RoleGroupView?, _ preview: ProcessPreview
    ) -> [Modification] {
        // The group shows others, or nothing: there is no value to be deleted.
        if group?.isOutdated == true || group?.isUnseen == true { return [] }
        let placeholder = group?.isLastMember == true ? preview.view.placeholder : nil
        return (group?.memberships ?? [membership]).flatMap {
            $0.removal(placeholder: $0.attribute == .memberUid ? nil : placeholder)
        }
    }
}

extension EntryPresence {
    /// Whether the entry itself names the group.
    fileprivate func isMember(of group: StoredDN) -> Bool {
        guard case .present(let entry) = self else { return false }
        return entry.texts(.memberOf).contains { StoredDN(text: $0) == group }
    }
}

extension DirectorySession {
    /// The steps whose group is seen with members and without the user, some groups' searches at a time.
    ///
    /// What is not among them is looked at more closely.
    func seenStripped(
        _ steps: [Step], of user: User, presence: EntryPresence
    ) throws(DirectoryFailure) -> Set<Int> {
        var looks: [(step: Int, names: MemberNames, dn: DN, filter: Filter)] = []
        for step in steps {
            guard let removal = step.work(as: RemoveFromGroup.self), let dn = step.place.dn,
                let isIt = removal.group.filter(for: dialect)
            else { continue }
            let names = try memberNames(
                of: user, planned: removal.membership, presence: presence)
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

    /// What speaks against the user's being out of the group; nil: they were seen to be out.
    ///
    /// The values of `member` may be a million, and are never asked for.
    fileprivate func contradiction(
        of names: MemberNames, absence: AbsenceProof, in group: EntryID, near place: StoredDN
    ) throws -> String? {
        let isHers = Filter.isMember(names)
        guard let found = try find(group, near: place, attributes: Self.otherMembers) else {
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
    /// Whether `uniqueMember` or `memberUid` has the user.
    fileprivate func names(_ names: MemberNames) -> Bool {
        [AttributeName.uniqueMember, .memberUid].contains {
            !names.values(in: self, $0).isEmpty
        }
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
