internal import Glibc
internal import Ground

/// The service manager that has started the program, as sd_notify(3) speaks to it; or nobody.
struct ServiceManager {
    /// The socket's address; nil: nobody listens.
    private let address: String?
    /// Seconds within which the watchdog wants to hear of us (`WATCHDOG_USEC`, sd_watchdog_enabled(3)).
    let watchdog: Double?

    init(_ environment: Environment) {
        address = environment["NOTIFY_SOCKET"]
        let isOurs = environment["WATCHDOG_PID"].map { $0 == String(getpid()) } ?? true
        watchdog =
            isOurs ? environment["WATCHDOG_USEC"].flatMap { Double($0) }.map { $0 / 1e6 } : nil
    }

    /// Such as `READY=1`; nothing is waited for, and what can't be sent is lost.
    func notify(_ lines: [String]) {
        guard let address, address.utf8.count < 108,
            address.hasPrefix("/") || address.hasPrefix("@")
        else { return }
        let socket = FileDescriptor(
            socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0))
        guard socket.isOpen else { return }
        var name = sockaddr_un()
        name.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &name.sun_path) { path in
            unsafe path.copyBytes(from: address.utf8)
            // An abstract name begins with a zero octet.
            if address.hasPrefix("@") { unsafe path[0] = 0 }
        }
        let length = MemoryLayout<sa_family_t>.size + address.utf8.count
        let message = Array(lines.joined(separator: "\n").utf8)
        unsafe withUnsafePointer(to: &name) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                _ = unsafe sendto(
                    socket.number, message, message.count, Int32(MSG_NOSIGNAL), address,
                    socklen_t(length))
            }
        }
    }
}
