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
        let retry = Retry(try world.context(settings, store))
        if let id = world.command.argument(.process) {
            let process = try retry.one(id)
            try report([process], store: store)
            return code(of: [process])
        }
        let processes = try retry.all(onlyDue: false)
        let owed = try retry.owed()
        try report(processes, store: store)
        if !world.wantsJSON {
            if processes.isEmpty, owed.told == 0, owed.left.isEmpty {
                world.log.info("nothing is left to do")
            }
            try report(owed, store: store)
        }
        if world.wantsJSON, !owed.left.isEmpty {
            let what = owed.left.count == 1 ? "a certificate" : "\(owed.left.count) certificates"
            world.log.warning("a CA has not been told of \(what) beside the processes")
        }
        let code = code(of: processes)
        return code == .ok && !owed.left.isEmpty ? .unfinished : code
    }

    private func code(of processes: [IdentityProcess]) -> ExitCode {
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
        for process in processes {
            guard let user = try store.user(process.user) else { continue }
            ProcessReport(world: world).write(process, user: user)
        }
    }

    /// What CAs were told beside the processes.
    private func report(_ owed: (told: Int, left: [OwedTelling]), store: Store) throws {
        let output = world.output
        if owed.told > 0 {
            let what = owed.told == 1 ? "a certificate" : "\(owed.told) certificates"
            output.line(Span("Told", .green), Span("  of \(Sanitized(what)) beside the processes"))
        }
        for telling in owed.left {
            let left = try OwedStep(telling, store: store)
            output.line(
                Span("  \(telling.state.rawValue)  ", .yellow),
                Span("\(left.kind.label)  \(left.serial)  \(telling.certificate.authority)"))
            if let error = telling.error {
                output.hanging([Span("              ")], Sanitized(error.message), .yellow)
            }
        }
    }
}
