internal import Engine
internal import Identity
internal import LDAP
internal import Store

/// What needs a person because something was to be done, and is not.
struct UndoneTroubles {
    /// After so many attempts a passing cause does not pass by itself.
    private static let manyAttempts = 5

    private let facts: StatusFacts

    init(_ facts: StatusFacts) { self.facts = facts }

    func all(_ users: inout UserCache) throws -> [Attention] {
        try ofQueue(&users) + ofOwed(&users) + ofReceivers
    }

    /// One for each process: a group that can't be written is seldom alone.
    private func ofQueue(_ users: inout UserCache) throws -> [Attention] {
        var found: [Attention] = []
        for process in facts.queue.map(\.process) where found.last?.target != process.id.description
        {
            let directory = try users.find(process.user)?.directory
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
        try facts.owed.filter {
            $0.telling.state == .failed || $0.telling.attempts >= Self.manyAttempts
        }
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
        in process: IdentityProcess, of directory: DirectoryName?
    ) -> (first: Step, what: String)? {
        let all = facts.queue.filter { $0.process.id == process.id && $0.step.kind != .notify }
            .map(\.step)
        // Reading back goes on once the others do.
        let own = all.filter { $0.kind != .verify }
        let steps = own.isEmpty ? all : own
        let failed = steps.filter { $0.state == .failed }
        if let first = failed.first {
            return (first, Self.count(failed.count, "a step failed", "steps failed"))
        }
        let isDown = directory.map(downDirectories.contains) ?? false
        let isTold = !process.useCase.isRestoring && !isDown
        let isAttended = facts.attended.contains(process.user)
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
    private var downDirectories: Set<DirectoryName> {
        Set(
            facts.directories.filter { $0.isConfigured && $0.error != nil && !$0.isStopped }
                .map(\.name))
    }

    private static func count(_ count: Int, _ one: String, _ many: String) -> String {
        count == 1 ? one : "\(count) \(many)"
    }

    /// One for each: what keeps it from one event keeps it from the others.
    private var ofReceivers: [Attention] {
        facts.receivers.compactMap { receiver in
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
}

extension Step {
    /// The server has taken it, and shows something else: that does not pass by itself.
    fileprivate var isUnseen: Bool {
        state == .pending && error?.code == .success
    }
}
