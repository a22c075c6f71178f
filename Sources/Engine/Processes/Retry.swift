internal import Configuration
package import Identity
package import Store

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
    ///
    /// What is elsewhere comes after all that is in a directory; what no process tells is ``owed()``.
    package func all(onlyDue: Bool) throws -> [IdentityProcess] {
        var ids = try inDirectory(onlyDue: onlyDue).map(\.id)
        var others = StepsElsewhere(context, dueBy: onlyDue ? context.clock() : nil)
        ids += try others.takeAll(waiting: true).filter { !ids.contains($0) }
        return try ids.map { try context.store.existingProcess($0) }
    }

    /// Tells the CAs what is owed them beside the processes, and what they were never told of, due or not:
    /// how many certificates were told, and what is left.
    package func owed() throws -> (told: Int, left: [OwedTelling]) {
        try context.authorities.bind(in: context.store)
        let owed = OwedTellings(context)
        try owed.addUntold()
        let told = try owed.take(onlyDue: false)
        let directories = Set(context.settings.directories.map(\.name))
        return (told, try OwedTellingTable(context.store).all(in: directories))
    }

    /// The same of what is left in a directory alone.
    package func inDirectory(onlyDue: Bool) throws -> [IdentityProcess] {
        let dueBy = onlyDue ? context.clock() : nil
        let runner = ProcessRunner(context, elsewhere: .later, dueBy: dueBy)
        var processes: [IdentityProcess] = []
        for id in try context.store.processes.unfinishedInDirectory(dueBy: dueBy) {
            if context.isInterrupted() { break }
            // People of a directory that is no longer configured are left alone.
            guard try context.isConfigured(id) else { continue }
            processes += try runner.goOn(with: id)
        }
        return processes
    }
}
