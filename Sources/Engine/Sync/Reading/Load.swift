internal import Configuration
internal import LDAP
internal import LDAPClient
internal import Store

/// Reads everything that a directory has of users and of role groups: who is not there may be gone.
struct Load {
    private let read: ServerRead
    private let tracking: ChangeTracking

    init(_ read: ServerRead, _ tracking: ChangeTracking) {
        self.read = read
        self.tracking = tracking
    }

    private var run: DirectoryRun { read.run }

    func carryOut(on session: borrowing DirectorySession) throws {
        let start = try tracking.start(on: session)
        read.use(tracking)
        if start.lagsBehind { read.doubtAbsence(session.dialect) }
        try read.oweAbsence()
        try tracking.noteSeen(start)
        try takeUsers(from: session)
        var again: [EntryID] = []
        if let roles = run.settings.roles { again = try takeGroups(roles, from: session) }
        if read.isSettled {
            try tracking.finish(start, again: again, paysAbsence: !read.leavesAbsence)
        }
        try read.lookElsewhere(on: session, isFull: true)
        read.use(tracking)
        if let remark = tracking.remark { read.note(remark) }
    }

    private func takeUsers(from session: borrowing DirectorySession) throws {
        let isFirst = try FirstLoad.begin(run)
        let intake = try UserIntake(run, dialect: session.dialect)
        // What was stored is reported, however the read ends.
        defer { read.add(intake.counts) }
        let pages = LoadPages(intake, isFirst: isFirst)
        do {
            try takeUsers(into: pages, intake, from: session)
        } catch {
            // The first error counts; what came before it is good.
            try? pages.flush()
            throw error
        }
        try pages.flush()
        try intake.settleLoad()
        read.noteAllUsersSeen()
        try read.markMissing(
            of: intake, seen: intake.seen, control: intake.control, read: intake.counts.read,
            on: session)
        try intake.settleContested()
        try read.forgetRejections()
    }

    private func takeUsers(
        into pages: LoadPages, _ intake: UserIntake, from session: borrowing DirectorySession
    ) throws {
        let users = run.settings.users
        for base in users.bases {
            try session.enumerate(
                .users, base: base, scope: users.scope, filter: users.filter,
                attributes: intake.requested + (tracking.feed?.attributes ?? []),
                pageSize: run.settings.sync.pageSize
            ) { page, unreadable in
                try read.checkDeadline()
                tracking.note(page, of: .users, isFull: true)
                try intake.askFolding(of: page, on: session)
                try pages.take(page, unreadable: unreadable)
                run.progress(.users, intake.read)
            }
        }
    }

    /// The groups that are to be read once more next time.
    private func takeGroups(
        _ roles: RolesSettings, from session: borrowing DirectorySession
    ) throws -> [EntryID] {
        let reader = GroupReader(roles, users: run.settings.users, dialect: session.dialect)
        let pass = try RolePass(run, reader, believesAbsence: !read.lagsBehind)
        for base in roles.bases {
            // A page of groups is in memory at once, and a group may be large.
            try session.enumerate(
                .roles, base: base, scope: roles.scope, filter: roles.filter,
                attributes: reader.requested + (tracking.feed?.attributes ?? []),
                pageSize: min(run.settings.sync.pageSize, 20)
            ) { page, unreadable in
                try read.checkDeadline()
                tracking.note(page, of: .groups, isFull: true)
                try pass.take(
                    try session.withoutFoundMembers(page, attributes: reader.requested),
                    unreadable: unreadable, from: session)
                run.progress(.groups, pass.counts.groups)
            }
        }
        try read.keepUids(pass, on: session)
        try pass.finish(on: session)
        read.take(pass)
        return pass.unread
    }
}
