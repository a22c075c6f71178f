internal import Configuration
internal import Identity
internal import LDAP
internal import LDAPClient
internal import Store

/// Reads only what the server says has changed since the last sync: users, then role groups.
struct Follow {
    /// Rejected entries are looked at again whenever anybody changes: more are read with all others.
    private static let rejectedBound: Int64 = 200

    private let read: ServerRead
    private let tracking: ChangeTracking
    private let silent: SilentGroups

    init(_ read: ServerRead, _ tracking: ChangeTracking) {
        self.read = read
        self.tracking = tracking
        silent = SilentGroups(run: read.run)
    }

    private var run: DirectoryRun { read.run }

    /// What there is to look at.
    private struct Told {
        let users: StreamChanges
        let groups: StreamChanges?
        /// Entries whose rejection may have lost its cause.
        let rejected: [DN]

        var isEmpty: Bool { users.isEmpty && groups?.isEmpty != false && rejected.isEmpty }
    }

    /// False, and nothing stored, where everything is to be read.
    func carryOut(on session: borrowing DirectorySession) throws -> Bool {
        guard let before = tracking.states[.users] else {
            if let obstacle = try tracking.obstacle() { note(obstacle) }
            return false
        }
        let told: Told
        switch try listen(on: session, containers: before.containers) {
        case .failure(let obstacle):
            note(obstacle)
            return false
        case .success(let all): told = all
        }
        if try tracking.lagsNow(on: session) {
            read.doubtAbsence(session.dialect)
            // A server that lags shows older things than are stored.
            if !told.isEmpty { try read.oweAbsence() }
        }
        if !told.isEmpty { try tracking.noteTold() }
        if !told.users.isEmpty || !told.rejected.isEmpty {
            try takeUsers(told, from: session)
        }
        let again = try takeGroups(told, from: session)
        if read.isSettled {
            try tracking.finishChanges(containers: before.containers, again: again)
        }
        try read.lookElsewhere(on: session, isFull: false)
        return true
    }

    /// Why everything is read after all; a sentence only where there is something to say.
    private func note(_ obstacle: ChangeObstacle) {
        if !obstacle.why.isEmpty { read.note("\(obstacle.why): everything was read") }
    }

    /// What the server tells, or why that is not enough.
    private func listen(
        on session: borrowing DirectorySession, containers: [UInt8]
    ) throws -> Result<Told, ChangeObstacle> {
        if let obstacle = try tracking.obstacle() { return .failure(obstacle) }
        if let better = try tracking.better(on: session) {
            return .failure(ChangeObstacle("changes can be followed by \(better.rawValue) again"))
        }
        if try mayDecideAbsence(on: session) {
            return .failure(ChangeObstacle("an earlier read could not decide who is gone"))
        }
        let told: [StreamState.Stream: StreamChanges]
        switch try tracking.changes(on: session, { try read.checkDeadline() }) {
        case .failure(let obstacle): return .failure(obstacle)
        case .success(let changes): told = changes
        }
        guard let users = told[.users] else { return .failure(ChangeObstacle("")) }
        if !tracking.newCookies.isEmpty, try tracking.containers(on: session) != containers {
            return .failure(ChangeObstacle("a name above the entries has changed"))
        }
        if let lost = try Sight(run: run)
            .obstacle(users: users, groups: told[.groups], on: session)
        {
            return .failure(lost)
        }
        guard let rejected = try rejectedNames(users) else {
            return .failure(ChangeObstacle("many entries are rejected"))
        }
        return .success(Told(users: users, groups: told[.groups], rejected: rejected))
    }

    /// Whether absence is owed, and a read of everything could decide it now: the server does not lag,
    /// and every entry that showed no id shows one again, or is gone.
    private func mayDecideAbsence(on session: borrowing DirectorySession) throws -> Bool {
        guard try StreamTable(run.store).owesAbsence(directory: run.directory),
            try !tracking.lags(try tracking.contextCSN(on: session)),
            let users = ChangeStream(.users, of: run.settings)
        else { return false }
        let rejected = try RejectedTable(run.store, directory: run.directory)
            .list(limit: Self.rejectedBound)
        for name in rejected.filter(\.isUnidentified).compactMap(\.dn.dn) {
            try read.checkDeadline()
            let found = try users.entry(at: name, [session.dialect.idAttribute], on: session)
            for entry in found.entries where session.id(of: entry) == nil { return false }
            guard found.unreadable.isEmpty else { return false }
        }
        return true
    }

