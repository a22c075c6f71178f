import Glibc
import Testing

/// A real folder of its own, gone afterwards.
struct Folder: ~Copyable {
    let path: String

    init() throws {
        path = "/tmp/lockstep-\(UInt64.random(in: 0 ... .max))"
        try #require(unsafe mkdir(path, 0o700) == 0)
    }

    deinit {
        for name in ["lockstep.yaml", "password", "link/lockstep.yaml", "link", "pipe"] {
            _ = unsafe remove("\(path)/\(name)")
        }
        _ = unsafe rmdir(path)
    }

    func write(_ name: String, _ text: String, mode: UInt32 = 0o600) throws -> String {
        let file = "\(path)/\(name)"
        let descriptor = unsafe open(file, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        try #require(unsafe Glibc.write(descriptor, text, text.utf8.count) == text.utf8.count)
        try #require(unsafe chmod(file, mode) == 0)
        return file
    }
}
