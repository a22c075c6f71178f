internal import Glibc
internal import Ground

/// A descriptor that is written to through a buffer.
///
/// When the reader goes away (EPIPE) or the descriptor is closed, the output ends and the work goes on:
/// what is written later is dropped, and `failure` says why. SIGPIPE must be ignored by `main`.
final class Output {
    private static let capacity = 1 << 16

    let capabilities: Capabilities
    private let descriptor: Int32
    private var buffer: [UInt8] = []

    /// The errno that ended the output; nil while it lives.
    private(set) var failure: Int32?

    init(descriptor: Int32, capabilities: Capabilities) {
        self.descriptor = descriptor
        self.capabilities = capabilities
        buffer.reserveCapacity(Self.capacity)
    }

    deinit { flush() }

    /// Whether what was lost is worth a word: nobody misses what a reader did not want.
    var lostOutput: Bool { failure.map { $0 != EPIPE } ?? false }

    /// Why output was lost, in the system's words; nil where that is worth no word.
    var loss: String? {
        guard let failure, lostOutput else { return nil }
        return Errno(failure).words
    }

    /// Text as it is: for what was made harmless, or is for a program.
    func write(_ text: String) {
        guard failure == nil else { return }
        buffer.append(contentsOf: text.utf8)
        if buffer.count >= Self.capacity { flush() }
    }

    func line(_ text: Sanitized) {
        write(text.text)
        write("\n")
    }

    func line(_ spans: Span...) { line(spans) }

    func line(_ spans: [Span]) {
        for span in spans { write(span.rendered(colors: capabilities.colors)) }
        write("\n")
    }

    func flush() {
        var sent = 0
        while sent < buffer.count, failure == nil {
            let count = unsafe buffer.withUnsafeBytes { all in
                let rest = unsafe UnsafeRawBufferPointer(rebasing: all[sent...])
                return unsafe Glibc.write(descriptor, rest.baseAddress, rest.count)
            }
            if count >= 0 { sent += count } else { recover(from: errno) }
        }
        buffer.removeAll(keepingCapacity: true)
    }

    private func recover(from code: Int32) {
        switch code {
        case EINTR: break
        case EAGAIN:
            // Somebody who shares the terminal may have made it non-blocking.
            var wanted = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            _ = unsafe poll(&wanted, 1, -1)
        default: failure = code
        }
    }
}
