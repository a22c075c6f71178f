internal import Configuration
internal import Identity
internal import LDAP
internal import LDAPClient
internal import Store

/// One directory's part of a run: users, who is gone, usernames in dispute, role groups.
final class DirectorySync {
    /// Why a read ends although nothing is wrong with the directory.
    fileprivate enum Ended: Error {
        /// The run took longer than `sync.deadline`.
        case late
        /// A signal asks to stop.
        case interrupted
    }

    let run: DirectoryRun
    let world: SyncWorld
    private let deadline: Double
    private let isFull: Bool
    var report: DirectoryReport
    /// False: the server lags behind, so whoever is not there may be there elsewhere.
    private var believesAbsence = true
    /// Whether everything that was read, or found gone, is stored so.
    private(set) var isSettled = true

    /// `deadline` is an instant of the world's stopwatch; `isFull`: everything is to be read.
    init(_ run: DirectoryRun, world: SyncWorld, deadline: Double, isFull: Bool) {
        self.isFull = isFull
        self.run = run
        self.world = world
        self.deadline = deadline
        report = DirectoryReport(name: run.settings.name)
    }

    /// Whatever goes wrong in the directory is in the report; what is thrown is the store's.
    func carryOut() throws {
        do {
            try readFromSomeServer()
        } catch  where world.isInterrupted() && error.isOfDirectory {
            endEarly()
        } catch  where world.stopwatch() > deadline && error.isOfDirectory {
            fail(
                ResultCode.timeout.rawValue,
                "\(run.settings.name): sync.deadline (\(run.settings.sync.deadline) s) has passed; "
                    + "the next run reads everything again.")
        } catch let failure as DirectoryFailure {
            fail(failure.code.rawValue, failure.description)
        }
        report.rejected = try RejectedTable.list(
            directory: run.directory, limit: DirectoryReport.rejectedLimit, in: run.store)
        try holdRejected()
    }

    /// A server that is lost is left for the next one, where the read begins again.
    private func readFromSomeServer() throws {
        var servers = run.settings.uris[...]
        while true {
            progress(.connecting, 0)
            try checkDeadline()
            let session = try DirectorySession.open(
                run.settings, servers: Array(servers), now: run.now,
                limit: TimeLimit(seconds: deadline - world.stopwatch()), secret: world.secret)
            session.connection.stopSearches(when: world.isInterrupted)
            defer { noteReferralObjects(session) }
            do {
                try read(from: session)
                return
            } catch let failure as DirectoryFailure
                where failure.isOfLostServer && world.stopwatch() <= deadline
                && !world.isInterrupted()
            {
                guard let place = servers.firstIndex(of: session.url),
                    servers.index(after: place) < servers.endIndex
                else { throw failure }
                servers = servers[servers.index(after: place)...]
                beginAgain(without: session.url)
            }
        }
    }

    private func noteReferralObjects(_ session: borrowing DirectorySession) {
        guard let note = session.referralObjects else { return }
        report.notes.append(note)
    }

    private func endEarly() {
        report.isUnfinished = true
        report.isCutShort = true
        report.notes.append("a signal ended the read: the next run reads everything again")
    }

    /// What was stored is good, and counts; the entries are counted anew.
    private func beginAgain(without url: LDAPURL) {
        report.notes.append("\(url) was lost during the read, which began again on another server")
        report.read = 0
        report.unchanged = 0
        report.groups = 0
        report.foreignMembers = 0
        report.lagsBehind = false
        believesAbsence = true
        isSettled = true
    }

    private func read(from session: borrowing DirectorySession) throws {
        try DirectoryTable.remember(
            DirectoryTable.Server(
                dialect: session.dialect, hasPwdEndTime: session.hasPwdEndTime,
                // What can't be read is no name that anybody can use.
                domain: (try? session.domainName()) ?? nil),
            of: run.directory, in: run.store)
        let tracking = try tracking(on: session)
        report.strategy = tracking.strategy
        defer { report.strategyReason = tracking.reason }
        if !isFull, try takeChanges(tracking, from: session) { return }
        let start = try tracking.start(on: session)
        report.strategy = tracking.strategy
        if start.lagsBehind { doubtAbsence() }
        try oweAbsence()
        try takeUsers(from: session, tracking)
        var again: [EntryID] = []
        if let roles = run.settings.roles { again = try takeGroups(roles, from: session, tracking) }
        if isSettled { try tracking.finish(start, again: again) }
        try lookElsewhere(on: session, isFull: true)
        report.strategy = tracking.strategy
        if let remark = tracking.remark { report.notes.append(remark) }
    }

    /// The server lacks writes that were seen before.
    func doubtAbsence() {
        believesAbsence = false
        isSettled = false
        report.lagsBehind = true
        report.notes.append(
            "the server is behind what was seen before (contextCSN): nobody is marked missing")
    }

