import Fixtures
import Foundation
import Glibc

/// What another process has in its memory, as a debugger or a core dump would see it.
struct MemoryImage {
    private let octets: Data

    /// nil where this user may not look.
    init?(of pid: Int32) throws {
        let descriptor = unsafe open("/proc/\(pid)/mem", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        let maps = try ChildProcess.run("cat", ["/proc/\(pid)/maps"]).succeeded(at: "maps").stdout
        var octets: [UInt8] = []
        for line in maps.split(separator: "\n") {
            let words = line.split(separator: " ")
            let range = words[0].split(separator: "-").compactMap { UInt64($0, radix: 16) }
            // What is only read is the file's own, and vvar can't be read at all.
            guard words[1].hasPrefix("rw"), range.count == 2 else { continue }
            octets += Self.read(descriptor, from: range[0], to: range[1])
        }
        self.octets = Data(octets)
    }

    func contains(_ text: String) -> Bool {
        octets.range(of: Data(text.utf8)) != nil
    }

    private static func read(_ descriptor: Int32, from start: UInt64, to end: UInt64) -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: Int(end - start)) { buffer, count in
            count = max(0, unsafe pread(descriptor, buffer.baseAddress, buffer.count, Int(start)))
        }
    }
}
