internal import Glibc
internal import Ground

/// An open file or folder.
///
/// Everything is asked of the descriptor: by the next call a path may name another file.
struct OpenFile: ~Copyable {
    private let file: FileDescriptor

    /// Follows symbolic links.
    init(_ path: String) throws(FileProblem) {
        file = try Self.open(path, at: AT_FDCWD, 0)
    }

    init(folder path: String) throws(FileProblem) {
        file = try Self.open(path, at: AT_FDCWD, O_DIRECTORY)
    }

    /// `name` in a folder; a symbolic link is a problem of its own.
    init(_ name: String, in folder: borrowing OpenFile) throws(FileProblem) {
        file = try Self.open(name, at: folder.file.number, O_NOFOLLOW)
    }

    /// `O_NONBLOCK`: opening a pipe must not wait for its writer.
    private static func open(
        _ path: String, at folder: Int32, _ flags: Int32
    ) throws(FileProblem) -> FileDescriptor {
        let all = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | flags
        let file = FileDescriptor(unsafe openat(folder, path, all))
        guard file.isOpen else { throw FileProblem(.last) }
        return file
    }

    func status() throws(FileProblem) -> FileStatus {
        guard let status = file.status else { throw FileProblem(.last) }
        return FileStatus(
            isRegular: status.isRegularFile, owner: status.st_uid,
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
                unsafe Glibc.read(file.number, bytes.baseAddress, bytes.count)
            }
            if count < 0 {
                if errno == EINTR { continue }
                throw FileProblem(.last)
            }
            if count == 0 { break }
            content += buffer.prefix(count)
        }
        return content
    }

    /// `path` with every symbolic link in it resolved.
    static func resolved(_ path: String) throws(FileProblem) -> String {
        guard let resolved = unsafe realpath(path, nil) else { throw FileProblem(.last) }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
    }
}
