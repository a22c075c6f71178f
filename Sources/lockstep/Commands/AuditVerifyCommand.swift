internal import Ground
internal import Store

/// `lockstep audit verify`: whether the chain of hashes is whole.
struct AuditVerifyCommand {
    let world: World

    func run() throws -> ExitCode {
        let store = try world.store(world.settings(), for: .read)
        let verdict = try world.waiting(for: "the audit log, which is read as a whole") {
            try store.audit.verify(head: world.command.value(.head))
        }
        let ok = verdict.firstBroken == nil
        if world.wantsJSON {
            world.print([
                "ok": .bool(ok), "events": .int(verdict.events),
                "firstBroken": JSONValue(verdict.firstBroken),
                "proven": .bool(ok && verdict.isProven),
            ])
        } else if let broken = verdict.firstBroken, broken > verdict.events {
            world.output.line(
                Span("broken", .red),
                " at its end: the last event is \(verdict.events), and the head was seen beyond it")
        } else if let broken = verdict.firstBroken {
            world.output.line(
                Span("broken", .red),
                " at event \(broken): it, or what stood before it, was changed")
        } else {
            let proof =
                verdict.isProven
                ? "proven to contain the head that was given" : "not proven against an outside head"
            world.output.line(
                Span("ok", .green),
                Span(": \(verdict.events) \(verdict.events == 1 ? "event" : "events"), \(proof)"))
        }
        return ok ? .ok : .store
    }
}
