internal import Engine
internal import Glibc

/// How far long work is, on one line of a terminal that is written over; nothing elsewhere.
final class ProgressLine {
    /// Seconds between two looks at the clock's face: people read no faster.
    private static let pause = 0.2

    private let output: Output
    private let isShown: Bool
    private var began = Stopwatch.seconds()
    private var last = 0.0
    private var title: String?

    init(output: Output, isQuiet: Bool) {
        self.output = output
        isShown = output.capabilities.isTerminal && !isQuiet
    }

    deinit {
        guard isShown, title != nil else { return }
        output.write("\r\u{1B}[K")
        output.flush()
    }

    func show(_ progress: SyncObserver.Progress) {
        show(
            "\(progress.directory): \(progress.phase.rawValue)", progress.entries,
            progress.entries > 0 ? "\(progress.entries) entries" : "")
    }

    /// `done` of this many users.
    func show(_ title: String, users done: Int, of all: Int) {
        show(title, done, "\(done) of \(all) users")
    }

    private func show(_ title: String, _ count: Int, _ figures: String) {
        guard isShown else { return }
        let now = Stopwatch.seconds()
        if title != self.title {
            self.title = title
            began = now
        } else if now - last < Self.pause {
            return
        }
        last = now
        let rate = now > began ? Int(Double(count) / (now - began)) : 0
        let text = Sanitized(figures.isEmpty ? title : "\(title): \(figures), \(rate) a second")
        output.write("\r\(text)\u{1B}[K")
        output.flush()
    }
}

/// Time that no clock setting moves.
enum Stopwatch {
    /// Seconds since some fixed instant (CLOCK_MONOTONIC).
    static func seconds() -> Double {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
