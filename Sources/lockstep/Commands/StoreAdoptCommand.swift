internal import Configuration
internal import Engine
internal import Ground
internal import Identity
internal import Store

/// `lockstep store adopt --because TEXT`: goes on with a store that was restored from a backup, or that
/// a clock which was ahead has written to, or that belongs to another configuration.
struct StoreAdoptCommand {
    let world: World

    func run() throws -> ExitCode {
        let settings = try world.settings()
        let by = world.operatorIdentity(settings)
        let because = try world.command.required(.because)
        guard because.contains(where: { !$0.isWhitespace }) else {
            throw Ending(.refused, "--because says nothing")
        }
        let store = try Store.open(settings.store.path, for: .adopt, by: world.holder(settings))
        world.observe(store)
        let belonging = StoreBelonging(settings, store)
        try belonging.requireAdoption(by: by)
        let lock = try world.runLock(settings, store: store)
        let now = world.now()
        let taken = try belonging.adopt(because: because, by: by, at: now)
        guard let why = try store.rollback?.description ?? store.clockFinding(at: now) else {
            if let taken { return report(taken, settings) }
            throw Ending(
                .refused, "the store was not rolled back: there is nothing to adopt",
                hint: "It can be written as it is.")
        }
        world.log.info("\(why)")
        let adoption = try store.adopt(because: because, by: by, at: now)
        _ = consume lock
        report(adoption)
        return .ok
    }

    /// The store was whole, and belongs to this configuration from here on.
    private func report(_ head: AuditHead, _ settings: Settings) -> ExitCode {
        if world.wantsJSON {
            world.print([
                "adopted": true, "requests": 0, "steps": 0, "head": .string(head.description),
            ])
        } else {
            world.output.line(
                Span("Adopted", .green), Span(": the store belongs to \(settings.file) now"))
        }
        return .ok
    }

    private func report(_ adoption: Adoption) {
        if world.wantsJSON {
            world.print([
                "adopted": true, "requests": .int(adoption.requests),
                "steps": .int(adoption.steps), "head": .string(adoption.head.description),
            ])
            return
        }
        let output = world.output
        output.line(Span("Adopted", .green), ": the store can be written again")
        let requests = adoption.requests == 1 ? "request" : "requests"
        output.line("  \(adoption.requests) open \(requests) closed")
        let steps = adoption.steps == 1 ? "step" : "steps"
        output.line("  \(adoption.steps) unfinished \(steps) will never be sent")
        output.line("")
        output.line("What happened after a backup is unknown here. What a sync would find:")
        output.line("  lockstep sync --dry-run")
    }
}
