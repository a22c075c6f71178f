internal import Configuration
internal import Engine
internal import Identity
internal import Store

/// Finds the people of a list, and reports how it ended for each.
final class BatchRun {
    private let world: World
    private let dialogue: ProcessDialogue
    private let newcomers: Newcomers?
    private let reason: String
    /// Where the names stand.
    private let file: String
    private let progress: ProgressLine
    private(set) var results: [ProcessDialogue.Result] = []
    /// On which line each result's user stands.
    private var lines: [Int] = []

    init(
        world: World, dialogue: ProcessDialogue, newcomers: Newcomers?, reason: String,
        file: String
    ) {
        self.world = world
        self.dialogue = dialogue
        self.newcomers = newcomers
        self.reason = reason
        self.file = file
        // Where the reports go to a terminal, they show how far it is.
        let isTold = world.output.capabilities.isTerminal && !world.wantsJSON
        progress = ProgressLine(
            output: world.errors, isQuiet: isTold || world.command.flag(.quiet))
    }

    /// How many of them it came to before somebody asked to stop.
    func lock(_ lines: [UserList.Line]) throws -> Int {
        let order = dialogue.order
        let done = try ListOrder.list(order, everywhere: world.command.flag(.everywhere))
            .carryOut(
                lines, find: find,
                again: { user, isOther, line, first in
                    world.log.notice(
                        "\(place(line)): \(name(user, isOther, line)) is \(user.record.username) of line \(first.number) again"
                    )
                },
                begin: { user, isOther, line in
                    try dialogue.startAttempt(
                        user, named: name(user, isOther, line), at: place(line), reason)
                },
                end: end,
                progress: { done in
                    progress.show(order.useCase.word, users: done, of: lines.count)
                })
        results = try dialogue.tellOthers(results, progress: progress)
        return done
    }

    var totals: BatchTotals {
        var totals = BatchTotals(of: dialogue.order.useCase)
        for (result, line) in zip(results, lines) { totals.add(result, line: line) }
        return totals
    }

    private func find(_ line: UserList.Line) throws -> ListOrder.Named<ProcessDialogue.Started> {
        do {
            return .user(
                try world.user(line.name, in: dialogue.order.context.store, orTakenInBy: newcomers))
        } catch {
            return .nobody(
                .refused(
                    try dialogue.refused(line.name, at: place(line), reason: reason, error)))
        }
    }

    private func end(_ started: ProcessDialogue.Started, _ line: UserList.Line) throws -> Bool {
        results.append(try dialogue.end(started))
        lines.append(line.number)
        if world.output.capabilities.isTerminal { world.output.flush() }
        return true
    }

    private func place(_ line: UserList.Line) -> String { "\(file):\(line.number)" }

    private func name(_ user: User, _ isOther: Bool, _ line: UserList.Line) -> String {
        isOther ? user.accountName : line.name
    }
}

extension User {
    /// `hq:ada`.
    var accountName: String { directory.naming(record.username) }
}
