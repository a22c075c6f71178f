internal import Configuration
internal import LDAP
internal import LDAPClient
internal import Store

/// A sync that reads only what the server says has changed.
extension DirectorySync {
    /// Entries that one search asks for.
    private static let batch = 100
    /// Rejected entries are looked at again whenever anybody changes: more are read with all others.
    private static let rejectedBound: Int64 = 200

    func tracking(on session: borrowing DirectorySession) throws -> ChangeTracking {
        let dialect = session.dialect
        let mapper = EntryMapper(
            run.settings, account: [dialect.idAttribute] + dialect.accountAttributes)
        let groups = run.settings.roles.map {
            GroupReader($0, users: run.settings.users, dialect: dialect).requested
        }
        return try ChangeTracking(
            run, users: mapper.requested, groups: groups ?? [], on: session)
    }

    /// False, and nothing stored, where everything is to be read.
    func takeChanges(
        _ tracking: ChangeTracking, from session: borrowing DirectorySession
    ) throws -> Bool {
        if let why = try tracking.obstacle() { return everything(why) }
        let told: [StreamState.Stream: StreamChanges]
        switch try tracking.refresh(on: session, { try checkDeadline() }) {
        case .everything(let why):
            return everything(why.isEmpty ? "" : "\(why): everything was read")
        case .changes(let changes): told = changes
        }
        guard let users = told[.users], let before = tracking.states[.users] else { return false }
        if told.values.contains(where: \.hasAdvanced) {
            guard try tracking.containers(on: session) == before.containers else {
                return everything("a name above the entries has changed: everything was read")
            }
        }
        guard let rejected = try users.isEmpty ? [] : rejectedNames() else {
            return everything("many entries are rejected: everything was read")
        }
        if try lagsBehind(tracking, told) { doubtAbsence() }
        if !users.isEmpty { try takeUsers(users, rejected, tracking, from: session) }
        var again: [EntryID] = []
        if let roles = run.settings.roles, let groups = told[.groups] {
            again = try takeGroups(groups, roles, tracking, from: session)
        }
        if isSettled {
            try tracking.finish(told, containers: before.containers, again: again)
        }
        return true
    }

    private func everything(_ why: String) -> Bool {
        if !why.isEmpty { report.notes.append(why) }
        return false
    }

    /// Another server of the directory has shown newer writes.
    private func lagsBehind(
        _ tracking: ChangeTracking, _ told: [StreamState.Stream: StreamChanges]
    ) throws -> Bool {
        let seen = try StreamTable.newestSeen(directory: run.directory, in: run.database)
        guard let seen else { return false }
        return tracking.states.contains { stream, state in
            let cookie = told[stream]?.newCookie ?? state.cookie
            return SyncCookie(cookie).map { !$0.contextCSN.isNotOlder(than: seen) } ?? true
        }
    }

    /// The entries whose rejection may have lost its cause: what it depends on is not their own.
    ///
    /// nil: too many, or one that can't be asked for.
    private func rejectedNames() throws -> [DN]? {
        let rejected = try RejectedTable.list(
            directory: run.directory, limit: Self.rejectedBound + 1, in: run.database)
        let names = rejected.compactMap { DN($0.dn) }
        guard rejected.count <= Self.rejectedBound, names.count == rejected.count else {
            return nil
        }
        return names
    }

    private func takeUsers(
        _ told: StreamChanges, _ rejected: [DN], _ tracking: ChangeTracking,
        from session: borrowing DirectorySession
    ) throws {
        let pass = try UserPass(
            run, dialect: session.dialect, account: session.dialect.accountAttributes)
        pass.report = report
        defer { report = pass.report }
        do {
            try read(told, rejected, into: pass, tracking, from: session)
        } catch {
            // The first error counts; what came before it is good.
            try? pass.flushLoad()
            throw error
        }
        try pass.finishLoad()
        try markGone(told, pass, on: session)
        try pass.settleContested()
        if try forgetRejections() { pass.report.rejectionsChanged = true }
    }

    private func read(
        _ told: StreamChanges, _ rejected: [DN], into pass: UserPass, _ tracking: ChangeTracking,
        from session: borrowing DirectorySession
    ) throws {
        let users = run.settings.users
        var names: Set<DN> = []
        try forEachPage(
            of: told.changed, .users, users.bases, users.scope, users.filter, pass.requested,
            from: session
        ) { page, unreadable in
            for entry in page {
                names.insert(entry.dn)
                tracking.note(entry)
            }
            try compareGroups(namingArrivals: page, among: told, on: session)
            try pass.take(page, unreadable: unreadable)
            progress(.users, pass.report.read)
        }
        for name in rejected where !names.contains(name) {
            try checkDeadline()
            let found = try session.enumerateOne(name, users.filter, pass.requested)
            for entry in found.entries { tracking.note(entry) }
            try compareGroups(namingArrivals: found.entries, among: nil, on: session)
            try pass.take(found.entries, unreadable: found.unreadable)
        }
    }

    /// Asks for the entries with these ids, so many at a time, with the stream's own filter.
    private func forEachPage(
        of ids: Set<EntryID>, _ stream: DirectorySession.Stream, _ bases: [DN],
        _ scope: SearchScope, _ filter: Filter, _ attributes: [AttributeName],
        from session: borrowing DirectorySession,
        _ body: ([Entry], [UnreadableEntry]) throws -> Void
    ) throws {
        let dialect = session.dialect
        let pageSize = stream == .roles ? 20 : Self.batch
        for batch in ids.sorted(by: { $0.text < $1.text }).slices(of: Self.batch) {
            let alternatives = batch.compactMap { $0.filter(for: dialect) }
            for base in bases {
                try session.enumerate(
                    stream, base: base, scope: scope, filter: .and([filter, .or(alternatives)]),
                    attributes: attributes, pageSize: min(run.settings.sync.pageSize, pageSize)
                ) { page, unreadable in
                    try checkDeadline()
                    try body(page, unreadable)
                }
            }
        }
    }

