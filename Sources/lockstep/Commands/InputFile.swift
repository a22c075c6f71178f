internal import Glibc
internal import Ground

/// A file that somebody names on the command line, opened with the caller's rights; `-` is standard input.
enum InputFile {
    /// More is no list of people or credentials.
    private static let most = 256 << 20

    /// More than this is no file of a person's certificates.
    static let mostOfCertificates = 16 << 20

    static func read(_ path: String, of caller: Caller) throws(Ending) -> [UInt8] {
        if path == "-" { return try read(FileDescriptor(dup(STDIN_FILENO)), path, most: most) }
        return try read(open(path, O_NOCTTY, of: caller), path, most: most)
    }

    /// The same of a file that must be a plain one: a pipe or a device may never come to its end.
    static func readRegular(
        _ path: String, of caller: Caller, most: Int = InputFile.most
    ) throws(Ending) -> [UInt8] {
        if path == "-" { return try read(path, of: caller) }
        // Without O_NONBLOCK to open a pipe waits for somebody who writes to it.
        let file = try open(path, O_NONBLOCK | O_NOCTTY, of: caller)
        guard file.isOpen, let status = file.status else { throw fault(path) }
        guard status.isRegularFile else {
            throw Ending(.refused, "\(path) is no plain file")
        }
        return try read(file, path, most: most)
    }

    /// Reads a file that Lockstep made itself: a regular file of its own with this name alone; nil where
    /// it is no such file.
    static func readOwn(_ path: String) -> [UInt8]? {
        let flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY
        let file = FileDescriptor(unsafe Glibc.open(path, flags))
        guard let status = file.status, status.isOwnFile, status.st_uid == geteuid() else {
            return nil
        }
        return try? read(file, path, most: most)
    }

    private static func open(
        _ path: String, _ flags: Int32, of caller: Caller
    ) throws(Ending) -> FileDescriptor {
        let number = try caller.using(path) { () throws(Ending) in
            unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC | flags)
        }
        return FileDescriptor(number)
    }

    private static func read(
        _ file: borrowing FileDescriptor, _ path: String, most: Int
    ) throws(Ending) -> [UInt8] {
        guard file.isOpen else { throw fault(path) }
        var octets: [UInt8] = []
        while let more = file.read(1 << 16) {
            if more.isEmpty { return octets }
            octets += more
            guard octets.count <= most else {
                throw Ending(.refused, "\(path) is larger than \(most >> 20) MiB")
            }
        }
        throw fault(path)
    }

    private static func fault(_ path: String) -> Ending {
        Ending(.refused, "cannot read \(path): \(Errno.last.words)")
    }
}
