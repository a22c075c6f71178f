internal import Configuration
package import Identity
internal import Store

/// Goes on with processes that have something left to do.
package struct Retry {
    private let context: EngineContext

    package init(_ context: EngineContext) {
        self.context = context
    }

    /// The process of this number, whatever is left of it.
    package func one(_ id: ProcessID) throws -> IdentityProcess {
        guard try context.store.processes.process(id) != nil else {
            throw Refusal(.refused, "there is no process \(id)")
        }
        return try ProcessRunner(context).carryOut(id)
    }

    /// Every unfinished process, oldest first; `onlyDue` leaves out those whose time has not come.
    package func all(onlyDue: Bool) throws -> [IdentityProcess] {
        let dueBy = onlyDue ? context.clock() : nil
        let runner = ProcessRunner(context, dueBy: dueBy)
        var processes: [IdentityProcess] = []
        for id in try context.store.processes.unfinished(dueBy: dueBy) {
            if context.isInterrupted() { break }
            guard try isConfigured(id) else { continue }
            processes += try runner.goOn(with: id)
        }
        return processes
    }

    /// People of a directory that is no longer configured are left alone.
    private func isConfigured(_ id: ProcessID) throws -> Bool {
        let store = context.store
        guard let user = try store.user(try store.existingProcess(id).user) else { return false }
        return context.settings.directories.contains { $0.name == user.directory }
    }
}
