internal import Glibc

/// The network that a process is in (network_namespaces(7)); may be entered as long as somebody is.
package final class NetworkNamespace: Sendable {
    private let descriptor: Int32

    /// nil where there is no such process any more.
    init?(of pid: Int32) {
        descriptor = unsafe open("/proc/\(pid)/ns/net", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Puts the calling thread, and those that it starts, into it; false where that is not allowed.
    func enter() -> Bool {
        // Glibc's module map leaves out what <sched.h> has under _GNU_SOURCE.
        typealias SetNS = @convention(c) (Int32, Int32) -> Int32
        let cloneNewNet: Int32 = 0x4000_0000
        guard let symbol = unsafe dlsym(nil, "setns") else { return false }
        return unsafe unsafeBitCast(symbol, to: SetNS.self)(descriptor, cloneNewNet) == 0
    }
}
