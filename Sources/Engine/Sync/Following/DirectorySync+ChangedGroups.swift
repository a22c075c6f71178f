internal import Configuration
internal import Identity
internal import LDAP
internal import LDAPClient
internal import Store

// The role groups that changed, and those whose members change without their being told of.
extension DirectorySync {
    /// The groups that are to be read once more next time.
    ///
    /// Overlays rewrite members without the group being told of, some a moment after the write that
    /// made them: a group that is read for that reason is read again by the next sync.
    func takeChangedGroups(
        _ told: StreamChanges, _ roles: RolesSettings, _ tracking: ChangeTracking,
        from session: borrowing DirectorySession
    ) throws -> [EntryID] {
        var silent = Set(
            try RoleGroupTable.toCompare(directory: run.directory, in: run.store))
        var wanted = told.changed.union(tracking.states[.groups]?.again ?? []).union(silent)
        guard !wanted.isEmpty || !told.isEmpty else { return [] }
        let reader = GroupReader(roles, users: run.settings.users, dialect: session.dialect)
        var done: Set<EntryID> = []
        var again: Set<EntryID> = []
        var doubts: (GroupID) -> Bool = { told.isDoubted(.init($0)) }
        repeat {
            let pass = try takeOnce(wanted, told, doubts, reader, roles, from: session)
            again.formUnion(silent.union(pass.unread))
            done.formUnion(wanted)
            // A group that was renamed or is gone: those that name it are read, too.
            silent = Set(
                try RoleGroupTable.toCompare(directory: run.directory, in: run.store)
            ).subtracting(done)
            wanted = silent
            doubts = { _ in false }
        } while !wanted.isEmpty
        return again.sorted { $0.text < $1.text }
    }

    private func takeOnce(
        _ wanted: Set<EntryID>, _ told: StreamChanges, _ doubts: (GroupID) -> Bool,
        _ reader: GroupReader, _ roles: RolesSettings, from session: borrowing DirectorySession
    ) throws -> RolePass {
        let pass = try RolePass(run, reader, report: report)
        pass.believesAbsence = mayBelieveAbsence
        try forEachPage(
            of: wanted, .roles, roles.bases, roles.scope, roles.filter, reader.requested,
            from: session
        ) { page, unreadable in
            try compareGroups(namingArrivals: page, among: told, on: session)
            try pass.take(
                try session.withoutFoundMembers(page, attributes: reader.requested),
                unreadable: unreadable, from: session)
            progress(.groups, pass.report.groups)
        }
        let doubted = try pass.spare(doubts, asked: wanted, on: session)
        if !doubted.isEmpty {
            try run.store.write { transaction in
                for group in doubted {
                    try RoleGroupTable.compareGroups(namingGroup: group, in: transaction)
                }
            }
        }
        if pass.sawUids, try !DirectoryTable.keepsUids(run.directory, in: run.store) {
            try UidPass(run: run).carryOut(on: session)
        }
        try pass.finish(on: session)
        take(pass)
        return pass
    }

    /// The stored groups that may have lost somebody who was deleted and restored between two syncs.
    ///
    /// Active Directory takes whoever is deleted out of all groups and tells of no group; who was restored
    /// since is told of as changed (seen on Samba 4.17). So `memberOf` of everybody who changed is held
    /// against the stored groups, before the change is stored.
    func compareGroups(namingRestored page: [Entry], on session: borrowing DirectorySession) throws
    {
        guard session.dialect.emptiesGroupsUntold, run.settings.roles != nil else { return }
        let ids = page.compactMap { session.id(of: $0)?.filter(for: session.dialect) }
        guard !ids.isEmpty else { return }
        var left: [GroupID] = []
        for entry in try session.people(
            matching: .or(ids), attributes: [session.dialect.idAttribute, .memberOf])
        {
            guard let id = session.id(of: entry) else { continue }
            let shown = Set(entry[.memberOf].compactMap { $0.text.flatMap { DN($0) } })
            left += try RoleGroupTable.naming(id, directory: run.directory, in: run.store)
                .filter { group in DN(group.dn).map { !shown.contains($0) } ?? true }.map(\.id)
        }
        guard !left.isEmpty else { return }
        let groups = try RoleGroupTable(run.store, directory: run.directory)
        try run.store.write { transaction in
            for group in Set(left) { try groups.compare(group, in: transaction) }
        }
    }

    /// Groups may name an entry that is new here: refint rewrites them, untold, for one that moves.
    ///
    /// Before it is stored: after a crash it would no longer be new. `told` nil: all are new.
    func compareGroups(
        namingArrivals page: [Entry], among told: StreamChanges?,
        on session: borrowing DirectorySession
    ) throws {
        let arrivals = page.filter { entry in
            guard let told else { return true }
            return session.id(of: entry).map(told.arrivals.contains) ?? false
        }
        guard let roles = run.settings.roles, !arrivals.isEmpty else { return }
        let named = arrivals.flatMap { entry in
            let name = AttributeValue(entry.dn.text)
            return [Filter.equal(.member, name), .equal(.uniqueMember, name)]
        }
        let groups = try session.find(
            matching: .or(named), bases: roles.bases, scope: roles.scope, filter: roles.filter)
        let folding = try DirectoryTable.folding(of: run.directory, in: run.store) ?? .apart
        try run.store.write { transaction in
            for entry in arrivals {
                let key = MemberKey(entry.dn, by: folding)
                try RoleGroupTable.compareGroups(naming: key, in: transaction)
            }
            for group in groups {
                try RoleGroupTable.compare(group, directory: run.directory, in: transaction)
            }
        }
    }
}
