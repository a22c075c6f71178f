internal import Engine
internal import Ground
internal import Identity
internal import Store

/// `lockstep status`: what needs a person, the last runs, the queue.
///
/// It changes nothing.
struct StatusCommand {
    let world: World

    func run() throws -> ExitCode {
        let settings = try world.settings()
        let store = try world.store(settings, for: .read)
        return try store.snapshot {
            let facts = try StatusFacts(settings, store: store, now: world.now())
            var users = UserCache(store: store)
            let attention = try Troubles(facts).all(&users)
            let page = PageOutput(
                world: world, caller: world.caller(settings), keepsMode: true)
            let isShown = try page.write {
                $0(try StatusPage(facts, attention, store: store).html)
            }
            if world.wantsJSON {
                world.print(try facts.json(attention, &users))
            } else if isShown {
                try StatusReport(output: world.output, settings: settings)
                    .write(facts, attention, &users)
            }
            return world.command.flag(.check) && !attention.isEmpty ? .wouldChange : .ok
        }
    }
}

extension StatusFacts {
    /// `{runs, directories, plans, pending, rejected, missing, hindered, requests, receivers, attention}`.
    func json(_ attention: [Attention], _ users: inout UserCache) throws -> JSONValue {
        [
            "runs": .array(runs.map(\.json)),
            "directories": .array(directories.map { $0.json(streams) }),
            "plans": .array(
                plans.map { plan in
                    plan.json(isCurrent: directories.contains { $0.plan == plan.id })
                }),
            "pending": .array(
                try queue.map { try $0.json(&users) } + owed.map { try $0.json(&users) }),
            "rejected": .array(rejected.map(\.json)),
            "missing": .array(missing.map(\.missingJSON)),
            "hindered": .array(hindered.map { $0.hinderedJSON(at: now) }),
            "requests": .array(
                try requests.map { $0.json(user: try users.find($0.user)) }),
            "receivers": .array(receivers.map(\.json)),
            "attention": .array(attention.map(\.json)),
        ]
    }
}

extension StatusFacts.Directory {
    fileprivate func json(_ streams: [StreamTable.Overview]) -> JSONValue {
        [
            "name": name.json, "configured": .bool(isConfigured),
            "users": [
                "active": .int(overview?.active ?? 0), "inactive": .int(overview?.inactive ?? 0),
                "locked": .int(overview?.locked ?? 0), "missing": .int(overview?.missing ?? 0),
            ],
            "lastRead": lastRead.json, "strategy": JSONValue(last?.strategy),
            "error": last?.error?.json ?? .null,
            "cookies": .array(streams.filter { $0.directory == name }.map(\.json)),
            "follower": follower?.json ?? .null,
        ]
    }
}

extension RunLock.Holder {
    fileprivate var json: JSONValue {
        ["pid": .int(Int64(pid)), "by": .string(login), "since": .string(since.rfc3339)]
    }
}

extension StreamTable.Overview {
    fileprivate var json: JSONValue {
        [
            "stream": .string(stream), "server": .string(server), "strategy": .string(strategy),
            "at": .string(storedAt.rfc3339),
        ]
    }
}

extension KeptPlan {
    /// `current`: a directory's last sync was stopped for just this one.
    fileprivate func json(isCurrent: Bool) -> JSONValue {
        var counts: [String: Int64] = [:]
        for change in changes { counts[change.cause.rawValue, default: 0] += 1 }
        return [
            "plan": .string(id), "at": .string(at.rfc3339),
            "current": .bool(isCurrent),
            "changes": .object(counts.mapValues { .int($0) }),
            "groups": .int(Int64(groups.count)),
        ]
    }
}

extension QueuedStep {
    fileprivate func json(_ users: inout UserCache) throws -> JSONValue {
        [
            "process": JSONValue(process.id), "useCase": .string(process.useCase.rawValue),
            "user": try users.reference(process.user), "step": .string(step.kind.rawValue),
            "target": .string(step.target), "state": .string(step.state.rawValue),
            "attempts": .int(Int64(step.attempts)), "due": due.json,
            "lastError": step.error?.json ?? .null,
        ]
    }
}

extension OwedStep {
    /// As a step's, of no process.
    fileprivate func json(_ users: inout UserCache) throws -> JSONValue {
        [
            "process": .null, "useCase": .null, "user": try users.reference(telling.user),
            "step": .string(kind.rawValue), "target": .string(serial),
            "state": .string(telling.state.rawValue), "attempts": .int(Int64(telling.attempts)),
            "due": telling.due.json, "lastError": telling.error?.json ?? .null,
        ]
    }
}

extension User {
    fileprivate var missingJSON: JSONValue {
        [
            "user": reference, "directory": directory.json, "state": .string(state.rawValue),
            "since": missingSince.json,
        ]
    }

    fileprivate func hinderedJSON(at now: Timestamp) -> JSONValue {
        [
            "user": reference, "directory": directory.json, "state": .string(state.rawValue),
            "because": .array(record.hindrances(at: now).map { .string($0) }),
        ]
    }
}
