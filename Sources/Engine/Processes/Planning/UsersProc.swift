package import Configuration
package import Ground
package import Identity
internal import LDAP
package import Store

/// What one of the use cases `UsersProcLock`, `…Deactivate`, `…Reactivate`, `…Unlock`, `…RestoreRoles`
/// would do to a user.
package struct UsersProc {
    /// What the operator asks for.
    package struct Wish: Sendable {
        package let user: UserID
        package let reason: String
        package let note: String?
        /// Approval and protection are skipped.
        package let forced: Bool
        package let restoresRoles: Bool
        /// The process whose roles are to be given back; nil: the newest that has any.
        package let rolesOf: ProcessID?
        /// The login of who asked for it, where that is not who approves it.
        package let requestedBy: String?

        package init(
            user: UserID, reason: String, note: String?, forced: Bool, restoresRoles: Bool = false,
            rolesOf: ProcessID? = nil, requestedBy: String? = nil
        ) {
            self.user = user
            self.reason = reason
            self.note = note
            self.forced = forced
            self.restoresRoles = restoresRoles
            self.rolesOf = rolesOf
            self.requestedBy = requestedBy
        }
    }

    private let useCase: UseCase
    private let context: EngineContext
    private let hearing: Hearing

    /// `isOfList`: each is one of a list that somebody gave.
    package init(_ useCase: UseCase, _ context: EngineContext, isOfList: Bool = false) {
        self.useCase = useCase
        self.context = context
        hearing = Hearing(useCase: useCase, context: context, isOfList: isOfList)
    }

    private var store: Store { context.store }

    private var settings: Settings { context.settings }

    /// The exact plan, made from a fresh read; from the last sync where the directory is down.
    ///
    /// `at`: the process's one clock reading; the same for every look before Next.
    package func preview(_ wish: Wish, at: Timestamp) throws -> ProcessPreview {
        guard let user = try store.user(wish.user) else {
            throw Refusal(.noSuchUser, "\(wish.user.word) is not in the store")
        }
        let directory = try settings.directory(of: user)
        let reason = try directory.reason(wish.reason, for: useCase)
        switch useCase {
        case .lock, .deactivate:
            try Rights(settings).requireUnprotected(user, in: directory, forced: wish.forced)
        case .reactivate, .unlock, .restoreRoles: break
        }
        if useCase == .restoreRoles {
            return try roleReturn(to: user, in: directory, for: reason, wish, at: at)
        }
        var preview = try preview(
            of: user, in: directory, for: reason, note: wish.note, forced: wish.forced,
            restoresRoles: wish.restoresRoles, requestedBy: wish.requestedBy, at: at)
        // A user who is in the wished state already is left alone: only a sync repairs what has drifted.
        if preview.verdict.isUnchanged { preview.plan = preview.plan.withoutSteps }
        return preview
    }

    /// The same for a reason that is known to serve, whoever wishes it.
    func preview(
        of user: User, in directory: DirectorySettings, for reason: Reason, note: String? = nil,
        forced: Bool = false, restoresRoles: Bool = false, requestedBy: String? = nil,
        at: Timestamp
    ) throws -> ProcessPreview {
        let verdict = try verdict(on: user, reason: reason)
        let named = templateContext(
            at: at, verdict: verdict, note: note, requestedBy: requestedBy)
        let drawing = try Drawing(
            useCase, context, of: user, in: directory, for: reason, template: named, at: at)
        let plan =
            switch useCase {
            case .lock, .deactivate: try drawing.withdrawal()
            case .reactivate, .unlock, .restoreRoles:
                try drawing.restoration(restoresRoles: restoresRoles)
            }
        return ProcessPreview(
            useCase: useCase, user: user, reason: reason,
            revocation: reason.revocation ?? .unspecified,
            plan: try hearing.telling(plan, of: user, at: at), verdict: verdict,
            view: drawing.view, at: at, note: note, forced: forced, restoresRoles: restoresRoles)
    }

    /// The preview that gives back what the end of a lock or a deactivation left withdrawn.
    private func roleReturn(
        to user: User, in directory: DirectorySettings, for reason: Reason, _ wish: Wish,
        at: Timestamp
    ) throws -> ProcessPreview {
        _ = try verdict(on: user, reason: reason)
        let drawing = try Drawing(
            useCase, context, of: user, in: directory, for: reason,
            template: TemplateContext(clock: at, by: context.by.login, note: wish.note), at: at)
        let giving = try RoleReturn(drawing, of: wish.rolesOf, in: store)
        let plan = try giving.plan()
        var preview = ProcessPreview(
            useCase: useCase, user: user, reason: reason, revocation: .unspecified,
            plan: try hearing.telling(plan, of: user, at: at),
            verdict: plan.steps.isEmpty
                ? .unchanged(because: "without a role that could be given back") : .proceed,
            view: drawing.view, at: at, note: wish.note, forced: wish.forced, restoresRoles: true)
        preview.rolesOf = giving.process
        return preview
    }

    /// Refused for a user of the wrong state, and for a lock with another reason.
    private func verdict(on user: User, reason: Reason) throws -> ProcessPreview.Verdict {
        let name = user.record.username
        if useCase == .lock, let lock = try store.lock(of: user) {
            guard lock.reason == reason.code else {
                throw Refusal(
                    .refused,
                    "\(name) is locked already, for \(lock.reason) (\(lock.text)), at "
                        + "\(lock.at.rfc3339) by \(lock.by)",
                    hint: "A lock keeps its first reason.")
            }
            return .alreadyLocked(lock)
        }
        switch UserRule.verdict(
            on: useCase, of: user.state, followsDirectory: try store.followsDirectory(user))
        {
        case .become: return .proceed
        case .unchanged(let because): return .unchanged(because: because)
        case .refused(let because):
            throw Refusal(.refused, "cannot \(useCase.word) \(name): \(because)")
        }
    }

    /// A lock that stands keeps its time and operator in what the reason writes.
    private func templateContext(
        at: Timestamp, verdict: ProcessPreview.Verdict, note: String?, requestedBy: String?
    ) -> TemplateContext {
        switch verdict {
        case .alreadyLocked(let lock):
            TemplateContext(clock: lock.at, by: lock.by, note: note)
        case .proceed, .unchanged:
            TemplateContext(clock: at, by: requestedBy ?? context.by.login, note: note)
        }
    }
}

extension ProcessPreview.Verdict {
    fileprivate var isUnchanged: Bool {
        switch self {
        case .unchanged: true
        case .proceed, .alreadyLocked: false
        }
    }
}

extension Plan {
    /// For a user who is in the wished state already: nothing is done.
    fileprivate var withoutSteps: Plan { Plan(steps: [], unchanged: unchanged, remaining: []) }
}

extension Settings {
    /// The directory that the user is of; refused where the configuration has it no more.
    package func directory(of user: User) throws(Refusal) -> DirectorySettings {
        // Until a sync has been under the new key the store has the one before.
        let own = directories.first {
            $0.name == user.directory || $0.renamedFrom == user.directory
        }
        guard let directory = own else {
            throw Refusal(
                .refused,
                "\(user.record.username) is of the directory “\(user.directory)”, which is not configured"
            )
        }
        return directory
    }
}
