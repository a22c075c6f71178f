internal import Configuration
package import Identity
internal import LDAP
internal import Store

/// Goes on with processes that have something left to do.
package struct Retry {
    /// A process whose steps were taken.
    package enum Started {
        case underWay(ProcessExecution)
        case over(IdentityProcess)
    }

    private let context: EngineContext

    package init(_ context: EngineContext) {
        self.context = context
    }

    private var store: Store { context.store }

    /// Every unfinished process, oldest first; `onlyDue` leaves out those whose time has not come.
    package func all(onlyDue: Bool) throws -> [IdentityProcess] {
        var processes: [IdentityProcess] = []
        for id in try store.processes.unfinished(dueBy: onlyDue ? context.clock() : nil) {
            if context.isInterrupted() { break }
            guard try isConfigured(id) else { continue }
            processes += try goOn(with: id)
        }
        return processes
    }

    /// People of a directory that is no longer configured are left alone.
    private func isConfigured(_ id: Int64) throws -> Bool {
        guard let user = try store.user(try store.existingProcess(id).user) else { return false }
        return context.settings.directories.contains { $0.name == user.directory }
    }

    /// One process; one that is finished or superseded stays as it is.
    package func carryOut(_ id: Int64) throws -> IdentityProcess {
        let processes = try goOn(with: id)
        return try processes.first ?? store.existingProcess(id)
    }

    private func goOn(with id: Int64) throws -> [IdentityProcess] {
        try followed(try settle(try start(id)))
    }

    /// The process and, where it is an unlock that was refused, the lock that stands again.
    private func followed(_ process: IdentityProcess) throws -> [IdentityProcess] {
        guard process.state == .refused, let user = try store.user(process.user),
            let lock = try store.lock(of: user),
            try store.existingProcess(lock.process).isBegun, !context.isInterrupted()
        else { return [process] }
        return [process, try settle(try start(lock.process))]
    }

    /// Takes the steps of one process; the answers to the last ones may still be on their way.
    ///
    /// `isPlannedAfresh`: the plan was made from a look at the directory just now.
    package func start(_ id: Int64, isPlannedAfresh: Bool = false) throws -> Started {
        let process = try store.existingProcess(id)
        guard process.isBegun, let user = try store.user(process.user) else {
            return .over(process)
        }
        let directory = try context.settings.directory(of: user)
        guard !context.isInterrupted() else {
            return .over(
                try runner.postpone(
                    id,
                    why: StepError(
                        code: ResultCode.userCancelled.rawValue,
                        message: "interrupted before the directory was asked")))
        }
        do {
            let execution = try runner.start(
                id, directory: directory, shared: try context.sessions.session(directory),
                isPlannedAfresh: isPlannedAfresh)
            guard let execution else { return .over(try store.existingProcess(id)) }
            return .underWay(execution)
        } catch let failure as DirectoryFailure {
            return .over(
                try runner.postpone(
                    id, why: StepError(code: failure.code.rawValue, message: failure.description)))
        }
    }

    /// Waits for the answers to what was started.
    package func finish(_ started: Started) throws -> IdentityProcess {
        let process = try settle(started)
        _ = try followed(process)
        return process
    }

    /// Goes to the next server where this one takes no writes.
    private func settle(_ started: Started) throws -> IdentityProcess {
        switch started {
        case .over(let process): return process
        case .underWay(let execution):
            var shared = execution.shared
            let directory = shared.session.settings
            var process = try runner.finish(execution)
            while process.meetsReadOnlyServer(shared.session.dialect), !context.isInterrupted(),
                let next = context.sessions.next(after: shared)
            {
                shared = next
                process = try runner.run(process.id, directory: directory, shared: shared)
            }
            return process
        }
    }

    private var runner: ProcessRunner {
        ProcessRunner(context)
    }
}

extension IdentityProcess {
    /// Whether a step is pending because the server takes no writes: another one may.
    fileprivate func meetsReadOnlyServer(_ dialect: Dialect) -> Bool {
        isBegun
            && steps.contains { step in
                guard step.state == .pending, let error = step.error else { return false }
                return dialect.outcome(of: ResultCode(rawValue: error.code), for: [])
                    == .notWritableHere
            }
    }
}
