internal import Glibc

/// Something that threads wait for: it happened more often than it was waited for.
///
/// A pipe with an octet for each time. Swift's own mutex has nothing to wait for.
struct EventCount: ~Copyable, Sendable {
    private let reading: Int32
    private let writing: Int32

    /// nil where the system has no more descriptors to give.
    init?() {
        var ends: [Int32] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else { return nil }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        reading = ends[0]
        writing = ends[1]
    }

    deinit {
        close(reading)
        close(writing)
    }

    func raise() {
        var octet: UInt8 = 0
        while unsafe write(writing, &octet, 1) < 0, errno == EINTR {}
    }

    func await() {
        var octet: UInt8 = 0
        while unsafe read(reading, &octet, 1) < 0, errno == EINTR {}
    }
}
