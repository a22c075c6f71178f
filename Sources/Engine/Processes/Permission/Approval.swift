package import Configuration
internal import Ground
package import Identity
internal import LDAP
package import Store

/// The option “Add an approval step”: requests, and who may decide about them.
package struct Approval {
    private let context: EngineContext
    private let now: Timestamp

    /// Read anew each time: a person may take their time to read a plan.
    package init(_ context: EngineContext) {
        self.context = context
        now = context.clock()
    }

    private var settings: Settings { context.settings }

    private var store: Store { context.store }

    private var by: Operator { context.by }

    /// Whether a use case needs somebody else's approval.
    package static func isNeeded(for useCase: UseCase, forced: Bool, in settings: Settings) -> Bool
    {
        settings.approval.useCases.contains(useCase.approvedAs) && !forced
    }

    /// Writes the request down; the number that the process will have.
    package func request(_ preview: ProcessPreview) throws -> ProcessID {
        try expire()
        let expires = now.advanced(by: settings.approval.expires)
        let draft = preview.draft(by: by)
        if let process = try store.request(draft, plan: preview.plan, expires: expires) {
            return process
        }
        let open = try store.openRequest(for: preview.user.id, preview.useCase)
        throw Refusal(
            .refused,
            "a request to \(preview.useCase.word) \(preview.user.record.username) is open already"
                + (open.map { ": \($0)" } ?? ""),
            hint: "Approve it, reject it, or withdraw it first.")
    }

    /// A request whose time is over is not open any more, whether or not a sync has said so yet.
    private func expire() throws {
        _ = try store.expireRequests(by: by.asSync, at: now)
    }

    /// The request that somebody is about to approve, as ``approvable(_:)`` has it.
    ///
    /// `isDry`: nothing is written, not even that others have expired.
    package func takeUp(_ id: ProcessID, isDry: Bool) throws -> Request? {
        if !isDry { try expire() }
        return try approvable(id)
    }

    /// The request, if this person may approve it and it is open; nil: it was approved before.
    func approvable(_ id: ProcessID) throws -> Request? {
        let request = try existing(id)
        try Rights(settings).require(.approve, of: by)
        try requireApprover()
        if request.state.wasApproved, request.decidedBy != nil { return nil }
        try requireOpen(request)
        try requireKnown(by.login, toDecideOn: request)
        if try isSamePerson(by.login, request.by) {
            let who =
                by.login == request.by
                ? by.login : "\(by.login) is the same person as \(request.by), who"
            throw Refusal(
                .forbidden, "\(who) asked for it, and can't approve it too",
                hint: "Somebody else must, under the right `approve`.")
        }
        if request.useCase.isRestoring, try isTarget(of: request) {
            throw Refusal(
                .forbidden,
                "\(by.login) is the user of request \(id), and can't approve their own return",
                hint: "Somebody else must, under the right `approve`.")
        }
        return request
    }

    /// Ends an open request against the requester's wish.
    package func reject(_ id: ProcessID, because text: String) throws {
        try expire()
        try Rights(settings).require(.approve, of: by)
        try requireApprover()
        try close(id, as: .rejected, because: text)
    }

    /// Ends an open request by the person who made it.
    package func withdraw(_ id: ProcessID) throws {
        try expire()
        let request = try existing(id)
        guard try isSamePerson(by.login, request.by) else {
            throw Refusal(
                .forbidden, "request \(id) is \(request.by)'s: only who asked can withdraw it",
                hint: "`lockstep reject \(id) --because TEXT` ends somebody else's.")
        }
        try close(id, as: .withdrawn, because: nil)
    }

    private func close(_ id: ProcessID, as state: ProcessState, because: String?) throws {
        try requireOpen(try existing(id))
        guard try store.close(id, as: state, because: because, by: by, at: now) else {
            throw Refusal(.refused, "request \(id) is open no more")
        }
    }

    private func existing(_ id: ProcessID) throws -> Request {
        guard let request = try store.request(id), request.expires != nil else {
            throw Refusal(.refused, "there is no request \(id)")
        }
        return request
    }

    private func requireOpen(_ request: Request) throws(Refusal) {
        guard request.state == .requested else {
            throw Refusal(
                .refused, "request \(request.process) is open no more: \(request.state.rawValue)")
        }
        // Its time is over, whether or not a sync has written that down yet.
        guard request.expires.map({ now < $0 }) ?? true else {
            throw Refusal(
                .refused,
                "request \(request.process) is open no more: \(ProcessState.expired.rawValue)")
        }
    }

    private func requireApprover() throws(Refusal) {
        let approvers = settings.approval.approvers
        guard approvers.isEmpty || approvers.contains(by.login) else {
            throw Refusal(.forbidden, "\(by.login) is not among the approvers")
        }
    }

    /// Throws where nobody can tell whether the two are one person: somebody's `is` names no user.
    private func requireKnown(_ login: String, toDecideOn request: Request) throws {
        let own = try people.person(login)
        if case .nobody(let name) = own { throw stranger(login, name) }
        // A login that the configuration calls no user at all is nobody's second login.
        guard own != .unnamed, login != request.by,
            case .nobody(let name) = try people.person(request.by)
        else { return }
        throw stranger(request.by, name)
    }

    private func stranger(_ login: String, _ name: String) -> Refusal {
        Refusal(
            .forbidden,
            "\(login) is “\(name)” by the configuration, and there is no such user: nobody can tell "
                + "whose request \(by.login) would approve",
            hint:
                "An administrator can put `operators.\(login).is` right in \(settings.file).")
    }

    /// Two logins of one person: the same, or both are the same user.
    private func isSamePerson(_ login: String, _ other: String) throws -> Bool {
        if login == other { return true }
        guard case .users(let one) = try people.person(login),
            case .users(let two) = try people.person(other)
        else { return false }
        return !one.isDisjoint(with: two)
    }

    /// Whether the request is about this person: the same user, or an account of theirs in another
    /// directory.
    private func isTarget(of request: Request) throws -> Bool {
        guard case .users(let own) = try people.person(by.login) else { return false }
        if own.contains(request.user) { return true }
        guard let target = try store.user(request.user) else { return false }
        return try store.samePerson(as: target, by: settings.samePerson)
            .contains { own.contains($0.id) }
    }

    private var people: OperatorUsers { OperatorUsers(settings, store) }
}

extension UseCase {
    /// The use case whose approval it needs: roles are part of what a reactivation can give back.
    fileprivate var approvedAs: UseCase { self == .restoreRoles ? .reactivate : self }
}

extension ProcessState {
    /// A request that became a process.
    fileprivate var wasApproved: Bool {
        switch self {
        case .open, .completed, .partial, .superseded: true
        case .requested, .rejected, .withdrawn, .expired, .refused: false
        }
    }
}
