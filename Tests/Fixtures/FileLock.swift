internal import Glibc

/// Held by one process at a time; freed with its owner, or with the process.
final class FileLock {
    private let descriptor: Int32

    /// Waits for whoever holds it.
    init(_ path: String) throws {
        descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0, flock(descriptor, LOCK_EX) == 0 else {
            throw FixtureError("\(path) can't be locked: error \(errno)")
        }
    }

    deinit {
        close(descriptor)
    }
}
