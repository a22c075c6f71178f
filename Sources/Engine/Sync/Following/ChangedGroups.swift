internal import Configuration
internal import Identity
internal import LDAP
internal import LDAPClient
internal import Store

/// Takes in the role groups that changed, and those whose members change without their being told of.
struct ChangedGroups {
    private let read: ServerRead
    private let followed: ChangeStream
    private let reader: GroupReader
    private let told: StreamChanges
    private let silent: SilentGroups

    init(
        _ read: ServerRead, _ roles: RolesSettings, _ followed: ChangeStream,
        _ told: StreamChanges, dialect: Dialect
    ) {
        self.read = read
        self.followed = followed
        self.told = told
        reader = GroupReader(roles, users: read.run.settings.users, dialect: dialect)
        silent = SilentGroups(run: read.run)
    }

    /// The groups that are to be read once more next time; `last` are those of the time before.
    ///
    /// Overlays rewrite members without the group being told of, some a moment after the write that
    /// made them: a group that is read for that reason is read again by the next sync.
    func carryOut(again last: [EntryID], on session: borrowing DirectorySession) throws -> [EntryID]
    {
        var suspects = try silent.marked()
        var wanted = told.changed.union(last).union(suspects)
        guard !wanted.isEmpty || !told.isEmpty else { return [] }
        var done: Set<EntryID> = []
        var again: Set<EntryID> = []
        var doubts: (GroupID) -> Bool = { told.isDoubted(.init($0)) }
        repeat {
            let pass = try takeOnce(wanted, doubts, from: session)
            again.formUnion(suspects.union(pass.unread))
            done.formUnion(wanted)
            // A group that was renamed or is gone: those that name it are read, too.
            suspects = try silent.marked().subtracting(done)
            wanted = suspects
            doubts = { _ in false }
        } while !wanted.isEmpty
        return again.sorted { $0.text < $1.text }
    }

    private func takeOnce(
        _ wanted: Set<EntryID>, _ doubts: (GroupID) -> Bool,
        from session: borrowing DirectorySession
    ) throws -> RolePass {
        let before = read.counts
        let pass = try RolePass(
            read.run, reader, believesAbsence: !read.lagsBehind, withheld: before.withheldGroups)
        try followed.forEachPage(of: wanted, reader.requested, from: session) { page, unreadable in
            try read.checkDeadline()
            try silent.mark(namingArrivals: page, among: told, on: session)
            try pass.take(
                try session.withoutFoundMembers(page, attributes: reader.requested),
                unreadable: unreadable, from: session)
            read.run.progress(.groups, before.groups + pass.counts.groups)
        }
        try silent.mark(namingGroups: try pass.spare(doubts, asked: wanted, on: session))
        try read.keepUids(pass, on: session)
        try pass.finish(on: session)
        read.take(pass)
        return pass
    }
}
