internal import Configuration
internal import Identity
internal import LDAP
internal import LDAPClient
internal import Store

// Steps that change role groups.
extension StepExecutor {
    mutating func remove(
        _ membership: Membership, from group: EntryID, at dn: String
    ) throws -> StepResult {
        guard !membership.isOfEntry else { return try withdrawRole(membership) }
        let names = try shared.session.memberNames(
            of: user, planned: membership, presence: try lookUp())
        guard !(names.dns.isEmpty && names.uids.isEmpty) else { return .done }
        let removal = MemberRemoval(
            shared: shared, attribute: membership.attribute, names: names, group: group,
            witnesses: witnesses, policy: directory.roles?.lastMember ?? .fail)
        return try removal.carryOut(near: dn)
    }

    /// Puts her in under the name that she has now.
    mutating func add(
        _ membership: Membership, to group: EntryID, at target: String
    ) throws -> StepResult {
        guard case .present(let entry) = try lookUp() else { return .unseen(user.record.dn) }
        guard !membership.isOfEntry else { return try giveRole(membership, to: entry) }
        let name =
            membership.attribute == .memberUid
            ? entry[.uid].first?.text ?? membership.value : entry.dn.text
        let addition = Membership(attribute: membership.attribute, value: name).addition
        guard let found = try shared.session.find(group, near: target, attributes: []) else {
            return .unseen(target)
        }
        do throws(LDAPFailure) {
            try shared.session.modify(found.dn, [addition], id: group)
        } catch {
            switch shared.session.dialect.outcome(of: error.code, for: [addition]) {
            case .alreadyPresent: return .done
            case .done, .alreadyAbsent, .noSuchObject, .assertionFailed, .notWritableHere,
                .objectClassViolation, .passing, .lasting:
                throw error
            }
        }
        return .done
    }
}
