internal import Engine
internal import Ground
internal import Identity
internal import Store

/// `lockstep retry`: goes on with what is pending or failed, due or not.
struct RetryCommand {
    let world: World

    func run() throws -> ExitCode {
        let settings = try world.settings()
        try world.requireReceivers(settings)
        let store = try world.store(settings, for: .write(create: false))
        let context = try world.context(settings, store)
        let retry = Retry(context)
        let processes =
            if let id = world.command.argument(.process) {
                [try retry.one(id)]
            } else {
                try retry.all(onlyDue: false)
            }
        try report(processes, store: store)
        if processes.contains(where: { $0.state == .refused }) { return .refused }
        return processes.contains { $0.isUnfinished } ? .unfinished : .ok
    }

    private func report(_ processes: [IdentityProcess], store: Store) throws {
        if world.wantsJSON {
            world.print(
                .array(
                    try processes.map { process in
                        ProcessResult(process, user: try store.user(process.user)).json
                    }))
            return
        }
        if processes.isEmpty { world.log.info("nothing is left to do") }
        for process in processes {
            guard let user = try store.user(process.user) else { continue }
            ProcessReport(world: world).write(process, user: user)
        }
    }
}
