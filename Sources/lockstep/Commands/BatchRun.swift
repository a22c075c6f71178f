internal import Configuration
internal import Engine
internal import Identity
internal import Store

/// Goes through a list of users; while the directory answers for one, the next one's plan is made.
///
/// Each has a process of their own, journalled before anything of it is sent.
final class BatchRun {
    private let world: World
    private let dialogue: ProcessDialogue
    private let newcomers: Newcomers?
    private let reason: String
    /// Where the names stand.
    private let file: String
    private let progress: ProgressLine
    private(set) var results: [ProcessDialogue.Result] = []
    private(set) var totals: BatchTotals
    private var underWay: (line: Int, started: ProcessDialogue.Started)?
    /// On which line each was named first.
    private var named: [UserID: Int] = [:]

    init(
        world: World, dialogue: ProcessDialogue, newcomers: Newcomers?, reason: String,
        file: String
    ) {
        self.world = world
        self.dialogue = dialogue
        self.newcomers = newcomers
        self.reason = reason
        self.file = file
        totals = BatchTotals(of: dialogue.order.useCase)
        // Where the reports go to a terminal, they show how far it is.
        let isTold = world.output.capabilities.isTerminal && !world.wantsJSON
        progress = ProgressLine(
            output: world.errors, isQuiet: isTold || world.command.flag(.quiet))
    }

    /// How many of them it came to before somebody asked to stop.
    func lock(_ lines: [UserList.Line]) throws -> Int {
        var done = 0
        do {
            for line in lines {
                if world.isInterrupted() { break }
                try lock(line)
                done += 1
                progress.show(dialogue.order.useCase.word, users: done, of: lines.count)
            }
        } catch {
            // The first error counts; what is sent is written down all the same.
            try? settle()
            throw error
        }
        try settle()
        return done
    }

    private func lock(_ line: UserList.Line) throws {
        let store = dialogue.order.context.store
        let user: User
        do {
            user = try world.user(line.name, in: store, orTakenInBy: newcomers)
        } catch {
            let refused = try dialogue.refused(
                line.name, at: place(line), reason: reason, error)
            try take(line.number, .refused(refused))
            return
        }
        try start(user, named: line.name, line)
        guard world.command.flag(.everywhere) else { return }
        let properties = dialogue.order.context.settings.samePerson
        for other in try store.samePerson(as: user, by: properties) {
            try start(other, named: "\(other.directory):\(other.record.username)", line)
        }
    }

    /// One and the same person is one, by whatever names.
    private func start(_ user: User, named name: String, _ line: UserList.Line) throws {
        if let first = named[user.id] {
            world.log.notice(
                "\(place(line)): \(name) is \(user.record.username) of line \(first) again")
            return
        }
        named[user.id] = line.number
        try take(
            line.number,
            try dialogue.startAttempt(user, named: name, at: place(line), reason))
    }

    private func place(_ line: UserList.Line) -> String { "\(file):\(line.number)" }

    /// What was under way before is settled now that the next one's steps are sent.
    private func take(_ line: Int, _ started: ProcessDialogue.Started) throws {
        try settle()
        underWay = (line, started)
    }

    private func settle() throws {
        guard let last = underWay else { return }
        underWay = nil
        let result = try dialogue.end(last.started)
        results.append(result)
        totals.add(result.outcome, line: last.line)
        if world.output.capabilities.isTerminal { world.output.flush() }
    }
}
