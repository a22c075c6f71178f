internal import Configuration
internal import Ground
internal import Identity
internal import LDAP
internal import Store

/// The role groups of a kept plan, of one directory: looked at once more, and then carried out.
struct GroupRelease {
    let directory: DirectorySettings
    /// The directory's number in the store.
    let number: DirectoryID
    let roles: RolesSettings
    let changes: [GroupChange]
    let store: Store
    let sessions: DirectorySessions
    let now: Timestamp

    /// Why it would no longer be made, of each change of which that is so; sentences.
    ///
    /// A release that was cut short has carried some out.
    func void() throws -> [String] {
        let table = try RoleGroupTable(store, directory: number)
        let session = try sessions.session(directory)
        var void: [String] = []
        for change in changes {
            guard let group = try table.present(change.group) else { continue }
            let isSo =
                switch change.kind {
                case .gone: try isGone(group, session)
                case .unreadable: try isUnreadable(group, session)
                }
            if !isSo { void.append("\(change.dn): no longer so that \(change.kind.finding)") }
        }
        return void
    }

    /// As the reads look for groups; another one must be found by its id, or the search proves nothing.
    private func isGone(_ group: RoleGroup, _ shared: SharedSession) throws -> Bool {
        let witness = try shared.session.witness(of: .roles)
        let found = try shared.session.find(
            [group.entryID] + [witness].compactMap(\.self), bases: roles.bases, scope: roles.scope,
            filter: roles.filter)
        return !found.contains(group.entryID) && !found.isEmpty
    }

    private func isUnreadable(_ group: RoleGroup, _ shared: SharedSession) throws -> Bool {
        let reader = GroupReader(roles, users: directory.users, dialect: shared.session.dialect)
        guard
            let entry = try shared.session.find(
                group.entryID, near: group.dn, attributes: reader.requested)
        else { return false }
        return try reader.isUnreadable(entry)
            || !reader.showsMembers(entry) && shared.session.hidesMembers(of: entry)
    }

    func carryOut(in run: SyncRun) throws -> DirectoryCounts {
        let table = try RoleGroupTable(store, directory: number)
        let writer = GroupWriter(
            run.on(directory, number), groups: table, memberships: try MembershipTable(store))
        for change in changes {
            guard let group = try table.present(change.group) else { continue }
            try store.write { transaction in
                switch change.kind {
                case .gone: try writer.remove(change.group, group, in: transaction)
                case .unreadable: try table.setUnreadable(change.group, since: now, in: transaction)
                }
            }
        }
        var counts = DirectoryCounts()
        counts.changedGroups = writer.changed
        counts.roles.withdrawn = try writer.count().withdrawn
        return counts
    }
}

extension GroupChange.Kind {
    fileprivate var finding: String {
        switch self {
        case .gone: "the group is gone"
        case .unreadable: "it shows no member"
        }
    }
}
