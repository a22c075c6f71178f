internal import Engine
internal import Glibc

/// How far a sync is, on one line of a terminal that is written over; nothing elsewhere.
final class ProgressLine {
    /// Seconds between two looks at the clock's face: people read no faster.
    private static let pause = 0.2

    private let output: Output
    private let isShown: Bool
    private var began = Stopwatch.seconds()
    private var last = 0.0
    private var phase: SyncObserver.Phase?

    init(output: Output, isQuiet: Bool) {
        self.output = output
        isShown = output.capabilities.isTerminal && !isQuiet
    }

    deinit {
        guard isShown, phase != nil else { return }
        output.write("\r\u{1B}[K")
        output.flush()
    }

    func show(_ progress: SyncObserver.Progress) {
        guard isShown else { return }
        let now = Stopwatch.seconds()
        if progress.phase != phase {
            phase = progress.phase
            began = now
        } else if now - last < Self.pause {
            return
        }
        last = now
        let rate = now > began ? Int(Double(progress.entries) / (now - began)) : 0
        let figures =
            progress.entries > 0 ? ": \(progress.entries) entries, \(rate) a second" : ""
        let text = Sanitized("\(progress.directory): \(progress.phase.rawValue)\(figures)")
        output.write("\r\(text)\u{1B}[K")
        output.flush()
    }
}
