internal import Configuration
internal import Identity
internal import LDAP
internal import Store

// Steps that change role groups.
extension StepExecutor {
    mutating func remove(
        _ membership: Membership, from group: EntryID, _ step: Step
    ) throws -> StepResult {
        guard !membership.isOfEntry else { return try withdrawRole(membership) }
        let presence = try lookUp()
        let names = try shared.session.memberNames(
            of: user, planned: membership, presence: presence)
        guard !(names.dns.isEmpty && names.uids.isEmpty) else { return .done }
        let removal = MemberRemoval(
            shared: shared, attribute: membership.attribute, names: names, group: group,
            absence: absence, policy: directory.roles?.lastMember ?? .fail,
            isNamed: presence.isMember(of: step.target),
            journal: { [journal] prior in try journal(prior, step) })
        return try removal.carryOut(near: step.target)
    }

    /// Puts her in under the name that she has now.
    mutating func add(
        _ membership: Membership, to group: EntryID, at target: String
    ) throws -> StepResult {
        guard case .present(let entry) = try lookUp() else { return .unseen(user.record.dn) }
        guard !membership.isOfEntry else { return try giveRole(membership, to: entry) }
        let classes = try shared.session.find(group, near: target, attributes: [.objectClass])
        guard let found = classes else { return .unseen(target) }
        let addition = membership.now(of: entry, in: found).addition
        do throws(DirectoryFailure) {
            try shared.session.modify(found.dn, [addition], id: group)
        } catch {
            switch shared.session.dialect.outcome(of: error.code, for: [addition]) {
            case .alreadyPresent: return .done.at(found.dn.text)
            case .done, .alreadyAbsent, .noSuchObject, .assertionFailed, .notWritableHere,
                .objectClassViolation, .passing, .lasting:
                throw error
            }
        }
        return .done.at(found.dn.text)
    }
}

extension Membership {
    /// The same membership of an entry as it is called now, in an attribute that the group has.
    ///
    /// A plan that was made of the store alone does not know which of `member` and `uniqueMember` it is.
    fileprivate func now(of entry: Entry, in group: Entry) -> Membership {
        if attribute == .memberUid {
            // The value that was taken out, while the entry has it; else the one that it is called by.
            let uids = entry.namingValues(of: .uid).compactMap(\.text)
            let same = uids.first { $0.directoryFolded == value.directoryFolded }
            return Membership(attribute: attribute, value: same ?? uids.first ?? value)
        }
        let own = group.memberAttributes.filter { $0 != .memberUid }
        return Membership(
            attribute: own.isEmpty || own.contains(attribute) ? attribute : own[0],
            // With the optional bits of `uniqueMember`, while it is the same name.
            value: DN(nameAndOptionalUID: value) == entry.dn ? value : entry.dn.text)
    }
}

extension EntryPresence {
    /// Whether the entry itself names the group.
    fileprivate func isMember(of group: String) -> Bool {
        guard case .present(let entry) = self, let name = DN(group) else { return false }
        return entry.texts(.memberOf).contains { DN($0) == name }
    }
}
