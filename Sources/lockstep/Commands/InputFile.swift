internal import Glibc

/// A file that somebody names on the command line; `-` is standard input.
enum InputFile {
    /// More is no list of people or credentials.
    private static let most = 256 << 20

    static func read(_ path: String) throws(Ending) -> [UInt8] {
        let descriptor = path == "-" ? dup(STDIN_FILENO) : unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw fault(path) }
        defer { close(descriptor) }
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
