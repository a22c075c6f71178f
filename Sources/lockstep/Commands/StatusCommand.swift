internal import Engine
internal import Identity
internal import LDAP
internal import Store

/// `lockstep status`: what needs a person, the last runs, the queue.
///
/// It changes nothing.
struct StatusCommand {
    let world: World

    func run() throws -> ExitCode {
        let settings = try world.settings()
        let store = try world.store(settings, for: .read)
        try store.snapshot {
            let facts = try StatusFacts(settings, store: store, now: world.now())
            var users = UserCache(store: store)
            let attention = try facts.attention(&users)
            if world.wantsJSON {
                world.print(try facts.json(attention, &users))
            } else {
                try StatusReport(output: world.output).write(facts, attention, &users)
            }
        }
        return .ok
    }
}

extension StatusFacts {
    /// `{runs, directories, pending, rejected, missing, requests, attention}`.
    func json(_ attention: [Attention], _ users: inout UserCache) throws -> JSONValue {
        [
            "runs": .array(runs.map(\.json)), "directories": .array(directories.map(\.json)),
            "pending": .array(try queue.map { try $0.json(&users) }),
            "rejected": .array(rejected.map(\.json)),
            "missing": .array(missing.map(\.missingJSON)),
            "requests": .array(
                try requests.map { $0.json(user: try users.reference($0.user)) }),
            "attention": .array(attention.map(\.json)),
        ]
    }
}

extension StatusFacts.Directory {
    fileprivate var json: JSONValue {
        [
            "name": .string(name), "configured": .bool(isConfigured),
            "users": [
                "active": .int(overview?.active ?? 0), "inactive": .int(overview?.inactive ?? 0),
                "locked": .int(overview?.locked ?? 0), "missing": .int(overview?.missing ?? 0),
            ],
            "lastRead": lastRead.json, "strategy": last?["strategy"] ?? .null,
            "error": last?["error"] ?? .null, "cookies": .array([]),
        ]
    }
}

extension QueuedStep {
    fileprivate func json(_ users: inout UserCache) throws -> JSONValue {
        [
            "process": .int(process.id), "useCase": .string(process.useCase.rawValue),
            "user": try users.reference(process.user), "step": .string(step.kind.rawValue),
            "target": .string(step.target), "state": .string(step.state.rawValue),
            "attempts": .int(Int64(step.attempts)), "due": due.json,
            "lastError": step.error?.json ?? .null,
        ]
    }
}

extension User {
    fileprivate var missingJSON: JSONValue {
        [
            "user": reference, "directory": .string(directory), "state": .string(state.rawValue),
            "since": missingSince.json,
        ]
    }
}
