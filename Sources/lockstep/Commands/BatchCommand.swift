internal import Configuration
internal import Engine
internal import Identity
internal import Store

/// `--from FILE`: a user a line, a process each; one that is refused does not stop the others.
struct BatchCommand {
    let world: World
    let dialogue: ProcessDialogue
    let intake: EntryIntake?
    let settings: Settings

    func run(_ octets: [UInt8]) throws -> ExitCode {
        guard let text = String(validating: octets, as: UTF8.self) else {
            throw Ending(.refused, "the list of users is not UTF-8")
        }
        let names = text.split(whereSeparator: \.isNewline).map(Self.trimmed)
            .filter { !$0.isEmpty }
        try requireWithinLimit(names.count)
        let reason =
            try world.command.value(OptionKey<String>.reason)
            ?? dialogue.proc.useCase.builtInReason?.code
            ?? world.command.required(OptionKey<String>.reason)
        let run = BatchRun(world: world, dialogue: dialogue, intake: intake, reason: reason)
        let done = try run.lock(names)
        if done < names.count {
            world.log.warning("stopped after \(done) of \(names.count) users")
            _ = dialogue.finish(run.results)
            return .unfinished
        }
        return dialogue.finish(run.results)
    }

    /// More people than the limit for locks are no everyday matter.
    private func requireWithinLimit(_ count: Int) throws {
        let limit = try settings.directories.map { try mostLocks($0) }.max() ?? 50
        let allowed = Int(clamping: world.command.value(.max) ?? limit)
        guard count > allowed else { return }
        throw Ending(
            .refused, "\(count) users are more than \(allowed) at once",
            hint: "--max \(count) allows it (limits.locks).")
    }

    /// A percentage is of the directory's users who are neither locked nor missing, rounded up.
    private func mostLocks(_ directory: DirectorySettings) throws -> Int64 {
        switch directory.limits.locks {
        case .count(let count): Int64(count)
        case .percent(let percent):
            (try dialogue.proc.store.countable(in: directory.name) * Int64(percent) + 99) / 100
        }
    }

    private static func trimmed(_ line: Substring) -> String {
        var line = line
        while line.first?.isWhitespace == true { line.removeFirst() }
        while line.last?.isWhitespace == true { line.removeLast() }
        return String(line)
    }
}
