internal import Glibc
internal import Ground

/// Something that threads wait for: it happened more often than it was waited for.
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
