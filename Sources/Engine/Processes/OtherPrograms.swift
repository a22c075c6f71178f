internal import Identity
internal import Store

// Other programs are at the same things; whoever waits for one says so.
extension EngineContext {
    /// The right to carry out the user's steps; nil: another program has it.
    func executorLock(of user: UserID) throws -> ExecutorLock? {
        try sessions.watch.during(Self.sameUser) { try store.executorLock(of: user) }
    }

    /// The right to take the user's steps elsewhere; nil: another program has it.
    func elsewhereLock(of user: UserID) throws -> ExecutorLock? {
        try sessions.watch.during(Self.sameUser) { try store.elsewhereLock(of: user) }
    }

    /// The turn to call `target`; nil: another program still has it after `seconds`, or we are asked to stop.
    func queueLock(
        _ kind: StepKind, _ target: String, waiting seconds: Int64
    ) throws -> QueueLock? {
        try sessions.watch.during("another program that calls \(target)") {
            try QueueLock(
                store: store.path, kind: kind, target: target, waiting: seconds,
                unless: isInterrupted)
        }
    }

    private static let sameUser = "another program that goes on with the same user"
}