    /// Whoever was told to be gone, was not named among those who stay, or changed and was not found.
    private func markGone(
        _ told: StreamChanges, _ pass: UserPass, on session: borrowing DirectorySession
    ) throws {
        let isDoubtful =
            told.namesPresent || !told.gone.isEmpty
            || told.changedRows.contains { !pass.seen.contains($0) }
        guard isDoubtful else { return }
        var present = SeenRows()
        var doubted: [Int64] = []
        var controls: [EntryID] = []
        let users = try UserTable(run.database, directory: run.directory)
        try run.database.snapshot {
            try users.forEachPresent { user in
                guard !told.isDoubted(user.id) || pass.seen.contains(user.id) else {
                    doubted.append(user.id)
                    return
                }
                present.insert(user.id)
                if controls.count < 50 { controls.append(user.entryID) }
            }
        }
        guard !doubted.isEmpty else { return }
        try compareGroups(naming: doubted)
        let settings = run.settings.users
        let control =
            try pass.control
            ?? session.find(
                controls, bases: settings.bases, scope: settings.scope, filter: settings.filter
            ).first
        guard control != nil || present.count == 0 else {
            isUnproven(pass)
            return
        }
        try markMissing(
            pass, seen: present, control: control, read: Int(present.count), on: session)
    }

    /// Before they are marked: after a crash nobody would be told of again.
    private func compareGroups(naming doubted: [Int64]) throws {
        for page in doubted.slices(of: 1_000) {
            try run.database.transaction {
                for user in page {
                    try RoleGroupTable.compareGroups(naming: user, in: run.database)
                }
            }
        }
    }

    /// Groups may name an entry that is new here: refint rewrites them, untold, for one that moves.
    ///
    /// Before it is stored: after a crash it would no longer be new. `told` nil: all are new.
    private func compareGroups(
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
        try run.database.transaction {
            for entry in arrivals {
                try RoleGroupTable.compareGroups(naming: MemberKey(entry.dn), in: run.database)
            }
            for group in groups {
                try RoleGroupTable.compare(group, directory: run.directory, in: run.database)
            }
        }
    }

    private func isUnproven(_ pass: UserPass) {
        leaveUnsettled()
        pass.report.notes.append(
            "nobody who is known to be there can be found by id: nobody is marked missing")
    }

    /// The groups that are to be read once more next time.
    ///
    /// Overlays rewrite members without the group being told of, some a moment after the write that
    /// made them: a group that is read for that reason is read again by the next sync.
    private func takeGroups(
        _ told: StreamChanges, _ roles: RolesSettings, _ tracking: ChangeTracking,
        from session: borrowing DirectorySession
    ) throws -> [EntryID] {
        var silent = Set(
            try RoleGroupTable.toCompare(directory: run.directory, in: run.database))
        var wanted = told.changed.union(tracking.states[.groups]?.again ?? []).union(silent)
        guard !wanted.isEmpty || !told.isEmpty else { return [] }
        let reader = GroupReader(roles, users: run.settings.users, dialect: session.dialect)
        var done: Set<EntryID> = []
        var again: Set<EntryID> = []
        var doubts: (Int64) -> Bool = { told.isDoubted($0) }
        repeat {
            let pass = try RolePass(run, reader, report: report)
            pass.believesAbsence = mayBelieveAbsence
            try forEachPage(
                of: wanted, .roles, roles.bases, roles.scope, roles.filter, reader.requested,
                from: session
            ) { page, unreadable in
                try compareGroups(namingArrivals: page, among: told, on: session)
                try pass.take(page, unreadable: unreadable)
                progress(.groups, pass.report.groups)
            }
            let doubted = try pass.spare(doubts, on: session)
            if !doubted.isEmpty {
                try run.database.transaction {
                    for group in doubted {
                        try RoleGroupTable.compareGroups(namingGroup: group, in: run.database)
                    }
                }
            }
            if pass.sawUids, try !DirectoryTable.keepsUids(run.directory, in: run.database) {
                try UidPass(run: run).carryOut(on: session)
            }
            try pass.finish(on: session)
            take(pass)
            again.formUnion(silent.union(pass.unread))
            done.formUnion(wanted)
            // A group that was renamed or is gone: those that name it are read, too.
            silent = Set(
                try RoleGroupTable.toCompare(directory: run.directory, in: run.database)
            ).subtracting(done)
            wanted = silent
            doubts = { _ in false }
        } while !wanted.isEmpty
        return again.sorted { $0.text < $1.text }
    }
}

extension DirectorySession {
    /// An entry by its name; none where it is not there or does not match.
    fileprivate func enumerateOne(
        _ name: DN, _ filter: Filter, _ attributes: [AttributeName]
    ) throws -> (entries: [Entry], unreadable: [UnreadableEntry]) {
        var entries: [Entry] = []
        var unreadable: [UnreadableEntry] = []
        do {
            try enumerate(
                .users, base: name, scope: .base, filter: filter, attributes: attributes,
                pageSize: 1
            ) {
                entries += $0
                unreadable += $1
            }
        } catch let failure as DirectoryFailure where failure.code == .noSuchObject {
            return ([], [])
        }
        return (entries, unreadable)
    }
}
