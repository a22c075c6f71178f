internal import Glibc

/// What is left of the disk that a store lies on, in octets.
struct DiskSpace {
    /// The log may grow by that much within one transaction.
    static let least: UInt64 = 8 << 20

    let free: UInt64
    /// As much as the store has, for a copy of it, and room to work in.
    let wanted: UInt64

    /// nil where the folder can't be looked at.
    init?(of folder: String, kept path: String) {
        var disk = statvfs()
        guard unsafe statvfs(folder, &disk) == 0 else { return nil }
        free = UInt64(disk.f_bavail) * UInt64(disk.f_frsize)
        var size: UInt64 = 0
        for file in [path, path + "-wal"] {
            var status = stat()
            if unsafe stat(file, &status) == 0 { size += UInt64(max(0, status.st_size)) }
        }
        wanted = size + 64 << 20
    }

    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    static func spelled(_ octets: UInt64) -> String {
        octets < 10 << 20
            ? "\(octets >> 10) KiB"
            : octets < 10 << 30 ? "\(octets >> 20) MiB" : "\(octets >> 30) GiB"
    }
}
