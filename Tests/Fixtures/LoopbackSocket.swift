internal import Glibc

/// A TCP socket on 127.0.0.1; closed with its owner.
final class LoopbackSocket: Sendable {
    let descriptor: Int32

    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    /// Listens on `port`; 0 takes any that is free.
    static func listening(on port: UInt16) -> LoopbackSocket? {
        let socket = LoopbackSocket(descriptor: makeDescriptor())
        var yes: Int32 = 1
        unsafe setsockopt(
            socket.descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, UInt32(MemoryLayout<Int32>.size))
        let bound = unsafe withAddress(port) { address, size in
            unsafe bind(socket.descriptor, address, size)
        }
        guard bound == 0, listen(socket.descriptor, 64) == 0 else { return nil }
        return socket
    }

    static func connected(to port: UInt16) -> LoopbackSocket? {
        let socket = LoopbackSocket(descriptor: makeDescriptor())
        let code = unsafe withAddress(port) { address, size in
            unsafe connect(socket.descriptor, address, size)
        }
        return code == 0 ? socket : nil
    }

    /// To a socket in the file system, which leads out of a network namespace.
    static func connected(toPath path: String) -> LoopbackSocket? {
        let socket = LoopbackSocket(
            descriptor: Glibc.socket(
                AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0))
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let octets = Array(path.utf8)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { place in
            for (index, octet) in octets.prefix(place.count - 1).enumerated() {
                unsafe place[index] = octet
            }
        }
        let code = unsafe withUnsafePointer(to: &address) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(socket.descriptor, $0, UInt32(MemoryLayout<sockaddr_un>.size))
            }
        }
        return code == 0 ? socket : nil
    }

    var port: UInt16 {
        var address = sockaddr_in()
        var size = UInt32(MemoryLayout<sockaddr_in>.size)
        _ = unsafe withUnsafeMutablePointer(to: &address) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe getsockname(descriptor, $0, &size)
            }
        }
        return UInt16(bigEndian: address.sin_port)
    }

    /// nil at the end or on an error.
    func read(upTo limit: Int) -> [UInt8]? {
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            count = max(0, unsafe recv(descriptor, buffer.baseAddress, limit, 0))
        }
        return bytes.isEmpty ? nil : bytes
    }

    /// False when the other side is gone.
    func write(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = unsafe bytes.withUnsafeBytes {
                unsafe send(
                    descriptor, $0.baseAddress?.advanced(by: sent), $0.count - sent,
                    Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    /// True when there is something to read within `milliseconds`.
    func isReadable(within milliseconds: Int32) -> Bool {
        var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&wanted, 1, milliseconds) > 0
    }

    /// Which of two has something to read, or has ended, within `milliseconds`.
    static func readable(
        _ first: LoopbackSocket, _ second: LoopbackSocket, within milliseconds: Int32
    ) -> (Bool, Bool) {
        var wanted = [first, second].map {
            pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0)
        }
        guard unsafe poll(&wanted, 2, milliseconds) > 0 else { return (false, false) }
        return (wanted[0].revents != 0, wanted[1].revents != 0)
    }

    func accept() -> LoopbackSocket? {
        let descriptor = Glibc.accept(self.descriptor, nil, nil)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        return descriptor >= 0 ? LoopbackSocket(descriptor: descriptor) : nil
    }

    /// Gives away each connection that comes, one after the other, until `isClosed`.
    func takeConnections(
        until isClosed: @autoclosure () -> Bool, _ body: (LoopbackSocket) -> Void
    ) {
        while !isClosed() {
            guard isReadable(within: 20), let client = accept() else { continue }
            body(client)
        }
    }

    /// A port that nothing listens on, below those that the kernel hands to outgoing connections.
    static func freePort() throws -> UInt16 {
        for _ in 0..<200 {
            let candidate = UInt16.random(in: 10_000..<32_000)
            if listening(on: candidate) != nil { return candidate }
        }
        throw FixtureError("no free port between 10000 and 32000")
    }

    private static func makeDescriptor() -> Int32 {
        socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    }

    private static func withAddress(
        _ port: UInt16, _ body: (UnsafePointer<sockaddr>, UInt32) -> Int32
    ) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        return unsafe withUnsafePointer(to: &address) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe body($0, UInt32(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}