    /// The entries whose rejection may have lost its cause: what it depends on is not their own.
    ///
    /// Where nobody changed, only if one of them keeps people from being missing: nobody tells that its
    /// id can be read again. nil: too many, or one that can't be asked for.
    private func rejectedNames(_ told: StreamChanges) throws -> [DN]? {
        let rejected = try RejectedTable(run.store, directory: run.directory)
            .list(limit: Self.rejectedBound + 1)
        guard !told.isEmpty || rejected.contains(where: \.isUnidentified) else { return [] }
        let names = rejected.compactMap(\.dn.dn)
        guard rejected.count <= Self.rejectedBound, names.count == rejected.count else {
            return nil
        }
        return names
    }

    /// The groups that are to be read once more next time.
    private func takeGroups(
        _ told: Told, from session: borrowing DirectorySession
    ) throws -> [EntryID] {
        guard let roles = run.settings.roles, let changes = told.groups,
            let followed = ChangeStream(.groups, of: run.settings)
        else { return [] }
        return try ChangedGroups(read, roles, followed, changes, dialect: session.dialect)
            .carryOut(again: tracking.states[.groups]?.again ?? [], on: session)
    }
}

// The users.
extension Follow {
    private func takeUsers(_ told: Told, from session: borrowing DirectorySession) throws {
        guard let followed = ChangeStream(.users, of: run.settings) else { return }
        let intake = try UserIntake(run, dialect: session.dialect)
        // What was stored is reported, however the read ends.
        defer { read.add(intake.counts) }
        try takeUsers(told, followed, into: intake, from: session)
        try intake.settleLoad()
        try markGone(told.users, intake, on: session)
        try intake.settleContested()
        try read.forgetRejections()
    }

    private func takeUsers(
        _ told: Told, _ followed: ChangeStream, into intake: UserIntake,
        from session: borrowing DirectorySession
    ) throws {
        var names: Set<DN> = []
        try followed.forEachPage(
            of: told.users.changed, intake.requested, from: session
        ) { page, unreadable in
            try read.checkDeadline()
            for entry in page { names.insert(entry.dn) }
            tracking.note(page, of: .users, isFull: false)
            try intake.askFolding(of: page, on: session)
            try silent.mark(namingArrivals: page, among: told.users, on: session)
            try silent.mark(namingRestored: page, on: session)
            try intake.take(page, unreadable: unreadable)
            run.progress(.users, intake.read)
        }
        for name in told.rejected where !names.contains(name) {
            try read.checkDeadline()
            let found = try followed.entry(at: name, intake.requested, on: session)
            tracking.note(found.entries, of: .users, isFull: false)
            try silent.mark(namingArrivals: found.entries, among: nil, on: session)
            try intake.take(found.entries, unreadable: found.unreadable)
        }
    }

    /// Whoever was told to be gone, was not named among those who stay, or changed and was not found.
    private func markGone(
        _ told: StreamChanges, _ intake: UserIntake, on session: borrowing DirectorySession
    ) throws {
        let isDoubtful =
            told.namesPresent || !told.gone.isEmpty
            || told.changedRows.contains { !intake.seen.contains(UserID(rawValue: $0.rawValue)) }
        guard isDoubtful else { return }
        var present = SeenRows<UserID>()
        var doubted: [UserID] = []
        let users = try UserTable(run.store, directory: run.directory)
        try run.store.snapshot {
            try users.forEachPresent { user in
                guard !told.isDoubted(.init(user.id)) || intake.seen.contains(user.id) else {
                    doubted.append(user.id)
                    return
                }
                present.insert(user.id)
            }
        }
        guard !doubted.isEmpty else { return }
        try silent.mark(naming: doubted)
        let control = try intake.control ?? session.witness(of: .users)
        // Those who were not told of are believed to be there only where somebody is.
        let seen = control == nil ? SeenRows() : present
        try read.markMissing(
            of: intake, seen: seen, control: control, read: Int(seen.count), on: session)
    }
}
