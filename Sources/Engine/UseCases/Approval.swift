package import Configuration
package import Identity
package import LDAP
package import Store

/// The option “Add an approval step”: requests, and who may decide about them.
package struct Approval {
    private let settings: Settings
    private let store: Store
    private let by: Operator
    private let now: Timestamp

    package init(settings: Settings, store: Store, by: Operator, now: Timestamp) {
        self.settings = settings
        self.store = store
        self.by = by
        self.now = now
    }

    /// Whether a use case waits for somebody else's word.
    package static func isNeeded(for useCase: UseCase, forced: Bool, in settings: Settings) -> Bool
    {
        settings.approval.useCases.contains(useCase.approvedAs) && !forced
    }

    /// Writes the request down; the number that the process will have.
    package func request(_ preview: ProcessPreview) throws -> Int64 {
        // One whose time is over is open no more, whether or not a sync has said so yet.
        _ = try store.expireRequests(by: by.asSync, at: now)
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

    /// The request, if this person may approve it and it is open; nil: it was approved before.
    package func approvable(_ id: Int64) throws -> Request? {
        let request = try existing(id)
        try Rights(settings).require(.approve, of: by)
        try requireApprover()
        if request.state.wasApproved, request.decidedBy != nil { return nil }
        try requireOpen(request)
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
                .forbidden, "\(by.login) is the user herself, and can't approve her own return")
        }
        return request
    }

    /// Ends an open request against the requester's wish.
    package func reject(_ id: Int64, because text: String) throws {
        try Rights(settings).require(.approve, of: by)
        try requireApprover()
        try close(id, as: .rejected, because: text)
    }

    /// Ends an open request by the person who made it.
    package func withdraw(_ id: Int64) throws {
        let request = try existing(id)
        guard try isSamePerson(by.login, request.by) else {
            throw Refusal(
                .forbidden, "request \(id) is \(request.by)'s: only who asked can withdraw it",
                hint: "`lockstep reject \(id) --because TEXT` ends somebody else's.")
        }
        try close(id, as: .withdrawn, because: nil)
    }

    private func close(_ id: Int64, as state: ProcessState, because: String?) throws {
        try requireOpen(try existing(id))
        guard try store.close(id, as: state, because: because, by: by, at: now) else {
            throw Refusal(.refused, "request \(id) is open no more")
        }
    }

    private func existing(_ id: Int64) throws -> Request {
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
    }

    private func requireApprover() throws(Refusal) {
        let approvers = settings.approval.approvers
        guard approvers.isEmpty || approvers.contains(by.login) else {
            throw Refusal(.forbidden, "\(by.login) is not among the approvers")
        }
    }

    /// Two logins of one person: the same, or both are the same user.
    private func isSamePerson(_ login: String, _ other: String) throws -> Bool {
        if login == other { return true }
        guard let one = settings.operators?[login]?.user,
            let two = settings.operators?[other]?.user
        else { return false }
        if one.directoryFolded == two.directoryFolded { return true }
        // One may be named by the username, the other by the mail address.
        let users = Set(try store.find(one).users.map(\.id))
        return try store.find(two).users.contains { users.contains($0.id) }
    }

    private func isTarget(of request: Request) throws -> Bool {
        guard let name = settings.operators?[by.login]?.user else { return false }
        return try store.find(name).users.contains { $0.id == request.user }
    }
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
