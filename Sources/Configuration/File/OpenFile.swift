internal import Glibc
internal import Ground

/// An open file or folder.
///
/// Everything is asked of the descriptor: by the next call a path may name another file.
struct OpenFile: ~Copyable {
    private let descriptor: Int32

    /// Follows symbolic links.
    init(_ path: String) throws(FileProblem) {
        descriptor = try Self.open(path, at: AT_FDCWD, 0)
    }

    init(folder path: String) throws(FileProblem) {
        descriptor = try Self.open(path, at: AT_FDCWD, O_DIRECTORY)
    }

    /// `name` in a folder; a symbolic link is a problem of its own.
    init(_ name: String, in folder: borrowing OpenFile) throws(FileProblem) {
        descriptor = try Self.open(name, at: folder.descriptor, O_NOFOLLOW)
    }

    deinit { _ = close(descriptor) }

    /// `O_NONBLOCK`: opening a pipe must not wait for its writer.
    private static func open(
        _ path: String, at folder: Int32, _ flags: Int32
    ) throws(FileProblem) -> Int32 {
        let all = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | flags
        let descriptor = unsafe openat(folder, path, all)
        guard descriptor >= 0 else { throw FileProblem(errno: errno) }
        return descriptor
    }

    func status() throws(FileProblem) -> FileStatus {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw FileProblem(errno: errno) }
        return FileStatus(
            isRegular: status.st_mode & S_IFMT == S_IFREG, owner: status.st_uid,
            permissions: status.st_mode & 0o7777)
    }

    /// The content up to `most` bytes and some more, by which a longer file shows.
    ///
    /// It may be a password: no copy of it is left behind.
    func read(most: Int) throws(FileProblem) -> [UInt8] {
        var content: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16_384)
        defer { buffer.wipe() }
        while content.count <= most {
            let count = unsafe buffer.withUnsafeMutableBytes { bytes in
                unsafe Glibc.read(descriptor, bytes.baseAddress, bytes.count)
            }
            if count < 0 {
                if errno == EINTR { continue }
                throw FileProblem(errno: errno)
            }
            if count == 0 { break }
            content += buffer.prefix(count)
        }
        return content
    }

    /// `path` with every symbolic link in it resolved.
    static func resolved(_ path: String) throws(FileProblem) -> String {
        guard let resolved = unsafe realpath(path, nil) else { throw FileProblem(errno: errno) }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
    }
}
