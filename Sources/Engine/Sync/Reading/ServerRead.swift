internal import Configuration
internal import Identity
internal import LDAP
internal import LDAPClient
internal import Store

/// One read of one server of a directory: of what has changed there, or of everything.
///
/// `Follow` and `Load` carry it out; what both have to know of it is here: how long there is, what was
/// counted, and whether somebody who was not seen may be believed to be gone.
final class ServerRead {
    /// Why a read ends although nothing is wrong with the directory.
    enum Ended: Error {
        /// The run took longer than `sync.deadline`.
        case late
        /// A signal asks to stop.
        case interrupted
    }

    let run: DirectoryRun
    private let sync: SyncRun
    private let deadline: Double
    private(set) var counts = DirectoryCounts()
    private(set) var strategy: SyncStrategy = .full
    /// Why it is this strategy: a sentence.
    private(set) var strategyReason = ""
    private(set) var sawAllUsers = false
    /// The server lacks writes that were seen before: whoever is not there may be there elsewhere.
    private(set) var lagsBehind = false
    /// Whether everything that was read, or found gone, is stored so.
    private(set) var isSettled = true
    /// Nobody's absence could be decided, and the store says so: an entry showed no id.
    private(set) var leavesAbsence = false

    init(_ run: DirectoryRun, _ sync: SyncRun) {
        self.run = run
        self.sync = sync
        deadline = sync.deadline(of: run.settings)
    }

    /// `isFull`: everything, whatever has changed.
    func carryOut(on session: borrowing DirectorySession, isFull: Bool) throws {
        try DirectoryTable(run.store).remember(
            DirectoryTable.Server(
                dialect: session.dialect, hasPwdEndTime: session.hasPwdEndTime,
                // What can't be read is no name that anybody can use.
                domain: (try? session.domainName()) ?? nil),
            of: run.directory)
        let tracking = try tracking(on: session)
        use(tracking)
        defer { strategyReason = tracking.reason }
        if !isFull, try Follow(self, tracking).carryOut(on: session) { return }
        try Load(self, tracking).carryOut(on: session)
    }

    private func tracking(on session: borrowing DirectorySession) throws -> ChangeTracking {
        let dialect = session.dialect
        let mapper = EntryMapper(
            run.settings, dialect: dialect,
            account: [dialect.idAttribute] + dialect.watchedAttributes)
        let groups = run.settings.roles.map {
            GroupReader($0, users: run.settings.users, dialect: dialect).requested
        }
        return try ChangeTracking(
            run, users: mapper.requested, groups: groups ?? [], on: session,
            stopwatch: sync.stopwatch)
    }

    func use(_ tracking: ChangeTracking) { strategy = tracking.strategy }

    func checkDeadline() throws {
        if sync.context.isInterrupted() { throw Ended.interrupted }
        if sync.stopwatch() > deadline { throw Ended.late }
    }

    func add(_ part: DirectoryCounts) { counts += part }

    func note(_ sentence: String) { counts.notes.append(sentence) }

    func noteAllUsersSeen() { sawAllUsers = true }
}

extension ServerRead {
    /// Entries that this read did not reject can be users again.
    func forgetRejections() throws {
        let table = try RejectedTable(run.store, directory: run.directory)
        guard try table.count() > 0 else { return }
        let areForgotten = try run.store.write { transaction in
            try table.forget(notOf: run.run, in: transaction) > 0
        }
        if areForgotten { counts.rejectionsChanged = true }
    }

    /// Everybody of a group that names members by their `uid` has to be known by it.
    func keepUids(_ pass: RolePass, on session: borrowing DirectorySession) throws {
        guard pass.sawUids, try !DirectoryTable(run.store).keepsUids(run.directory) else {
            return
        }
        try UidPass(run: run).carryOut(on: session)
    }

    /// Takes in what a pass over role groups found.
    func take(_ pass: RolePass) {
        counts += pass.counts
        if !pass.isSettled { isSettled = false }
    }
}

// Whether somebody who was not seen is gone.
extension ServerRead {
    /// The server lacks writes that were seen before.
    func doubtAbsence(_ dialect: Dialect) {
        lagsBehind = true
        isSettled = false
        let name = dialect.changes == .changelog ? "nsds50ruv" : "contextCSN"
        note("the server is behind what was seen before (\(name)): nobody is marked missing")
    }

    /// Before anything of a read is stored that may not come to decide who is gone.
    ///
    /// A server that lags shows as present who is gone, and a read that is cut off shows nobody's absence:
    /// the changes that are followed afterwards, of this server or another one, never name them. So the
    /// debt is noted first, and a read that has decided about everybody clears it.
    func oweAbsence() throws {
        guard try !StreamTable(run.store).owesAbsence(directory: run.directory),
            try !StreamTable(run.store).isEmpty(directory: run.directory)
        else { return }
        try noteOwedAbsence()
    }

    /// The changes can be gone on from although an entry shows no id.
    ///
    /// Once that entry shows its id, or is gone, a read of everything decides who is missing; before that
    /// another one would decide nothing.
    private func leaveAbsence() throws {
        leavesAbsence = true
        guard try !StreamTable(run.store).owesAbsence(directory: run.directory) else { return }
        try noteOwedAbsence()
    }

    private func noteOwedAbsence() throws {
        try run.store.write { transaction in
            try StreamTable(transaction.store).setOwesAbsence(
                true, directory: run.directory, in: transaction)
        }
    }

    /// `seen`: whose entry is there; `count`: how many that are.
    func markMissing(
        of intake: UserIntake, seen: SeenRows<UserID>, control: EntryID?, read count: Int,
        on session: borrowing DirectorySession
    ) throws {
        run.progress(.missing, 0)
        // Nothing counts as settled before the absence of everybody was decided.
        let wasSettled = isSettled
        isSettled = false
        guard !run.isClockEarly else { return }
        guard !lagsBehind else { return try noteUnseen(seen) }
        guard !intake.hasUnidentified else {
            note("an entry without a readable id was read: nobody is marked missing")
            try leaveAbsence()
            isSettled = wasSettled
            return
        }
        let missing = try MissingPass(
            run: run, users: UserTable(run.store, directory: run.directory), seen: seen,
            control: control, read: count)
        switch try missing.carryOut(on: session) {
        case .done(let gone):
            counts.missing += gone.count
            counts.made += gone.map { user in
                MadeChange(
                    missing: AuditEvent.Subject(id: user.id, username: user.username, dn: user.dn),
                    isDryRun: run.isDryRun)
            }
            isSettled = wasSettled
        case .stopped(let why, let unmarked):
            counts.unmarked = unmarked
            counts.limits.append("\(run.settings.name): \(why)")
        case .unproven(let why):
            note(why)
        }
    }

    /// Counts the users whom a server that lags behind does not show: what becomes of them waits until it
    /// has caught up.
    private func noteUnseen(_ seen: SeenRows<UserID>) throws {
        let unseen =
            try UserCounts(of: run.directory, missingSince: run.now, in: run.store).present
            - seen.count
        guard unseen > 0 else { return }
        counts.isUnfinished = true
        note(
            "\(unseen == 1 ? "a user is" : "\(unseen) users are") not there: not believed before the server has caught up"
        )
    }

    /// Called once it is decided who is gone: looks where their entries are now.
    func lookElsewhere(on session: borrowing DirectorySession, isFull: Bool) throws {
        guard !lagsBehind else { return }
        try ElsewherePass(run: run, isFull: isFull).carryOut(on: session)
    }
}
