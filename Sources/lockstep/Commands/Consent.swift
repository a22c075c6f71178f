internal import Engine
internal import Ground
internal import Identity

/// What somebody agrees to, of a plan that may become another one while they read it.
struct Consent {
    enum Answer {
        case given
        case refused
        /// What was agreed to is not what would happen by now.
        case outdated
    }

    private let world: World
    private let proc: UsersProc
    private let wish: UsersProc.Wish
    private let at: Timestamp
    private var shown: Plan?
    /// Whoever said yes beforehand is not asked.
    private var isGiven: Bool

    init(to wish: UsersProc.Wish, at: Timestamp, world: World, proc: UsersProc) {
        self.world = world
        self.proc = proc
        self.wish = wish
        self.at = at
        isGiven = world.command.flag(.yes)
    }

    /// The plan as of now.
    func preview() throws -> ProcessPreview {
        isGiven && !world.command.flag(.dryRun)
            ? try proc.lastPreview(wish, at: at) : try proc.preview(wish, at: at)
    }

    /// Asks, unless the word was given already; `write` shows the plan.
    mutating func ask(_ preview: ProcessPreview, showing write: () -> Void) throws -> Answer {
        if isGiven { return .given }
        if let shown, shown != preview.plan { PreviewReport(output: world.errors).writeChanged() }
        write()
        shown = preview.plan
        world.errors.line("")
        guard world.prompt.confirms(preview.question) else { return .refused }
        // What the person saw must be what is carried out: look once more.
        let last = try proc.lastPreview(wish, at: at)
        // From here on a signal finds a word that was given, and nobody to ask again.
        isGiven = world.isInterrupted()
        let isSilent = preview.staleBecause == nil && last.staleBecause != nil
        if isGiven || isSilent || last.plan == preview.plan { return .given }
        proc.takeTime()
        return .outdated
    }
}
