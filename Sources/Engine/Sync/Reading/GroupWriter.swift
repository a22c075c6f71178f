internal import Configuration
internal import Identity
internal import LDAP
internal import Store

/// Carries out what was decided about role groups.
final class GroupWriter {
    /// How many groups were written.
    private(set) var changed = 0
    private let run: DirectoryRun
    private let groups: RoleGroupTable
    private let memberships: MembershipTable
    /// nil: nothing was written yet, so there is nothing to count.
    private var counter: RoleChanges?
    private var members: MemberLookup?

    init(_ run: DirectoryRun, groups: RoleGroupTable, memberships: MembershipTable) {
        self.run = run
        self.groups = groups
        self.memberships = memberships
    }

    /// The groups' rows.
    ///
    /// One transaction for each `slice` of memberships; the last one completes the groups.
    func write(_ decisions: [GroupDecision], slice: Int) throws -> [GroupID] {
        let isShort = decisions.reduce(0) { $0 + $1.difference.count } <= slice
        guard isShort else { return try writeSlices(decisions, slice) }
        return try run.store.write { transaction in
            let ids = try decisions.map { try begin($0, in: transaction) }
            try write(changes(decisions, ids)[...], decisions, in: transaction)
            try complete(decisions, ids, in: transaction)
            return ids
        }
    }

    private func writeSlices(_ decisions: [GroupDecision], _ slice: Int) throws -> [GroupID] {
        let ids = try run.store.write { transaction in
            try decisions.map { try begin($0, in: transaction) }
        }
        for changes in changes(decisions, ids).slices(of: slice) {
            try run.store.write { transaction in try write(changes, decisions, in: transaction) }
        }
        try run.store.write { transaction in try complete(decisions, ids, in: transaction) }
        return ids
    }

    /// The group is gone, and so are the roles that it gave.
    func remove(_ id: GroupID, _ group: RoleGroup, in transaction: borrowing Transaction) throws {
        _ = try roleChanges()
        for member in try memberships.difference(of: id, to: []).removed {
            try memberships.remove(member, group: id, in: transaction)
            try roleChanges().remove(member, from: id)
            try tell(member, group, isGranted: false)
        }
        try groups.setMissing(id, since: run.now, in: transaction)
        changed += 1
    }

    /// Before anybody else writes the first membership: what is there afterwards is counted.
    func expectChanges() throws { _ = try roleChanges() }

    func count() throws -> RoleChanges.Counts {
        try counter?.count() ?? RoleChanges.Counts()
    }

    private func begin(_ decision: GroupDecision, in transaction: borrowing Transaction) throws
        -> GroupID
    {
        _ = try roleChanges()
        guard let known = decision.known else {
            changed += 1
            return try groups.insert(decision.group, in: transaction)
        }
        if known.group != decision.group || known.isMissing {
            if known.group.dnKey != decision.group.dnKey {
                try memberships.rename(known.group.dnKey, to: decision.group.dnKey, in: transaction)
            }
            try groups.update(known.id, decision.group, in: transaction)
            changed += 1
        } else if !decision.difference.isEmpty {
            changed += 1
        }
        return known.id
    }

    private func complete(
        _ decisions: [GroupDecision], _ ids: [GroupID], in transaction: borrowing Transaction
    ) throws {
        for (decision, id) in zip(decisions, ids) {
            try groups.complete(id, digest: decision.digest, in: transaction)
        }
    }

    /// Group after group, each one's in the order of the members: that of the table.
    private func changes(_ decisions: [GroupDecision], _ ids: [GroupID]) -> [MembershipChange] {
        var changes: [MembershipChange] = []
        changes.reserveCapacity(decisions.reduce(0) { $0 + $1.difference.count })
        for (index, decision) in decisions.enumerated() {
            for member in decision.difference.removed {
                changes.append(MembershipChange(member, ids[index], index, isAdded: false))
            }
            for member in decision.difference.added {
                changes.append(MembershipChange(member, ids[index], index, isAdded: true))
            }
        }
        return changes
    }

    private func write(
        _ changes: ArraySlice<MembershipChange>, _ decisions: [GroupDecision],
        in transaction: borrowing Transaction
    ) throws {
        let counter = try roleChanges()
        try memberships.insert(
            changes.filter(\.isAdded).map { ($0.member, $0.group) }, in: transaction)
        for change in changes {
            if change.isAdded {
                try counter.add(change.member, to: change.group)
            } else {
                try memberships.remove(change.member, group: change.group, in: transaction)
                try counter.remove(change.member, from: change.group)
            }
            guard run.observer.role != nil else { continue }
            try tell(change.member, decisions[change.decision].group, isGranted: change.isAdded)
        }
    }

    private func tell(_ member: MemberKey, _ group: RoleGroup, isGranted: Bool) throws {
        guard let role = run.observer.role else { return }
        let lookup = try members ?? MemberLookup(run.store, directory: run.directory)
        members = lookup
        guard let user = try lookup.user(member) else { return }
        role(
            RoleChange(
                directory: run.settings.name, username: user.username, dn: user.dn,
                role: group.name, group: group.dn.text, isGranted: isGranted))
    }

    private func roleChanges() throws -> RoleChanges {
        if let counter { return counter }
        let made = try RoleChanges(run.store, directory: run.directory)
        counter = made
        return made
    }
}

/// What a role group that was read means for the store.
struct GroupDecision: Sendable {
    /// nil: a new group.
    let known: RoleGroupTable.Known?
    let group: RoleGroup
    let digest: [UInt8]
    let difference: MembershipTable.Difference
}

/// One member of one group who comes or goes.
struct MembershipChange {
    let member: MemberKey
    let group: GroupID
    /// The place of the decision that it belongs to.
    let decision: Int
    let isAdded: Bool

    init(_ member: MemberKey, _ group: GroupID, _ decision: Int, isAdded: Bool) {
        self.member = member
        self.group = group
        self.decision = decision
        self.isAdded = isAdded
    }
}
