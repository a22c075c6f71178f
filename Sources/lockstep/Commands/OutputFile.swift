internal import Glibc

/// A file that somebody asked for by name.
enum OutputFile {
    /// Writes it whole, in the place of one that is there; mode 0600 for what tells of people.
    ///
    /// What is no file (a terminal, a pipe, a link) keeps its place and is written to.
    static func write(
        _ text: String, to path: String, mode: mode_t = 0o600
    ) throws(Ending) {
        var status = stat()
        if unsafe lstat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
            let descriptor = unsafe open(path, O_WRONLY | O_TRUNC | O_CLOEXEC)
            guard descriptor >= 0 else { throw failure(path) }
            defer { close(descriptor) }
            guard write(Array(text.utf8), to: descriptor) else { throw failure(path) }
            return
        }
        let part = path + ".part"
        unsafe unlink(part)
        let descriptor = unsafe open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw failure(path) }
        // Whatever the umask of cron is.
        fchmod(descriptor, mode)
        let isWritten = write(Array(text.utf8), to: descriptor)
        let code = errno
        close(descriptor)
        guard isWritten, unsafe rename(part, path) == 0 else {
            let why = isWritten ? errno : code
            unsafe unlink(part)
            errno = why
            throw failure(path)
        }
    }

    private static func write(_ octets: [UInt8], to descriptor: Int32) -> Bool {
        var rest = octets[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes {
                unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    private static func failure(_ path: String) -> Ending {
        let words = unsafe strerror(errno).map { unsafe String(cString: $0) } ?? "error \(errno)"
        // A disk that is full or broken is no fault of the name.
        let isOfDisk = [ENOSPC, EDQUOT, EIO, EFBIG].contains(errno)
        return Ending(isOfDisk ? .store : .refused, "cannot write \(path): \(words)")
    }
}
