internal import Glibc
internal import Ground

/// A descriptor that is written to through a buffer.
///
/// When the reader goes away (EPIPE) or the descriptor is closed, the output ends and the work goes on:
/// what is written later is dropped, and `failure` says why. SIGPIPE must be ignored by `main`.
final class Output {
    private static let capacity = 1 << 16

    let capabilities: Capabilities
    let descriptor: Int32
    /// The terminal that it shares with others; nil where it leads elsewhere.
    let screen: Screen?
    private var buffer: [UInt8] = []

    /// The errno that ended the output; nil while it lives.
    private(set) var failure: Int32?

    init(descriptor: Int32, capabilities: Capabilities, screen: Screen? = nil) {
        self.descriptor = descriptor
        self.capabilities = capabilities
        self.screen = capabilities.isTerminal ? screen : nil
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

    /// Also takes away what only says that something is waited for.
    func flush() {
        guard let screen else { return send() }
        screen.write { inFront in
            let ending = ending
            buffer.insert(contentsOf: inFront.utf8, at: 0)
            send()
            return ending
        }
    }

    /// How the screen stands once all is written: `CSI K` ends a line that is to be written over.
    private var ending: Screen.Ending {
        guard let last = buffer.last else { return .nothing }
        let isWhole = last == UInt8(ascii: "\n") || buffer.suffix(3) == Array("\u{1B}[K".utf8)[...]
        return isWhole ? .wholeLine : .openLine
    }

    private func send() {
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

extension Output {
    /// A name and its value, which goes on below itself where the terminal is too narrow for it.
    func fact(
        _ name: Sanitized, _ value: Sanitized, nameWidth: Int, _ style: Style = .plain
    ) {
        let head = "  " + DisplayWidth.padded(name.text, to: nameWidth) + " "
        hanging([Span(Sanitized(head))], value, style)
    }
}

extension Output {
    /// What stands in front, then text that goes on below its own beginning where it is too long.
    ///
    /// Where little room is left beside what stands in front, or too little for one of its words, the text
    /// begins below that.
    func hanging(_ lead: [Span], _ text: Sanitized, _ style: Style = .plain) {
        let leadWidth = lead.reduce(0) { $0 + DisplayWidth.of($1.text.text) }
        let width = capabilities.width ?? Int.max
        guard leadWidth + DisplayWidth.of(text.text) > width else {
            return line(lead + [Span(text, style)])
        }
        let (beside, below) = (width - leadWidth, max(1, width - 4))
        let isBeside =
            beside >= 20
            && (Wrapping.widest(of: text.text, width: beside) <= beside
                || Wrapping.widest(of: text.text, width: below) > below)
        let margin = isBeside ? max(2, leadWidth) : 4
        let blank = Span(Sanitized(String(repeating: " ", count: margin)))
        if !isBeside { line(lead) }
        for (index, part) in Wrapping.lines(of: text.text, width: max(1, width - margin))
            .enumerated()
        {
            line((index == 0 && isBeside ? lead : [blank]) + [Span(Sanitized(part), style)])
        }
    }
}

extension Output {
    /// A head and its detail, which goes below it, indented, where the terminal is too narrow.
    func item(
        _ head: Sanitized, _ detail: Sanitized, indentation: Int, _ style: Style = .plain
    ) {
        let width = capabilities.width ?? Int.max
        guard DisplayWidth.of(head.text) + DisplayWidth.of(detail.text) > width else {
            line(Span(Sanitized(head.text + detail.text), style))
            return
        }
        write(head: head, width: width, style)
        // Where little room is left, it does not go below what it belongs to.
        let indentation = width - indentation >= 20 ? indentation : 4
        let margin = String(repeating: " ", count: indentation)
        for part in Wrapping.lines(of: detail.text, width: max(1, width - indentation)) {
            line(Span(Sanitized(margin + part), style))
        }
    }

    /// A head that is too wide itself is broken behind its last column.
    private func write(head: Sanitized, width: Int, _ style: Style) {
        guard DisplayWidth.of(head.text) > width, let gap = head.text.ranges(of: "  ").last else {
            return line(Span(head, style))
        }
        hanging(
            [Span(Sanitized(String(head.text[..<gap.upperBound])), style)],
            Sanitized(String(head.text[gap.upperBound...])), style)
    }
}
