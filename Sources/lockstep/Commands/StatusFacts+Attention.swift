internal import Engine
internal import Ground
internal import Identity
internal import LDAP
internal import Store

extension Attention {
    /// What makes a stopped directory another matter: another plan.
    static func limit(_ plan: String?) -> String { "limit \(plan ?? "")" }
}

/// What needs a person: the gravest first.
extension StatusFacts {
    /// A sync that has not run for so long has been forgotten by cron.
    private static let longSilence: Int64 = 86_400
    /// After so many attempts a passing cause does not pass by itself.
    private static let manyAttempts = 5

    func attention(_ users: inout UserCache) throws -> [Attention] {
        let first = try ofStore + ofRuns + ofPlans(&users) + ofDirectories + ofQueue(&users)
        return try first + ofOwed(&users) + ofReceivers + ofDrift + ofAuthorities
            + ofRequests(&users) + ofRejected
    }

    private var ofStore: [Attention] {
        var found: [Attention] = []
        if let rollback {
            found.append(
                Attention(
                    kind: .store, target: storePath, message: rollback.message,
                    hint: rollback.hint ?? ""))
        }
        if let earlyClock {
            found.append(
                Attention(
                    kind: .clock, target: "", message: earlyClock, hint: Store.clockRemedy))
        }
        if let canaryProblem {
            found.append(
                Attention(
                    kind: .store, target: canaryProblem.path, message: canaryProblem.description,
                    hint: "lockstep check opens the canary, and writes the file anew."))
        }
        if isWritableByOthers {
            found.append(
                Attention(
                    kind: .store, target: storePath,
                    message: "the store can be written by others: they can get round everything",
                    hint: "chmod 600 \(storePath)"))
        }
        return found
    }

    private var ofRuns: [Attention] {
        guard let newest = runs.first else {
            return [
                Attention(
                    kind: .sync, target: "", message: "no sync has run yet",
                    hint: "lockstep sync, and then let cron or systemd run it every few minutes.")
            ]
        }
        var found: [Attention] = []
        if newest.started.seconds + Self.longSilence < now.seconds {
            found.append(
                Attention(
                    kind: .sync, target: "",
                    message: "the last sync began at \(LocalTime.text(newest.started))",
                    hint: "Look whether cron or systemd still runs it."))
        }
        let ended = runs.first { $0.outcome != nil }
        if ended == nil {
            found.append(
                Attention(
                    kind: .sync, target: "", message: "no sync has ended yet",
                    hint: "lockstep sync says why."))
        }
        if ended?.outcome == .partial, queue.isEmpty,
            !directories.contains(where: { $0.error != nil })
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
        try directories.filter { $0.isConfigured && $0.stop != nil }.map { directory in
            Attention(
                kind: .plan, target: directory.plan ?? "",
                message: "a safety limit stopped the last sync of \(directory.name): "
                    + "nobody's state was changed there",
                hint: directory.plan.map {
                    "lockstep sync --dry-run --release \($0) shows the changes; to carry them "
                        + "out: lockstep sync --release \($0)"
                } ?? "lockstep sync --dry-run shows the changes.",
                identity: directory.plan, subject: directory.name,
                people: try people(of: directory, &users))
        }
    }

    /// Whose state the plan would change there.
    private func people(
        of directory: Directory, _ users: inout UserCache
    ) throws -> [String] {
        guard let plan = plans.first(where: { $0.id == directory.plan }) else { return [] }
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
        directories.compactMap { directory in
            if let error = directory.error, directory.isConfigured {
                let name = directory.name
                let named = error.hasPrefix("\(name): ") ? error : "\(name): \(error)"
                return Attention(
                    kind: .directory, target: name,
                    message: directory.isStopped ? named : "the last sync did not read \(named)",
                    hint: directory.isStopped
                        ? "Where that is right, release the plan; else mend the directory."
                        : "Mend that; the next sync goes on by itself.",
                    identity: directory.isStopped ? Attention.limit(directory.plan) : error)
            }
            guard !directory.isConfigured, directory.users > 0 else { return nil }
            return Attention(
                kind: .directory, target: directory.name,
                message: directory.users == 1
                    ? "a user is of \(directory.name), which is not configured any more, and is "
                        + "left alone"
                    : "\(directory.users) users are of \(directory.name), which is not "
                        + "configured any more: they are left alone",
                hint: "Where it has another key now, say `renamedFrom: \(directory.name)` there.")
        }
    }

    /// One for each process: a group that can't be written is seldom alone.
    private func ofQueue(_ users: inout UserCache) throws -> [Attention] {
        var found: [Attention] = []
        for process in queue.map(\.process) where found.last?.target != process.id.description {
            let directory = try users.find(process.user)?.directory ?? ""
            guard let (first, what) = trouble(in: process, of: directory) else { continue }
            let whom = try users.username(process.user)
            let why = first.error.map { ": \($0.message)" } ?? ""
            found.append(
                Attention(
                    kind: .step, target: process.id.description,
                    message: "process \(process.id), \(process.useCase.word) \(whom): \(what): "
                        + "\(first.kind.label) \(first.target)\(why)",
                    hint: first.attempts == 0
                        ? "The next sync goes on with it; at once: lockstep retry \(process.id)"
                        : "Mend that \(first.telling == nil ? "in the directory" : "at the CA"), then: "
                            + "lockstep retry \(process.id)",
                    identity: (first.state == .failed ? "failed" : "stuck") + why))
        }
        return found
    }

