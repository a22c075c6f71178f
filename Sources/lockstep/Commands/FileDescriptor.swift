internal import Glibc

/// An open file, closed with its owner; or none, where open(2) has failed.
struct FileDescriptor: ~Copyable {
    let number: Int32

    /// What open(2) returned.
    init(_ number: Int32) {
        self.number = number
    }

    deinit {
        if number >= 0 { close(number) }
    }

    var isOpen: Bool { number >= 0 }

    /// nil where nothing is open.
    var status: stat? {
        var status = stat()
        return unsafe fstat(number, &status) == 0 ? status : nil
    }

    /// Writes all of it; false: errno says why not.
    func write(_ octets: some Collection<UInt8>) -> Bool {
        var rest = Array(octets)[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes {
                unsafe Glibc.write(number, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}

extension FileDescriptor {
    /// Writes all that `other` holds from where it stands, and makes it durable.
    func copy(_ other: borrowing FileDescriptor) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = unsafe read(other.number, &buffer, buffer.count)
            if count == 0 { return fsync(number) == 0 }
            if count < 0, errno == EINTR { continue }
            guard count > 0, write(buffer.prefix(count)) else { return false }
        }
    }
}

extension stat {
    /// Whether it is a regular file, and has one name alone.
    var isOwnFile: Bool { st_mode & S_IFMT == S_IFREG && st_nlink == 1 }

    /// Whether it is a pipe or a device such as a terminal, which are written to and never replaced.
    var isStream: Bool { st_mode & S_IFMT == S_IFIFO || st_mode & S_IFMT == S_IFCHR }
}
