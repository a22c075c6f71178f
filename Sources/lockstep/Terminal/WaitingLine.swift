internal import Glibc
internal import Synchronization

/// Says on a terminal what is waited for, once that takes a second, and what Ctrl-C does meanwhile.
///
/// A thread writes it: whoever waits does so inside a C library. The line is written over, and gone with the wait.
final class WaitingLine: Sendable {
    private struct State {
        var what: String?
        var since = 0.0
        var isShown = false
        var isStarted = false
        var remark = ""
    }

    /// Seconds before anything is said, and between two looks.
    private static let patience = 1.0
    private static let pause: UInt32 = 200_000

    private let state = Mutex(State())
    private let descriptor: Int32
    private let width: Int

    /// nil where nobody looks.
    init?(_ output: Output, isQuiet: Bool) {
        guard output.capabilities.isTerminal, !isQuiet else { return nil }
        descriptor = output.descriptor
        width = output.capabilities.width ?? 80
    }

    /// What Ctrl-C does from now on.
    func set(remark: String) {
        state.withLock { $0.remark = remark }
    }

    func begin(_ what: String) {
        let isFirst = state.withLock { state in
            state.what = what
            state.since = Stopwatch.seconds()
            defer { state.isStarted = true }
            return !state.isStarted
        }
        if isFirst { startThread() }
    }

    func end() {
        state.withLock { state in
            state.what = nil
            guard state.isShown else { return }
            state.isShown = false
            put("\r\u{1B}[K")
        }
    }

    private func look() {
        state.withLock { state in
            guard let what = state.what else { return }
            let seconds = Stopwatch.seconds() - state.since
            guard seconds >= Self.patience else { return }
            state.isShown = true
            let text = Sanitized("waiting for \(what): \(Int(seconds)) s; \(state.remark)").text
            put("\r" + DisplayWidth.truncated(text, to: max(1, width - 1)) + "\u{1B}[K")
        }
    }

    private func put(_ text: String) {
        var text = text
        text.withUTF8 { unsafe _ = Glibc.write(descriptor, $0.baseAddress, $0.count) }
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
                while true {
                    usleep(WaitingLine.pause)
                    line.look()
                }
            }, line.toOpaque())
        guard code == 0 else { return unsafe line.release() }
        pthread_detach(thread)
    }
}
