internal import Configuration
internal import Engine
internal import Identity
internal import Store

/// `--from FILE`: a user a line, a process each; one that is refused does not stop the others.
struct BatchCommand {
    let world: World
    let dialogue: ProcessDialogue
    let newcomers: Newcomers?
    let settings: Settings

    /// `file`: the name that it was given by.
    func run(_ octets: [UInt8], of file: String) throws -> ExitCode {
        let file = file == "-" ? "standard input" : file
        guard let lines = UserList(octets)?.lines else {
            throw Ending(.refused, "\(file) is not UTF-8")
        }
        if lines.isEmpty { world.log.warning("\(file) names nobody") }
        try requireWithinLimit(lines.map(\.name))
        let reason =
            try world.command.value(OptionKey<String>.reason)
            ?? dialogue.order.useCase.builtInReason?.code
            ?? world.command.required(OptionKey<String>.reason)
        let run = BatchRun(
            world: world, dialogue: dialogue, newcomers: newcomers, reason: reason, file: file)
        let done = try run.lock(lines)
        let code = dialogue.finish(run.results)
        if !world.wantsJSON, !world.command.flag(.ldif), !lines.isEmpty {
            world.output.line("\(run.totals.sentence)")
        }
        if run.results.contains(where: { $0.code == .noUser }) {
            world.log.notice(
                "a name must be whole here; this searches for a part of one: lockstep find TEXT")
        }
        guard done < lines.count else { return code }
        world.log.warning("stopped after \(done) of \(lines.count) users")
        return .unfinished
    }

    /// More people than a directory's limit for locks are no everyday matter.
    private func requireWithinLimit(_ names: [String]) throws {
        let size = try ListSize(
            names, of: dialogue.order.useCase, in: dialogue.order.context.store, settings)
        if let most = world.command.value(.max) {
            guard size.people > most else { return }
            throw tooMany("\(Self.people(size.people)) more than \(most) at once", size)
        }
        for directory in settings.directories {
            let (count, most) = (size.people(of: directory), try mostLocks(directory))
            guard count > most else { continue }
            throw tooMany(
                "\(Self.people(count, of: directory.name)) more than \(most) at once", size)
        }
    }

    private static func people(_ count: Int, of directory: DirectoryName? = nil) -> String {
        let whose = directory.map { " of \($0)" } ?? ""
        return count == 1 ? "1 user\(whose) is" : "\(count) users\(whose) are"
    }

    private func tooMany(_ sentence: String, _ size: ListSize) -> Ending {
        Ending(
            .refused, sentence, hint: "--max \(size.people) allows it (limits.locks).")
    }

    /// A percentage is of the directory's users who are neither locked nor missing.
    private func mostLocks(_ directory: DirectorySettings) throws -> Int64 {
        try directory.limits.locks.count(
            of: dialogue.order.context.store.countable(in: directory.name))
    }
}
