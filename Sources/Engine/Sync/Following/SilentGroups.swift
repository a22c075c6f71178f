internal import Configuration
internal import Identity
internal import LDAP
internal import LDAPClient
internal import Store

/// The stored groups whose members may change without the server telling of it: they are marked, to be
/// compared with what the directory has.
///
/// Before what makes them suspect is stored: after a crash nobody would be told of it again.
struct SilentGroups {
    let run: DirectoryRun

    /// Those that are marked.
    func marked() throws -> Set<EntryID> {
        Set(try table().toCompare())
    }

    /// Groups that may have lost somebody who was deleted and restored between two syncs.
    ///
    /// Active Directory takes whoever is deleted out of all groups and tells of no group; who was restored
    /// since is told of as changed (seen on Samba 4.17). So `memberOf` of everybody who changed is held
    /// against the stored groups.
    func mark(namingRestored page: [Entry], on session: borrowing DirectorySession) throws {
        guard session.dialect.emptiesGroupsUntold, run.settings.roles != nil else { return }
        let ids = page.compactMap { session.id(of: $0)?.filter(for: session.dialect) }
        guard !ids.isEmpty else { return }
        let groups = try table()
        var left: [GroupID] = []
        for entry in try session.people(
            matching: .or(ids), attributes: [session.dialect.idAttribute, .memberOf])
        {
            guard let id = session.id(of: entry) else { continue }
            let shown = Set(entry.texts(.memberOf).map(StoredDN.init(comparing:)))
            left += try groups.naming(id)
                .filter { group in !shown.contains(group.dn) }.map(\.id)
        }
        guard !left.isEmpty else { return }
        try run.store.write { transaction in
            for group in Set(left) { try groups.compare(group, in: transaction) }
        }
    }

    /// Groups may name an entry that is new here: refint rewrites them, untold, for one that moves.
    ///
    /// `told` nil: all are new.
    func mark(
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
        let found = try session.find(
            matching: .or(named), bases: roles.bases, scope: roles.scope, filter: roles.filter)
        let folding = try DirectoryTable(run.store).folding(of: run.directory) ?? .apart
        let groups = try table()
        try run.store.write { transaction in
            for entry in arrivals {
                let key = MemberKey(entry.dn, by: folding)
                try groups.compareGroups(naming: key, in: transaction)
            }
            for group in found { try groups.compare(group, in: transaction) }
        }
    }

    /// Groups that name users who may be gone.
    func mark(naming users: [UserID]) throws {
        let groups = try table()
        for page in users.slices(of: 1_000) {
            try run.store.write { transaction in
                for user in page {
                    try groups.compareGroups(naming: user, in: transaction)
                }
            }
        }
    }

    /// Groups that name groups which may be gone.
    func mark(namingGroups groups: [GroupID]) throws {
        guard !groups.isEmpty else { return }
        let table = try table()
        try run.store.write { transaction in
            for group in groups { try table.compareGroups(namingGroup: group, in: transaction) }
        }
    }

    private func table() throws(StoreError) -> RoleGroupTable {
        try RoleGroupTable(run.store, directory: run.directory)
    }
}