    private func takeUsers(
        from session: borrowing DirectorySession, _ tracking: ChangeTracking
    ) throws {
        let pass = try UserPass(
            run, dialect: session.dialect, account: session.dialect.watchedAttributes)
        pass.report = report
        // What was stored is reported, however the read ends.
        defer { report = pass.report }
        do {
            try read(into: pass, from: session, tracking)
        } catch {
            // The first error counts; what came before it is good.
            try? pass.flush()
            throw error
        }
        try pass.finishLoad()
        pass.report.full = true
        try markMissing(
            pass, seen: pass.seen, control: pass.control, read: pass.report.read, on: session)
        try pass.settleContested()
        if try forgetRejections() { pass.report.rejectionsChanged = true }
    }

    private func read(
        into pass: UserPass, from session: borrowing DirectorySession, _ tracking: ChangeTracking
    ) throws {
        let users = run.settings.users
        for base in users.bases {
            try session.enumerate(
                .users, base: base, scope: users.scope, filter: users.filter,
                attributes: pass.requested + (tracking.feed?.attributes ?? []),
                pageSize: run.settings.sync.pageSize
            ) { page, unreadable in
                try checkDeadline()
                tracking.note(page, of: .users, isFull: true)
                try pass.askFolding(of: page, on: session)
                try pass.takeInTurn(page, unreadable: unreadable)
                progress(.users, pass.report.read)
            }
        }
    }

    /// `seen`: whose entry is there; `read`: how many that are.
    func markMissing(
        _ pass: UserPass, seen: SeenRows<UserID>, control: EntryID?, read: Int,
        on session: borrowing DirectorySession
    ) throws {
        progress(.missing, 0)
        // Nothing is taken for settled before all of it is.
        let wasSettled = isSettled
        isSettled = false
        guard !run.isClockEarly else { return }
        guard believesAbsence else { return try noteUnseen(pass, seen) }
        guard !pass.hasUnidentified else {
            pass.report.notes.append(
                "an entry without a readable id was read: nobody is marked missing")
            return
        }
        let missing = try MissingPass(
            run: run, users: UserTable(run.store, directory: run.directory), seen: seen,
            control: control, read: read)
        switch try missing.carryOut(on: session) {
        case .done(let gone):
            pass.report.missing = gone.count
            pass.report.made += gone.map { user in
                MadeChange(
                    missing: AuditEvent.Subject(id: user.id, username: user.username, dn: user.dn),
                    isDryRun: run.isDryRun)
            }
            isSettled = wasSettled
        case .stopped(let why, let unmarked):
            pass.report.unmarked = unmarked
            pass.report.error = .limit("\(run.settings.name): \(why)")
        case .unproven(let why):
            pass.report.notes.append(why)
        }
    }

    /// The groups that are to be read once more next time.
    private func takeGroups(
        _ roles: RolesSettings, from session: borrowing DirectorySession,
        _ tracking: ChangeTracking
    ) throws -> [EntryID] {
        let reader = GroupReader(roles, users: run.settings.users, dialect: session.dialect)
        let pass = try RolePass(run, reader, report: report)
        pass.believesAbsence = believesAbsence
        for base in roles.bases {
            // A page of groups is in memory at once, and a group may be large.
            try session.enumerate(
                .roles, base: base, scope: roles.scope, filter: roles.filter,
                attributes: reader.requested + (tracking.feed?.attributes ?? []),
                pageSize: min(run.settings.sync.pageSize, 20)
            ) { page, unreadable in
                try checkDeadline()
                tracking.note(page, of: .groups, isFull: true)
                try pass.take(
                    try session.withoutFoundMembers(page, attributes: reader.requested),
                    unreadable: unreadable, from: session)
                progress(.groups, pass.report.groups)
            }
        }
        if pass.sawUids, try !DirectoryTable.keepsUids(run.directory, in: run.store) {
            try UidPass(run: run).carryOut(on: session)
        }
        try pass.finish(on: session)
        take(pass)
        return pass.unread
    }

    /// Takes in what a pass over some of the groups found.
    func take(_ pass: RolePass) {
        report = pass.report
        if !pass.isSettled { isSettled = false }
    }

    /// What was told is to be told again by the next sync.
    func leaveUnsettled() { isSettled = false }

    var mayBelieveAbsence: Bool { believesAbsence }

    func checkDeadline() throws {
        if world.isInterrupted() { throw Ended.interrupted }
        if world.stopwatch() > deadline { throw Ended.late }
    }

    func progress(_ phase: SyncObserver.Phase, _ entries: Int) {
        run.observer.progress(
            SyncObserver.Progress(
                directory: run.settings.name, phase: phase, entries: entries))
    }

    private func fail(_ code: Int32, _ message: String) {
        report.error = DirectoryReport.Failure(code: code, message: message, isLimit: false)
    }
}

extension Error {
    /// Whether it is about a directory, and not about the store.
    fileprivate var isOfDirectory: Bool {
        self is DirectoryFailure || self is DirectorySync.Ended
    }
}
