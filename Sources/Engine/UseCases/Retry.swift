package import Configuration
package import Identity
package import LDAP
internal import LDAPClient
package import Store

/// Goes on with processes that have something left to do.
package struct Retry {
    private let settings: Settings
    private let store: Store
    private let sessions: DirectorySessions
    private let by: Operator
    private let clock: () -> Timestamp
    private let isInterrupted: () -> Bool

    package init(
        settings: Settings, store: Store, sessions: DirectorySessions, by: Operator,
        clock: @escaping () -> Timestamp, isInterrupted: @escaping () -> Bool
    ) {
        self.settings = settings
        self.store = store
        self.sessions = sessions
        self.by = by
        self.clock = clock
        self.isInterrupted = isInterrupted
    }

    /// Every unfinished process, oldest first; `onlyDue` leaves out those whose time has not come.
    package func all(onlyDue: Bool) throws -> [IdentityProcess] {
        var processes: [IdentityProcess] = []
        for id in try store.processes.unfinished(dueBy: onlyDue ? clock() : nil) {
            if isInterrupted() { break }
            guard try isConfigured(id) else { continue }
            processes += try goOn(with: id)
        }
        return processes
    }

    /// People of a directory that is no longer configured are left alone.
    private func isConfigured(_ id: Int64) throws -> Bool {
        guard let user = try store.user(try store.existingProcess(id).user) else { return false }
        return settings.directories.contains { $0.name == user.directory }
    }

    /// One process; one that is finished or superseded stays as it is.
    package func carryOut(_ id: Int64) throws -> IdentityProcess {
        let processes = try goOn(with: id)
        return try processes.first ?? store.existingProcess(id)
    }

    /// One process and, where it is an unlock that was refused, the lock that stands again.
    private func goOn(with id: Int64) throws -> [IdentityProcess] {
        let process = try attempt(id)
        guard process.state == .refused, let user = try store.user(process.user),
            let lock = try store.lock(of: user),
            try store.existingProcess(lock.process).isBegun, !isInterrupted()
        else { return [process] }
        return [process, try attempt(lock.process)]
    }

    private func attempt(_ id: Int64) throws -> IdentityProcess {
        let process = try store.existingProcess(id)
        guard process.isBegun, let user = try store.user(process.user) else { return process }
        let directory = try settings.directory(of: user)
        let runner = ProcessRunner(
            store: store, by: by, clock: clock(), isInterrupted: isInterrupted)
        do {
            var shared = try sessions.session(directory)
            var process = try runner.run(id, directory: directory, shared: shared)
            while process.meetsReadOnlyServer(shared.session.dialect), !isInterrupted(),
                let next = sessions.next(after: shared)
            {
                shared = next
                process = try runner.run(id, directory: directory, shared: shared)
            }
            return process
        } catch let failure as DirectoryFailure {
            return try runner.postpone(
                id, why: StepError(code: failure.code.rawValue, message: failure.description))
        }
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
