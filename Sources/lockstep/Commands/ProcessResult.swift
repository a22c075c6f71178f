internal import Engine
internal import Ground
internal import Identity
internal import Store

/// What `lock --json` and its siblings print.
struct ProcessResult {
    let outcome: Outcome
    let json: JSONValue

    /// A process that was begun.
    init(_ process: IdentityProcess, user: User?) {
        outcome = process.outcome
        json = Self.json(
            process: process.id, useCase: process.useCase, user: user, reason: process.reason,
            outcome: process.outcome, at: process.at, by: process.by.login,
            forced: process.forced, enforced: process.enforced,
            revocation: process.sight,
            steps: process.steps.map(\.json), unchanged: process.unchanged,
            remaining: process.remaining)
    }

    /// A plan that nobody carried out, or that waits for approval as `process`.
    init(_ preview: ProcessPreview, outcome: Outcome, process: ProcessID?, by: Operator) {
        self.outcome = outcome
        json = Self.json(
            process: process, useCase: preview.useCase, user: preview.user,
            reason: preview.reason.code, outcome: outcome, at: preview.at, by: by.login,
            forced: preview.forced, enforced: nil, steps: preview.plan.steps.map(\.json),
            unchanged: preview.plan.unchanged, remaining: preview.plan.remaining)
    }

    /// A lock that stood already: its own time, reason and operator, and what repaired it, or would.
    init(_ preview: ProcessPreview, standing lock: RecordedLock, repair: IdentityProcess?) {
        outcome = .alreadyLocked
        json = Self.json(
            process: lock.process, useCase: .lock, user: preview.user, reason: lock.reason,
            outcome: .alreadyLocked, at: lock.at, by: lock.by, forced: preview.forced,
            enforced: repair?.enforced, revocation: repair?.sight,
            steps: repair?.steps.map(\.json) ?? preview.plan.steps.map(\.json),
            unchanged: preview.plan.unchanged, remaining: preview.plan.remaining)
    }

    /// Somebody looked, and decided against it; `user` is nil where nobody was chosen yet.
    init(cancelled useCase: UseCase, user: User?, reason: String, at: Timestamp, by: Operator) {
        outcome = .cancelled
        json = Self.json(
            process: nil, useCase: useCase, user: user, reason: reason, outcome: .cancelled,
            at: at, by: by.login, forced: false, enforced: nil, steps: [], unchanged: [],
            remaining: [])
    }

    /// One of many who was refused; `error` says why.
    init(
        refused useCase: UseCase, user: User?, named name: String, reason: String, at: Timestamp,
        by: Operator, why: Ending
    ) {
        outcome = .refused
        var members =
            Self.json(
                process: nil, useCase: useCase, user: user, reason: reason, outcome: .refused,
                at: at, by: by.login, forced: false, enforced: nil, steps: [], unchanged: [],
                remaining: []
            ).object ?? [:]
        // Nobody is known by that name: the list's own line says who was meant.
        if user == nil { members["user"] = ["id": .null, "username": .string(name), "dn": .null] }
        members["error"] = [
            "code": .int(Int64(why.exit.rawValue)), "message": .string(why.message),
            "exit": .int(Int64(why.exit.rawValue)), "hint": JSONValue(why.hint),
            "candidates": .array(why.candidates.map(\.reference)),
        ]
        json = .object(members)
    }

    /// The same of one whom the store does not have.
    var withoutUserID: ProcessResult {
        var members = json.object ?? [:]
        var user = members["user"]?.object ?? [:]
        user["id"] = .null
        members["user"] = .object(user)
        return ProcessResult(outcome, .object(members))
    }

    private init(_ outcome: Outcome, _ json: JSONValue) {
        self.outcome = outcome
        self.json = json
    }

    private static func json(
        process: ProcessID?, useCase: UseCase, user: User?, reason: String, outcome: Outcome,
        at: Timestamp, by: String, forced: Bool, enforced: Enforcement?,
        revocation: RevocationSight? = nil, steps: [JSONValue],
        unchanged: [Finding], remaining: [Finding]
    ) -> JSONValue {
        [
            "process": JSONValue(process), "useCase": .string(useCase.rawValue),
            "user": user?.reference ?? .null, "reason": .string(reason),
            "outcome": .string(outcome.rawValue), "at": at.json, "by": .string(by),
            "forced": .bool(forced), "enforced": JSONValue(enforced?.rawValue),
            "revocation": JSONValue(revocation?.rawValue),
            "steps": .array(steps), "unchanged": .array(unchanged.map(\.json)),
            "remaining": .array(remaining.map(\.json)),
        ]
    }
}
