package import Glibc

/// An open file, folder, pipe or socket, closed with its owner; or none, where open(2) has failed.
///
/// What fails leaves its reason in errno: ``Errno/last``.
package struct FileDescriptor: ~Copyable, Sendable {
    /// Lent, never kept.
    package let number: Int32

    /// What open(2) returned.
    package init(_ number: Int32) {
        self.number = number
    }

    deinit {
        if number >= 0 { close(number) }
    }

    package var isOpen: Bool { number >= 0 }

    /// nil where nothing is open.
    package var status: stat? {
        var status = stat()
        return unsafe fstat(number, &status) == 0 ? status : nil
    }

    /// What the next read(2) gives, `count` octets at most: none at the end, nil where it fails.
    package func read(_ count: Int) -> [UInt8]? {
        var got = 0
        let octets = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            repeat {
                got = unsafe Glibc.read(number, buffer.baseAddress, count)
            } while got < 0 && errno == EINTR
            filled = max(0, got)
        }
        return got < 0 ? nil : octets
    }

    /// Up to `count` octets from `offset` on, wherever it stands; nil where it fails.
    package func read(_ count: Int, at offset: Int) -> [UInt8]? {
        var got = 0
        let octets = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            got = unsafe pread(number, buffer.baseAddress, count, off_t(offset))
            filled = max(0, got)
        }
        return got < 0 ? nil : octets
    }

    /// Writes all of it; false where it fails.
    package func write(_ octets: some Collection<UInt8>) -> Bool {
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

    /// Writes all that `other` holds from where it stands, and makes it durable.
    package func copy(_ other: borrowing FileDescriptor) -> Bool {
        while let octets = other.read(1 << 18) {
            if octets.isEmpty { return fsync(number) == 0 }
            guard write(octets) else { return false }
        }
        return false
    }
}

extension stat {
    package var isRegularFile: Bool { st_mode & S_IFMT == S_IFREG }

    /// Whether it is a regular file, and has one name alone.
    package var isOwnFile: Bool { isRegularFile && st_nlink == 1 }

    /// Whether it is a pipe or a device such as a terminal, which are written to and never replaced.
    package var isStream: Bool { st_mode & S_IFMT == S_IFIFO || st_mode & S_IFMT == S_IFCHR }
}

/// Why a system call failed.
package struct Errno: Hashable, Sendable {
    package let code: Int32

    package init(_ code: Int32) {
        self.code = code
    }

    /// Of the call before this one; every call in between may change it.
    package static var last: Errno { Errno(errno) }

    /// The system's own: `No such file or directory`.
    package var words: String {
        unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
    }
}

/// The two ends of a pipe, closed with it; a program that is started does not get them.
package struct Pipe: ~Copyable, Sendable {
    package private(set) var reader: FileDescriptor
    package private(set) var writer: FileDescriptor

    /// nil where the system has no more descriptors to give.
    package init?() {
        var ends: [Int32] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else { return nil }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        reader = FileDescriptor(ends[0])
        writer = FileDescriptor(ends[1])
    }

    package mutating func closeReader() { reader = FileDescriptor(-1) }

    package mutating func closeWriter() { writer = FileDescriptor(-1) }

    /// The ends that are still open never wait; the other one, where another program has it, does.
    package func setNonblocking() {
        for end in [reader.number, writer.number] where end >= 0 {
            _ = fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK)
        }
    }
}

extension [UInt8] {
    /// Overwrites every octet: a password is not left in memory that is free.
    ///
    /// explicit_bzero(3): an ordinary loop before the end of a variable's life may be optimized away.
    package mutating func wipe() {
        unsafe withUnsafeMutableBytes { octets in
            guard let start = octets.baseAddress else { return }
            unsafe explicit_bzero(start, octets.count)
        }
    }
}
