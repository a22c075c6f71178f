internal import Glibc
internal import Synchronization

/// Says on a terminal what is waited for, once that takes a second, and what Ctrl-C does meanwhile.
///
/// A thread writes it: whoever waits does so inside a C library. One wait may stand within another; the
/// inner one is said.
final class WaitingLine: Sendable {
    private struct Wait {
        let what: String
        let since: Double
    }

    private struct State {
        var waits: [Wait] = []
        var isStarted = false
        var remark = ""
    }

    /// Seconds before anything is said, and between two looks.
    private static let patience = 1.0
    private static let pause: UInt32 = 200_000

    private let state = Mutex(State())
    private let screen: Screen
    private let descriptor: UnhurriedDescriptor
    private let width: Int

    /// nil where nobody looks.
    init?(_ output: Output, isQuiet: Bool) {
        guard let screen = output.screen, !isQuiet else { return nil }
        self.screen = screen
        descriptor = UnhurriedDescriptor(output.descriptor)
        width = output.capabilities.width ?? 80
    }

    /// What Ctrl-C does from now on.
    func set(remark: String) {
        state.withLock { $0.remark = remark }
    }

    func begin(_ what: String) {
        let isFirst = state.withLock { state in
            state.waits.append(Wait(what: what, since: Stopwatch.seconds()))
            defer { state.isStarted = true }
            return !state.isStarted
        }
        if isFirst { startThread() }
    }

    /// Ends the wait that was begun last; the line goes with what is written next, or at the next look.
    func end() {
        state.withLock { _ = $0.waits.popLast() }
    }

    /// `since`: when the first of the waits began that have followed one another up to the last look.
    private func look(since: Double?) -> Double? {
        let (wait, remark) = state.withLock { ($0.waits.last, $0.remark) }
        guard let wait else {
            screen.clear(descriptor)
            return nil
        }
        let begin = min(since ?? wait.since, wait.since)
        screen.pass(to: descriptor, since: begin, patience: Self.patience) { seconds in
            let text = Sanitized("waiting for \(wait.what): \(Int(seconds)) s; \(remark)").text
            return DisplayWidth.truncated(text, to: max(1, width - 1))
        }
        return begin
    }

    /// It ends with the program, and takes no signal: those are the first thread's.
    private func startThread() {
        var all = sigset_t()
        var former = sigset_t()
        unsafe sigfillset(&all)
        unsafe pthread_sigmask(SIG_SETMASK, &all, &former)
        defer { unsafe pthread_sigmask(SIG_SETMASK, &former, nil) }
        let line = unsafe Unmanaged.passRetained(self)
        var thread = pthread_t()
        let code = unsafe pthread_create(
            &thread, nil,
            { argument in
                guard let argument = unsafe argument else { return nil }
                let line = unsafe Unmanaged<WaitingLine>.fromOpaque(argument).takeRetainedValue()
                var since: Double?
                while true {
                    usleep(WaitingLine.pause)
                    since = line.look(since: since)
                }
            }, line.toOpaque())
        guard code == 0 else { return unsafe line.release() }
        pthread_detach(thread)
    }
}
