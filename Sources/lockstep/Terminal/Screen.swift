internal import Glibc
internal import Synchronization

/// A terminal that several write to: the lines of two outputs, and a passing line that says what is
/// waited for.
///
/// Whoever works never waits for the passing line: it is written by a thread of its own, without waiting,
/// where nobody is writing and no line is left unfinished; whoever writes after it takes it away.
final class Screen: Sendable {
    private struct State {
        /// The passing line stands there.
        var isPassing = false
        /// Something stands there that is no whole line: a question, or the beginning of an answer.
        var isLineOpen = false
        /// When somebody wrote last.
        var lastWrite = 0.0
    }

    private static let clearing = "\r\u{1B}[K"

    private let state = Mutex(State())

    /// Lets `send` write, given what must stand in front; it says how what it wrote ends.
    func write(_ send: (_ inFront: String) -> Ending) {
        state.withLock { state in
            let ending = send(state.isPassing ? Self.clearing : "")
            state.isPassing = false
            if ending != .nothing { state.isLineOpen = ending == .openLine }
            state.lastWrite = Stopwatch.seconds()
        }
    }

    enum Ending {
        /// A line feed, or a line that is to be written over.
        case wholeLine
        case openLine
        case nothing
    }

    /// Somebody at the keyboard has ended the line.
    func noteEndOfLine() {
        state.withLock { $0.isLineOpen = false }
    }

    /// Writes the passing line once nobody has written for `patience` seconds since then; `text` is told
    /// for how long.
    func pass(
        to descriptor: borrowing UnhurriedDescriptor, since begin: Double, patience: Double,
        _ text: (_ seconds: Double) -> String
    ) {
        _ = state.withLockIfAvailable { state in
            let quiet = Stopwatch.seconds() - max(begin, state.lastWrite)
            guard quiet >= patience, !state.isLineOpen else { return }
            if descriptor.write("\r" + text(quiet) + "\u{1B}[K") { state.isPassing = true }
        }
    }

    /// Takes the passing line away, where one stands.
    func clear(_ descriptor: borrowing UnhurriedDescriptor) {
        _ = state.withLockIfAvailable { state in
            guard state.isPassing, descriptor.write(Self.clearing) else { return }
            state.isPassing = false
        }
    }
}

/// A terminal that is written to without waiting: one that was stopped (Ctrl-S) takes nothing.
struct UnhurriedDescriptor: ~Copyable, Sendable {
    private let number: Int32
    /// An opening of our own, which alone can be made not to wait: the other one is shared with the shell.
    private let own: Int32

    init(_ number: Int32) {
        self.number = number
        // Whose terminal it is not, as under `sudo -u`, may not open it.
        own = unsafe open(
            "/proc/self/fd/\(number)", O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    }

    deinit {
        if own >= 0 { close(own) }
    }

    /// Whether it took the text.
    func write(_ text: String) -> Bool {
        var wanted = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
        guard unsafe poll(&wanted, 1, 0) == 1, wanted.revents == Int16(POLLOUT) else {
            return false
        }
        let octets = Array(text.utf8)
        return unsafe Glibc.write(own >= 0 ? own : number, octets, octets.count) > 0
    }
}
