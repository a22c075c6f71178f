internal import Engine
internal import Ground
internal import Identity
internal import Store

extension Attention {
    /// What makes a stopped directory another matter: another plan.
    static func limit(_ plan: String?) -> String { "limit \(plan ?? "")" }
}

/// What needs a person, the gravest first.
struct Troubles {
    /// A sync that has not run for so long has been forgotten by cron.
    private static let longSilence: Int64 = 86_400

    private let facts: StatusFacts

    init(_ facts: StatusFacts) { self.facts = facts }

    func all(_ users: inout UserCache) throws -> [Attention] {
        let first = try ofStore + ofRuns + ofPlans(&users) + ofDirectories
        return try first + UndoneTroubles(facts).all(&users) + ofDrift
            + AuthorityTroubles(facts).all + ofRequests(&users) + ofRejected
    }

    private var ofStore: [Attention] {
        var found: [Attention] = []
        if let rollback = facts.rollback {
            found.append(
                Attention(
                    kind: .store, target: facts.storePath, message: rollback.message,
                    hint: rollback.hint ?? ""))
        }
        if let earlyClock = facts.earlyClock {
            found.append(
                Attention(
                    kind: .clock, target: "", message: earlyClock, hint: Store.clockRemedy))
        }
        if let canaryProblem = facts.canaryProblem {
            found.append(
                Attention(
                    kind: .store, target: canaryProblem.path, message: canaryProblem.description,
                    hint: "lockstep check opens the canary, and writes the file anew."))
        }
        if facts.isWritableByOthers {
            found.append(
                Attention(
                    kind: .store, target: facts.storePath,
                    message: "the store can be written by others: they can get round everything",
                    hint: "chmod 600 \(facts.storePath)"))
        }
        return found
    }

    private var ofRuns: [Attention] {
        guard let newest = facts.runs.first else {
            return [
                Attention(
                    kind: .sync, target: "", message: "no sync has run yet",
                    hint: "lockstep sync, and then let cron or systemd run it every few minutes.")
            ]
        }
        var found: [Attention] = []
        if newest.started.seconds + Self.longSilence < facts.now.seconds {
            found.append(
                Attention(
                    kind: .sync, target: "",
                    message: "the last sync began at \(LocalTime.text(newest.started))",
                    hint: "Look whether cron or systemd still runs it."))
        }
        let ended = facts.runs.first { $0.outcome != nil }
        if ended == nil {
            found.append(
                Attention(
                    kind: .sync, target: "", message: "no sync has ended yet",
                    hint: "lockstep sync says why."))
        }
        if ended?.outcome == .partial, facts.queue.isEmpty,
            !facts.directories.contains(where: { $0.error != nil })
        {
            found.append(
                Attention(
                    kind: .sync, target: "", message: "the last sync left something undone",
                    hint: "lockstep sync goes on, and says what it leaves."))
        }
        return found
    }

    /// What limits withhold still: whatever was run since, for other directories.
    private func ofPlans(_ users: inout UserCache) throws -> [Attention] {
        try facts.directories.filter { $0.isConfigured && $0.stop != nil }.map { directory in
            Attention(
                kind: .plan, target: directory.plan ?? "",
                message: "a safety limit stopped the last sync of \(directory.name): "
                    + "nobody's state was changed there",
                hint: directory.plan.map {
                    "lockstep sync --dry-run --release \($0) shows the changes; to carry them "
                        + "out: lockstep sync --release \($0)"
                } ?? "lockstep sync --dry-run shows the changes.",
                identity: directory.plan, subject: directory.name.rawValue,
                people: try people(of: directory, &users))
        }
    }

    /// Whose state the plan would change there.
    private func people(
        of directory: StatusFacts.Directory, _ users: inout UserCache
    ) throws -> [String] {
        guard let plan = facts.plans.first(where: { $0.id == directory.plan }) else { return [] }
        var lines: [String] = []
        for change in plan.changes {
            guard let user = try users.find(change.user), user.directory == directory.name else {
                continue
            }
            lines.append(
                "\(change.useCase?.word ?? "mark missing") \(user.record.username): "
                    + change.finding)
        }
        return lines
    }

    private var ofDirectories: [Attention] {
        facts.directories.compactMap { directory in
            if let error = directory.error, directory.isConfigured {
                let name = directory.name
                let named = error.hasPrefix("\(name): ") ? error : "\(name): \(error)"
                return Attention(
                    kind: .directory, target: name.rawValue,
                    message: directory.isStopped ? named : "the last sync did not read \(named)",
                    hint: directory.isStopped
                        ? "Where that is right, release the plan; else mend the directory."
                        : "Mend that; the next sync goes on by itself.",
                    identity: directory.isStopped ? Attention.limit(directory.plan) : error)
            }
            guard !directory.isConfigured, directory.users > 0 else { return nil }
            return Attention(
                kind: .directory, target: directory.name.rawValue,
                message: directory.users == 1
                    ? "a user is of \(directory.name), which is not configured any more, and is "
                        + "left alone"
                    : "\(directory.users) users are of \(directory.name), which is not "
                        + "configured any more: they are left alone",
                hint: "Where it has another key now, say `renamedFrom: \(directory.name)` there.")
        }
    }

    private var ofDrift: [Attention] {
        facts.drifted.map { drift in
            let name = drift.directory.naming(drift.username)
            return Attention(
                kind: drift.isProtected ? .protected : .drift, target: name,
                message: "\(drift.directory): \(drift.because)",
                hint: drift.isProtected
                    ? "lockstep lock \(name) --force --note TEXT locks a protected user."
                    : drift.isOnlyReported
                        ? "lockstep show \(name) says why they were locked; locking them again for "
                            + "that reason does it again in the directory."
                        : "lockstep sync mends it, or says why it does not.")
        }
    }

    private func ofRequests(_ users: inout UserCache) throws -> [Attention] {
        try facts.requests.map { request in
            Attention(
                kind: .request, target: request.process.description,
                message: "\(request.by) asks to \(request.useCase.word) "
                    + "\(try users.username(request.user)), \(request.reason)",
                hint: "lockstep approve \(request.process), or "
                    + "lockstep reject \(request.process) --because TEXT")
        }
    }

    private var ofRejected: [Attention] {
        Set(facts.rejected.map(\.directory)).sorted().map { directory in
            let count = facts.rejected.count { $0.directory == directory }
            return Attention(
                kind: .rejected, target: directory.rawValue,
                message: count == 1
                    ? "an entry of \(directory) can't be a user"
                    : "\(count) entries of \(directory) can't be users",
                hint: "lockstep status names them. Mend them in the directory, or leave them out "
                    + "with users.filter.",
                identity: "\(count) \(facts.rejected.first { $0.directory == directory }?.dn ?? "")"
            )
        }
    }
}
