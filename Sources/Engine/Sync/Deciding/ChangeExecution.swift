internal import Configuration
internal import Ground
internal import Identity
internal import LDAP
internal import Store

/// Carries out one change that a sync decided on, by the code that operators' commands use.
struct ChangeExecution {
    enum Result {
        case begun(IdentityProcess)
        /// A dry run.
        case planned(ProcessPreview)
        /// Only the user's absence was stored.
        case marked
        /// A fresh look says something else; a sentence.
        case noLonger(String)
    }

    let context: EngineContext
    let run: RunID
    let isDryRun: Bool
    /// The kept plan that is carried out.
    let released: String?

    private var store: Store { context.store }

    /// Throws what concerns the store, `DirectoryFailure`, or a `Refusal`.
    func carryOut(
        _ change: StateChange, in directory: DirectorySettings, by rule: StateRule
    ) throws -> Result {
        let occasion = Journal.Occasion(run: run, cause: change.cause, released: released)
        let beginning = try Beginning<Result>(
            look: { try look(at: change, in: directory, by: rule) },
            consent: { _ in isDryRun ? .refused : .given },
            begin: { preview in
                try Journal(context).begin(preview, on: occasion).map { .begun($0, preview) }
            })
        return switch beginning {
        case .over(let result): result
        case .refused(let preview): .planned(preview)
        case .begun(let process, _):
            .begun(try ProcessRunner(context, elsewhere: .later).carryOut(process))
        case .contested:
            .noLonger("user \(change.user) is changed by somebody else all the time")
        }
    }

    /// Whether the change would still be made, and what it would do.
    private func look(
        at change: StateChange, in directory: DirectorySettings, by rule: StateRule
    ) throws -> Beginning<Result>.Look {
        guard let user = try store.user(change.user) else {
            return .over(.noLonger("user \(change.user) is not in the store"))
        }
        let look: FreshLook
        switch try ChangeCheck(context: context).verdict(on: change, in: directory, by: rule) {
        case .would(let fresh): look = fresh
        case .wouldNot(let why): return .over(.noLonger(why))
        }
        if change.cause == .missing, user.missingSince == nil { try mark(user, rule.now) }
        guard let useCase = change.useCase, let code = change.reason else { return .over(.marked) }
        let preview = try preview(
            useCase, code, of: user, for: change, look, in: directory, at: context.clock())
        if change.cause == .drift, !preview.repairsDrift {
            return .over(.noLonger("\(user.record.username): a fresh look finds no drift"))
        }
        return .plan(preview)
    }

    private func mark(_ user: User, _ now: Timestamp) throws {
        try store.write { transaction in
            guard
                let directory = try DirectoryTable(store).lookUp(user.directory)
            else { return }
            try UserTable(store, directory: directory).setMissing(
                user.id, since: now, in: transaction)
        }
    }

    private func preview(
        _ useCase: UseCase, _ code: String, of user: User, for change: StateChange,
        _ look: FreshLook, in directory: DirectorySettings, at: Timestamp
    ) throws -> ProcessPreview {
        let proc = UsersProc(useCase, context)
        switch (change.cause, useCase) {
        case (.drift, _):
            return try proc.preview(
                of: user, in: directory, for: try standingReason(of: user, useCase), at: at)
        case (_, .reactivate):
            return try following(
                useCase, user, .directoryEnabled, look.view, ended: user.stateProcess, at: at)
        case (_, .deactivate):
            return try following(
                useCase, user, try directory.reason(code, for: .deactivate), look.view, ended: nil,
                at: at)
        case (_, .lock), (_, .unlock), (_, .restoreRoles):
            return try proc.preview(
                of: user, in: directory, for: try directory.reason(code, for: useCase), at: at)
        }
    }

    /// The plan of a change that the directory has made already.
    private func following(
        _ useCase: UseCase, _ user: User, _ reason: Reason, _ view: DirectoryView,
        ended: ProcessID?, at: Timestamp
    ) throws -> ProcessPreview {
        let plan = FollowingPlanner(
            useCase: useCase, subject: try store.subject(user, context.authorities),
            ended: ended, clock: at
        ).plan()
        return ProcessPreview(
            useCase: useCase, user: user, reason: reason, revocation: .unspecified,
            plan: try Hearing(useCase: useCase, context: context).telling(plan, of: user, at: at),
            verdict: .proceed, view: view, at: at, note: nil, forced: false, restoresRoles: false)
    }

    /// The reason that holds the user as it was then, whatever became of it in the configuration.
    private func standingReason(of user: User, _ useCase: UseCase) throws -> Reason {
        guard let standing = user.stateProcess else {
            throw Refusal(.refused, "\(user.record.username) was born so")
        }
        let process = try store.existingProcess(standing)
        return Reason(
            code: process.reason, text: process.reasonText, useCases: [useCase],
            revocation: process.revocation, write: [], recognise: [], enabled: true)
    }
}

extension FreshLook {
    /// As a plan sees it that writes nothing.
    fileprivate var view: DirectoryView {
        DirectoryView(
            origin: .fresh(entry), dialect: dialect, disabling: [], account: account, groups: [],
            outsideGroups: [], placeholder: nil)
    }
}

extension ProcessPreview {
    /// Whether the directory shows what the standing lock or deactivation had ended.
    ///
    /// A group that a sync read while a lock was taking the user out of it has the user in the store
    /// alone.
    fileprivate var repairsDrift: Bool {
        view.account == .enabled
            || view.groups.contains { !$0.isKept && !$0.isOutdated && !$0.isUnseen }
    }
}
