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
        guard let names = UserList(octets)?.names else {
            throw Ending(.refused, "the list of users is not UTF-8")
        }
        try requireWithinLimit(names)
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

    /// More people than a directory's limit for locks are no everyday matter.
    private func requireWithinLimit(_ names: [String]) throws {
        let size = try ListSize(names, in: dialogue.proc.store, settings)
        if let most = world.command.value(.max) {
            guard size.people > most else { return }
            throw tooMany("\(size.people) users are more than \(most) at once", size)
        }
        for directory in settings.directories {
            let (count, most) = (size.people(of: directory), try mostLocks(directory))
            guard count > most else { continue }
            throw tooMany("\(count) users of \(directory.name) are more than \(most) at once", size)
        }
    }

    private func tooMany(_ sentence: String, _ size: ListSize) -> Ending {
        Ending(
            .refused, sentence, hint: "--max \(size.people) allows it (limits.locks).")
    }

    /// A percentage is of the directory's users who are neither locked nor missing.
    private func mostLocks(_ directory: DirectorySettings) throws -> Int64 {
        try directory.limits.locks.count(
            of: dialogue.proc.store.countable(in: directory.name))
    }
}
