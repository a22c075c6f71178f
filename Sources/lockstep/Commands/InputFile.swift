internal import Glibc

/// A file that somebody names on the command line; `-` is standard input.
enum InputFile {
    /// More is no list of people or credentials.
    private static let most = 256 << 20

    /// More than this is no file of a person's certificates.
    static let mostOfCertificates = 16 << 20

    static func read(_ path: String) throws(Ending) -> [UInt8] {
        let descriptor = path == "-" ? dup(STDIN_FILENO) : unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw fault(path) }
        defer { close(descriptor) }
        return try read(descriptor, path, most: most)
    }

    /// The same of a file that must be a plain one: a pipe or a device may never come to its end.
    static func readRegular(
        _ path: String, most: Int = InputFile.most
    ) throws(Ending) -> [UInt8] {
        if path == "-" { return try read(path) }
        // Without O_NONBLOCK to open a pipe waits for somebody who writes to it.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { throw fault(path) }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw fault(path) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw Ending(.refused, "\(path) is no plain file")
        }
        return try read(descriptor, path, most: most)
    }

    private static func read(
        _ descriptor: Int32, _ path: String, most: Int
    ) throws(Ending) -> [UInt8] {
        var octets: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = unsafe Glibc.read(descriptor, &buffer, buffer.count)
            if count == 0 { return octets }
            if count < 0 {
                if errno == EINTR { continue }
                throw fault(path)
            }
            octets += buffer.prefix(count)
            guard octets.count <= most else {
                throw Ending(.refused, "\(path) is larger than \(most >> 20) MiB")
            }
        }
    }

    private static func fault(_ path: String) -> Ending {
        Ending(.refused, "cannot read \(path): \(unsafe String(cString: strerror(errno)))")
    }
}
