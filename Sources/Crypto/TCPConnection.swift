internal import Glibc
internal import Ground

/// A TCP connection with one deadline for all that is done on it.
package struct TCPConnection: ~Copyable {
    package enum Failure: Error {
        /// The system's words.
        case unreachable(String)
        case timedOut
        case closed
        /// Whoever waits was asked to stop.
        case stopped
    }

    /// Lent: it is closed with its owner.
    package var descriptor: Int32 { socket.number }
    private let socket: FileDescriptor
    private let limit: Limit

    /// How long is waited for the other side.
    private struct Limit {
        /// Seconds between two looks whether to stop: a pending signal ends no poll(2).
        private static let slice = 0.2

        var deadline: ContinuousClock.Instant
        let isStopped: (() -> Bool)?

        func wait(_ descriptor: Int32, for event: Int32) throws(Failure) {
            while true {
                if isStopped?() == true { throw .stopped }
                let left = ContinuousClock.now.duration(to: deadline) / .seconds(1)
                guard left > 0 else { throw .timedOut }
                let slice = isStopped == nil ? min(left, 1e6) : min(left, Self.slice)
                var polled = pollfd(fd: descriptor, events: Int16(event), revents: 0)
                if unsafe poll(&polled, 1, Int32((slice * 1_000).rounded(.up))) != 0 { return }
            }
        }
    }

    /// Tries each address of the host in turn; `connecting`: how long that may take of the time.
    ///
    /// `isStopped`: asked again and again while the other side is waited for.
    package init(
        host: String, port: Int, deadline: ContinuousClock.Instant,
        connecting limit: Duration? = nil, isStopped: (() -> Bool)? = nil
    ) throws(Failure) {
        let whole = Limit(deadline: deadline, isStopped: isStopped)
        var connected = whole
        if let limit { connected.deadline = min(.now + limit, deadline) }
        var hints = unsafe addrinfo()
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var addresses: UnsafeMutablePointer<addrinfo>?
        let code = unsafe getaddrinfo(host, String(port), &hints, &addresses)
        guard code == 0 else {
            throw .unreachable(unsafe String(cString: gai_strerror(code)))
        }
        defer { unsafe freeaddrinfo(addresses) }
        var failure = Failure.unreachable("the host has no address")
        var next = unsafe addresses
        while let address = unsafe next {
            do throws(Failure) {
                socket = unsafe try TCPConnection.connect(address, connected)
                self.limit = whole
                return
            } catch {
                failure = error
            }
            unsafe next = address.pointee.ai_next
        }
        throw failure
    }

    func send(_ bytes: [UInt8]) throws(Failure) {
        var sent = 0
        while sent < bytes.count {
            // The peer may be gone, and a look must not end the program (SIGPIPE).
            let count = unsafe bytes[sent...].withUnsafeBytes {
                unsafe Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count >= 0 {
                sent += count
            } else {
                try waitAfterError(for: POLLOUT)
            }
        }
    }

    /// At least one octet; `.closed` at the end.
    func receive() throws(Failure) -> [UInt8] {
        while true {
            var count = 0
            let bytes = unsafe [UInt8](unsafeUninitializedCapacity: 16_384) { buffer, filled in
                count = unsafe recv(descriptor, buffer.baseAddress, buffer.count, 0)
                filled = max(0, count)
            }
            if count > 0 { return bytes }
            if count == 0 { throw .closed }
            try waitAfterError(for: POLLIN)
        }
    }

    /// Waits until the other side has sent something, or takes something.
    package func wait(toWrite: Bool) throws(Failure) {
        try limit.wait(descriptor, for: toWrite ? POLLOUT : POLLIN)
    }

    private func waitAfterError(for event: Int32) throws(Failure) {
        switch errno {
        case EAGAIN, EINTR: try limit.wait(descriptor, for: event)
        default: throw .closed
        }
    }

    private static func connect(
        _ address: UnsafeMutablePointer<addrinfo>, _ limit: Limit
    ) throws(Failure) -> FileDescriptor {
        let flags = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let made = FileDescriptor(unsafe Glibc.socket(address.pointee.ai_family, flags, 0))
        guard made.isOpen else { throw .unreachable(Errno.last.words) }
        do throws(Failure) {
            if unsafe Glibc.connect(
                made.number, address.pointee.ai_addr, address.pointee.ai_addrlen) != 0
            {
                guard errno == EINPROGRESS else { throw .unreachable(Errno.last.words) }
                try limit.wait(made.number, for: POLLOUT)
                var error: Int32 = 0
                var size = socklen_t(MemoryLayout<Int32>.size)
                unsafe getsockopt(made.number, SOL_SOCKET, SO_ERROR, &error, &size)
                guard error == 0 else { throw .unreachable(Errno(error).words) }
            }
            return made
        } catch {
            if case .timedOut = error { throw .unreachable(Errno(ETIMEDOUT).words) }
            throw error
        }
    }
}
