internal import Engine
internal import Ground
internal import Identity
internal import Store

/// `lockstep audit`: what happened, oldest first.
struct AuditCommand {
    let world: World

    func run() throws -> ExitCode {
        let store = try world.store(world.settings(), for: .read)
        let user = try world.command.value(.user).map { try world.user($0, in: store).id }
        if world.wantsJSON {
            try writeJSON(store, user: user)
        } else {
            try writeLines(store, user: user)
        }
        return .ok
    }

    /// One document, streamed: the log may be longer than memory.
    private func writeJSON(_ store: Store, user: UserID?) throws {
        var isFirst = true
        world.output.write("[")
        try store.audit.read(user: user, since: world.command.value(.since)) { record in
            world.output.write(isFirst ? "" : ",\n")
            isFirst = false
            world.output.write(record.json.text)
        }
        world.output.write("]\n")
    }

    private func writeLines(_ store: Store, user: UserID?) throws {
        try store.audit.read(user: user, since: world.command.value(.since)) { record in
            let event = record.event
            let whom = event.user.map { " \($0.username)" } ?? ""
            let process = event.process.map { ", process \($0)" } ?? ""
            let terminal = event.terminal.map { " (\($0))" } ?? ""
            world.output.hanging(
                [
                    Span("\(LocalTime.text(event.at))  \(event.by)@\(event.host)\(terminal)  "),
                    Span(event.isForced ? "FORCED " : "", .red),
                ],
                "\(event.event)\(whom)\(process)\(event.remark)")
        }
    }
}

extension AuditRecord {
    var json: JSONValue {
        [
            "sequence": .int(sequence), "at": event.at.json, "by": .string(event.by),
            "host": .string(event.host), "terminal": JSONValue(event.terminal),
            "event": .string(event.event), "process": JSONValue(event.process),
            "user": event.user.map {
                ["id": JSONValue($0.id), "username": .string($0.username), "dn": .string($0.dn)]
            } ?? .null,
            "detail": .object(event.detail),
            "hash": .string(String(hexadecimal: hash)),
        ]
    }
}

extension AuditEvent {
    /// Approval and protection were skipped.
    fileprivate var isForced: Bool { detail["forced"] == true }

    /// What it concerned, why, and what became of its steps, where the event has them.
    fileprivate var remark: String {
        let parts = ["serial", "reason", "note"].compactMap { key in
            detail[key]?.string.map { ", \(key): \($0)" }
        }
        return parts.joined() + (stepsTold.map { "; \($0)" } ?? "")
    }

    /// One or two steps by name, more of them as numbers; nil where the event tells of none.
    private var stepsTold: String? {
        let steps = (detail["steps"]?.array ?? []).compactMap(ToldStep.init)
        if steps.isEmpty { return nil }
        if steps.count <= 2 { return steps.map(\.words).joined(separator: ", ") }
        return StepState.allCases.compactMap { state in
            let count = steps.count { $0.state == state }
            return count == 0 ? nil : "\(count) \(state.rawValue)"
        }.joined(separator: ", ")
    }
}

/// A step as an event tells of it.
private struct ToldStep {
    let state: StepState
    let words: String

    /// nil where it is none of a process's.
    init?(_ step: JSONValue) {
        guard let state = step["state"]?.string.flatMap(StepState.init(rawValue:)),
            let kind = step["kind"]?.string, let target = step["target"]?.string
        else { return nil }
        self.state = state
        words = "\(StepKind.label(of: kind)) \(target): \(state.rawValue)"
    }
}
