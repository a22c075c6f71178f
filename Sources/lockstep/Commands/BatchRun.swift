internal import Engine
internal import Identity
internal import Store

/// Goes through a list of users; while the directory answers for one, the next one's plan is made.
///
/// Each has a process of their own, journalled before anything of it is sent.
final class BatchRun {
    private let world: World
    private let dialogue: ProcessDialogue
    private let intake: EntryIntake?
    private let reason: String
    private let progress: ProgressLine
    private(set) var results: [ProcessDialogue.Result] = []
    private var underWay: (user: Int64?, started: ProcessDialogue.Started)?

    init(world: World, dialogue: ProcessDialogue, intake: EntryIntake?, reason: String) {
        self.world = world
        self.dialogue = dialogue
        self.intake = intake
        self.reason = reason
        // Where the reports go to a terminal, they show how far it is.
        let isTold = world.output.capabilities.isTerminal && !world.wantsJSON
        progress = ProgressLine(
            output: world.errors, isQuiet: isTold || world.command.flag(.quiet))
    }

    /// How many of them it came to before somebody asked to stop.
    func lock(_ names: [String]) throws -> Int {
        var done = 0
        do {
            for name in names {
                if world.isInterrupted() { break }
                try lock(name)
                done += 1
                progress.show(dialogue.proc.useCase.word, users: done, of: names.count)
            }
        } catch {
            // The first error counts; what is sent is written down all the same.
            try? settle()
            throw error
        }
        try settle()
        return done
    }

    private func lock(_ name: String) throws {
        let store = dialogue.proc.store
        let user: User
        do {
            user = try world.user(name, in: store, orTakenInBy: intake)
        } catch {
            try take(nil, .over(try dialogue.refused(name, reason: reason, error)))
            return
        }
        try start(user.id, named: name)
        guard world.command.flag(.everywhere) else { return }
        for other in try store.samePerson(as: user) {
            try start(other.id, named: "\(other.directory):\(other.record.username)")
        }
    }

    private func start(_ user: Int64, named name: String) throws {
        // One and the same user's steps wait for each other.
        if let underWay, underWay.user == user { try settle() }
        try take(user, try dialogue.startAttempt(user, named: name, reason))
    }

    /// What was under way before is settled now that the next one's steps are sent.
    private func take(_ user: Int64?, _ started: ProcessDialogue.Started) throws {
        try settle()
        underWay = (user, started)
    }

    private func settle() throws {
        guard let last = underWay else { return }
        underWay = nil
        results.append(try dialogue.end(last.started))
        if world.output.capabilities.isTerminal { world.output.flush() }
    }
}