    /// What a CA has refused, or put off many times, of what no process tells.
    private func ofOwed(_ users: inout UserCache) throws -> [Attention] {
        try owed.filter { $0.telling.state == .failed || $0.telling.attempts >= Self.manyAttempts }
            .map { owed in
                let why = owed.telling.error.map { ": \($0.message)" } ?? ""
                return Attention(
                    kind: .step, target: owed.serial,
                    message: "certificate \(owed.serial) of "
                        + "\(try users.username(owed.telling.user)): "
                        + "\(owed.telling.certificate.authority) was not told\(why)",
                    hint: "Mend that at the CA, then: lockstep retry",
                    identity: owed.telling.state.rawValue + why)
            }
    }

    /// A step that does not go on by itself, and how it stands with such steps; nil where there is none.
    ///
    /// What closes an account or takes a group away is told from the first attempt on, and also where its
    /// program has ended before that: until it is done somebody gets in who should not. Where a directory as a
    /// whole can't be read, that is told instead.
    private func trouble(
        in process: IdentityProcess, of directory: String
    ) -> (first: Step, what: String)? {
        let all = queue.filter { $0.process.id == process.id && $0.step.kind != .notify }
            .map(\.step)
        // Reading back goes on once the others do.
        let own = all.filter { $0.kind != .verify }
        let steps = own.isEmpty ? all : own
        let failed = steps.filter { $0.state == .failed }
        if let first = failed.first {
            return (first, Self.count(failed.count, "a step failed", "steps failed"))
        }
        let isTold = !process.useCase.isRestoring && !downDirectories.contains(directory)
        let isAttended = attended.contains(process.user)
        let stuck = steps.filter {
            $0.attempts >= Self.manyAttempts || $0.isUnseen
                || (isTold && $0.kind.isInDirectory && ($0.attempts > 0 || !isAttended))
        }
        guard let first = stuck.first else { return nil }
        let what =
            first.attempts > 1
            ? Self.count(stuck.count, "a step was", "steps were")
                + " tried \(first.attempts) times"
            : Self.count(stuck.count, "a step is", "steps are") + " not done yet"
        return (first, what)
    }

    /// Those of the configuration that the last sync could not read.
    private var downDirectories: Set<String> {
        Set(
            directories.filter { $0.isConfigured && $0.error != nil && !$0.isStopped }
                .map(\.name))
    }

    private static func count(_ count: Int, _ one: String, _ many: String) -> String {
        count == 1 ? one : "\(count) \(many)"
    }

    /// One for each: what keeps it from one event keeps it from the others.
    private var ofReceivers: [Attention] {
        receivers.compactMap { receiver in
            let isStuck = receiver.attempts >= Self.manyAttempts
            guard receiver.failed > 0 || isStuck else { return nil }
            let count = Int(isStuck ? receiver.failed + receiver.waiting : receiver.failed)
            let since = receiver.oldest.map { " since \(LocalTime.text($0))" } ?? ""
            let why = receiver.error.map { ": \($0.message)" } ?? ""
            return Attention(
                kind: .receiver, target: receiver.name,
                message: "receiver \(receiver.name) has not heard of "
                    + Self.count(count, "a process", "processes") + since + why,
                hint: "Mend that, then: lockstep retry", identity: why)
        }
    }

    private var ofDrift: [Attention] {
        drifted.map { drift in
            let name = "\(drift.directory):\(drift.username)"
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
        try requests.map { request in
            Attention(
                kind: .request, target: request.process.description,
                message: "\(request.by) asks to \(request.useCase.word) "
                    + "\(try users.username(request.user)), \(request.reason)",
                hint: "lockstep approve \(request.process), or "
                    + "lockstep reject \(request.process) --because TEXT")
        }
    }

    private var ofRejected: [Attention] {
        Set(rejected.map(\.directory)).sorted().map { directory in
            let count = rejected.count { $0.directory == directory }
            return Attention(
                kind: .rejected, target: directory,
                message: count == 1
                    ? "an entry of \(directory) can't be a user"
                    : "\(count) entries of \(directory) can't be users",
                hint: "lockstep status names them. Mend them in the directory, or leave them out "
                    + "with users.filter.",
                identity: "\(count) \(rejected.first { $0.directory == directory }?.dn ?? "")")
        }
    }
}

extension Step {
    /// The server has taken it, and shows something else: that does not pass by itself.
    fileprivate var isUnseen: Bool {
        state == .pending && error?.code == .success
    }
}
