internal import Glibc
internal import Ground
internal import Synchronization

/// Where two threads meet to hand over one piece of work and what became of it.
final class Exchange<Piece: Sendable, Outcome: Sendable>: Sendable {
    private struct State: Sendable {
        var piece: Piece?
        var outcome: Outcome?
        var isClosed = false
    }

    private let state = Mutex(State())
    private let pieces: EventCount
    private let outcomes: EventCount

    /// nil where the system has no more descriptors to give.
    init?() {
        guard let pieces = EventCount(), let outcomes = EventCount() else { return nil }
        self.pieces = pieces
        self.outcomes = outcomes
    }

    func put(_ piece: Piece) {
        state.withLock { $0.piece = piece }
        pieces.raise()
    }

    /// Waits for a piece; nil: no more will come.
    func next() -> Piece? {
        pieces.await()
        return state.withLock { state in
            defer { state.piece = nil }
            return state.isClosed ? nil : state.piece
        }
    }

    func answer(_ outcome: Outcome) {
        state.withLock { $0.outcome = outcome }
        outcomes.raise()
    }

    func takeOutcome() -> Outcome? {
        outcomes.await()
        return state.withLock { state in
            defer { state.outcome = nil }
            return state.outcome
        }
    }

    func close() {
        state.withLock { $0.isClosed = true }
        pieces.raise()
    }
}

/// Something that threads wait for: it may happen more often than it is waited for, and none of it is
/// lost.
///
/// A pipe with an octet for each time. Swift's own mutex has nothing to wait for.
struct EventCount: ~Copyable, Sendable {
    private let pipe: Pipe

    /// nil where the system has no more descriptors to give.
    init?() {
        guard let pipe = Pipe() else { return nil }
        self.pipe = pipe
    }

    func raise() {
        var octet: UInt8 = 0
        while unsafe write(pipe.writer.number, &octet, 1) < 0, errno == EINTR {}
    }

    func await() {
        var octet: UInt8 = 0
        while unsafe read(pipe.reader.number, &octet, 1) < 0, errno == EINTR {}
    }
}
