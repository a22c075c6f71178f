internal import Configuration
internal import Engine
internal import Ground
internal import Identity
internal import Store

/// `lockstep receiver test`: calls a receiver with a document that is marked as a test.
struct ReceiverTestCommand {
    let world: World

    func run() throws -> ExitCode {
        let settings = try world.settings()
        let name = try world.command.required(ArgumentKey<String>.receiver)
        guard let receiver = settings.receivers.first(where: { $0.name == name }) else {
            let others = settings.receivers.map(\.name).joined(separator: ", ")
            throw Ending(
                .refused, "there is no receiver “\(name)”",
                hint: others.isEmpty ? "None is configured." : "Those that there are: \(others).")
        }
        try ReceiverCheck.require([receiver], owner: world.storeOwner(settings))
        let store = try world.store(settings, for: .write(create: false))
        try Rights(settings).require(.lock, of: world.operatorIdentity(settings))
        let user = try world.command.value(OptionKey<String>.user).map {
            try world.user($0, in: store)
        }
        return report(
            try ReceiverCall(receiver, world.context(settings, store)).test(user), of: receiver)
    }

    private func report(
        _ answer: ReceiverCall.Answer, of receiver: ReceiverSettings
    ) -> ExitCode {
        let (state, words): (StepState, String?) =
            switch answer {
            case .done: (.done, nil)
            case .later(let words): (.pending, words)
            case .failed(let words): (.failed, words)
            }
        if world.wantsJSON {
            world.print([
                "name": .string(receiver.name), "state": .string(state.rawValue),
                "error": words.map { ["code": .int(Int64(answer.code)), "message": .string($0)] }
                    ?? .null,
            ])
        } else {
            let style: Style = state == .done ? .green : state == .failed ? .red : .yellow
            world.output.line(
                Span(Sanitized(state.rawValue), style),
                Span("  \(receiver.name)\(words.map { ": \($0)" } ?? "")"))
        }
        return state == .done ? .ok : .unfinished
    }
}
