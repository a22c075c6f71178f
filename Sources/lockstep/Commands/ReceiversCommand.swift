internal import Configuration
internal import Engine
internal import Ground
internal import Identity
internal import Store

/// `lockstep receivers`: what each has heard, and what waits for it.
struct ReceiversCommand {
    let world: World

    func run() throws -> ExitCode {
        let settings = try world.settings()
        let store = try world.store(settings, for: .read)
        let all = try store.receiverFigures(settings.receivers.map(\.name))
        if world.wantsJSON {
            world.print(.array(all.map(\.json)))
            return .ok
        }
        guard !all.isEmpty else {
            world.log.info("no receivers are configured")
            return .ok
        }
        ReceiverTable(all, settings).write(to: world.output)
        return .ok
    }
}

/// Receivers for people, as `receivers` and `status` show them.
struct ReceiverTable {
    private var table = Table([
        .init("receiver"), .init("waiting", alignment: .right), .init("failed", alignment: .right),
        .init("delivered", alignment: .right), .init("oldest"),
        .init("error", flexible: true, least: 24, isLast: true),
    ])

    init(_ all: [ReceiverFigures], _ settings: Settings) {
        for one in all {
            let isConfigured = settings.receivers.contains { $0.name == one.name }
            table.append([
                Span(Sanitized(one.name), isConfigured ? .plain : .yellow), Span("\(one.waiting)"),
                Span("\(one.failed)", one.failed > 0 ? .red : .plain), Span("\(one.delivered)"),
                Span(Sanitized(one.oldest.map(LocalTime.text) ?? "")),
                Span(
                    Sanitized(isConfigured ? one.error?.message ?? "" : "not configured any more")),
            ])
        }
    }

    func write(to output: Output) { table.write(to: output) }
}

extension ReceiverFigures {
    /// `{name, waiting, oldest, delivered, failed, error}`.
    var json: JSONValue {
        [
            "name": .string(name), "waiting": .int(waiting), "oldest": oldest.json,
            "delivered": .int(delivered), "failed": .int(failed), "error": error?.json ?? .null,
        ]
    }
}
