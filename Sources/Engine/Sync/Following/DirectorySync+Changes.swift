internal import Configuration
internal import LDAP
internal import LDAPClient
internal import Store

/// A sync that reads only what the server says has changed.
extension DirectorySync {
    /// Rejected entries are looked at again whenever anybody changes: more are read with all others.
    private static let rejectedBound: Int64 = 200

    func tracking(on session: borrowing DirectorySession) throws -> ChangeTracking {
        let dialect = session.dialect
        let mapper = EntryMapper(
            run.settings, dialect: dialect,
            account: [dialect.idAttribute] + dialect.watchedAttributes)
        let groups = run.settings.roles.map {
            GroupReader($0, users: run.settings.users, dialect: dialect).requested
        }
        return try ChangeTracking(
            run, users: mapper.requested, groups: groups ?? [], on: session,
            stopwatch: world.stopwatch)
    }

    /// False, and nothing stored, where everything is to be read.
    func takeChanges(
        _ tracking: ChangeTracking, from session: borrowing DirectorySession
    ) throws -> Bool {
        if let obstacle = try tracking.obstacle() { return everything(obstacle) }
        if let better = try tracking.better(on: session) {
            return everything(ChangeObstacle("changes can be followed by \(better.rawValue) again"))
        }
        if try mayDecideAbsence(tracking, on: session) {
            return everything(ChangeObstacle("an earlier read could not decide who is gone"))
        }
        let told: [StreamState.Stream: StreamChanges]
        switch try tracking.changes(on: session, { try checkDeadline() }) {
        case .failure(let obstacle): return everything(obstacle)
        case .success(let changes): told = changes
        }
        guard let users = told[.users], let before = tracking.states[.users] else { return false }
        if !tracking.newCookies.isEmpty {
            guard try tracking.containers(on: session) == before.containers else {
                return everything(ChangeObstacle("a name above the entries has changed"))
            }
        }
        guard let rejected = try rejectedNames(users) else {
            return everything(ChangeObstacle("many entries are rejected"))
        }
        if try tracking.lagsNow(on: session) {
            doubtAbsence()
            // What it shows is older than what is stored.
            if !told.values.allSatisfy(\.isEmpty) || !rejected.isEmpty { try oweAbsence() }
        }
        if !users.isEmpty || !rejected.isEmpty {
            try takeUsers(users, rejected, tracking, from: session)
        }
        var again: [EntryID] = []
        if let roles = run.settings.roles, let groups = told[.groups] {
            again = try takeChangedGroups(groups, roles, tracking, from: session)
        }
        if isSettled {
            try tracking.finishChanges(containers: before.containers, again: again)
        }
        try lookElsewhere(on: session, isFull: false)
        return true
    }

    /// Whether absence is owed, and a read of everything could decide it now: the server does not lag,
    /// and every entry that showed no id shows one again, or is gone.
    private func mayDecideAbsence(
        _ tracking: ChangeTracking, on session: borrowing DirectorySession
    ) throws -> Bool {
        guard try StreamTable.owesAbsence(directory: run.directory, in: run.store),
            try !tracking.lags(try tracking.contextCSN(on: session))
        else { return false }
        let rejected = try RejectedTable.list(
            directory: run.directory, limit: Self.rejectedBound, in: run.store)
        for name in rejected.filter(\.isUnidentified).compactMap({ DN($0.dn) }) {
            try checkDeadline()
            let found = try session.enumerateOne(
                name, run.settings.users.filter, [session.dialect.idAttribute])
            for entry in found.entries where session.id(of: entry) == nil { return false }
            guard found.unreadable.isEmpty else { return false }
        }
        return true
    }

    private func everything(_ obstacle: ChangeObstacle) -> Bool {
        if !obstacle.why.isEmpty { report.notes.append("\(obstacle.why): everything was read") }
        return false
    }

    /// The entries whose rejection may have lost its cause: what it depends on is not their own.
    ///
    /// Where nobody changed, only if one of them keeps people from being missing: nobody tells that its
    /// id can be read again. nil: too many, or one that can't be asked for.
    private func rejectedNames(_ told: StreamChanges) throws -> [DN]? {
        let rejected = try RejectedTable.list(
            directory: run.directory, limit: Self.rejectedBound + 1, in: run.store)
        guard !told.isEmpty || rejected.contains(where: \.isUnidentified) else { return [] }
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
            run, dialect: session.dialect, account: session.dialect.watchedAttributes)
        pass.report = report
        defer { report = pass.report }
        do {
            try read(told, rejected, into: pass, tracking, from: session)
        } catch {
            // The first error counts; what came before it is good.
            try? pass.flush()
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
            for entry in page { names.insert(entry.dn) }
            tracking.note(page, of: .users, isFull: false)
            try pass.askFolding(of: page, on: session)
            try compareGroups(namingArrivals: page, among: told, on: session)
            try compareGroups(namingRestored: page, on: session)
            try pass.take(page, unreadable: unreadable)
            progress(.users, pass.report.read)
        }
        for name in rejected where !names.contains(name) {
            try checkDeadline()
            let found = try session.enumerateOne(name, users.filter, pass.requested)
            tracking.note(found.entries, of: .users, isFull: false)
            try compareGroups(namingArrivals: found.entries, among: nil, on: session)
            try pass.take(found.entries, unreadable: found.unreadable)
        }
    }
}
