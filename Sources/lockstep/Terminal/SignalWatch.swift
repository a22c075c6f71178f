internal import Glibc

/// Holds back SIGINT and SIGTERM and tells when one has come, so that a step in flight is finished.
///
/// No handler runs: the signals stay blocked and pending (sigpending(2)) until they are forgotten or the
/// watch ends, which lets them act as usual. To be made before any thread is, which inherits the mask.
final class SignalWatch {
    private let watched: sigset_t
    private let formerMask: sigset_t

    /// `reloads`: SIGHUP is held back too, for ``takeReload()``.
    init(reloads: Bool = false) {
        var wanted = sigset_t()
        var former = sigset_t()
        unsafe sigemptyset(&wanted)
        unsafe sigaddset(&wanted, SIGINT)
        unsafe sigaddset(&wanted, SIGTERM)
        if reloads { unsafe sigaddset(&wanted, SIGHUP) }
        unsafe pthread_sigmask(SIG_BLOCK, &wanted, &former)
        watched = wanted
        formerMask = former
    }

    deinit {
        var former = formerMask
        unsafe pthread_sigmask(SIG_SETMASK, &former, nil)
    }

    /// Waits until one has come, a descriptor is readable or the seconds are over.
    ///
    /// What is pending ends no poll(2), and a handler would run at any place: so it is looked at between
    /// short waits.
    func wait(for descriptors: [Int32], seconds: Double) {
        let end = Stopwatch.seconds() + seconds
        var wanted = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        while !hasAny {
            let left = end - Stopwatch.seconds()
            guard left > 0 else { return }
            let slice = Int32((min(left, Self.slice) * 1000).rounded(.up))
            if unsafe poll(&wanted, nfds_t(wanted.count), slice) > 0 { return }
        }
    }

    /// Seconds between two looks at the signals.
    private static let slice = 0.5

    private var hasAny: Bool {
        var pending = sigset_t()
        guard unsafe sigpending(&pending) == 0 else { return false }
        return [SIGINT, SIGTERM, SIGHUP].contains { number in
            unsafe sigismember(&pending, number) == 1
        }
    }

    /// Whether SIGHUP has come; it is forgotten with that.
    func takeReload() -> Bool {
        var wanted = sigset_t()
        unsafe sigemptyset(&wanted)
        unsafe sigaddset(&wanted, SIGHUP)
        var atOnce = timespec(tv_sec: 0, tv_nsec: 0)
        return unsafe sigtimedwait(&wanted, nil, &atOnce) == SIGHUP
    }

    /// Whether one has come that ends the program.
    var interrupted: Bool {
        var pending = sigset_t()
        guard unsafe sigpending(&pending) == 0 else { return false }
        return unsafe sigismember(&pending, SIGINT) == 1 || sigismember(&pending, SIGTERM) == 1
    }

    /// Forgets those that have come: they were obeyed.
    func clear() {
        var wanted = watched
        var atOnce = timespec(tv_sec: 0, tv_nsec: 0)
        while unsafe sigtimedwait(&wanted, nil, &atOnce) > 0 {}
    }
}
