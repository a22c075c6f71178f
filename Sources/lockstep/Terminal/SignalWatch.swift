internal import Glibc

/// Holds back SIGINT and SIGTERM and tells when one has come, so that a step in flight is finished.
///
/// No handler runs: the signals stay blocked and pending (sigpending(2)) until they are forgotten or the
/// watch ends, which lets them act as usual. To be made before any thread is, which inherits the mask.
final class SignalWatch {
    private let watched: sigset_t
    private let formerMask: sigset_t

    init() {
        var wanted = sigset_t()
        var former = sigset_t()
        unsafe sigemptyset(&wanted)
        unsafe sigaddset(&wanted, SIGINT)
        unsafe sigaddset(&wanted, SIGTERM)
        unsafe pthread_sigmask(SIG_BLOCK, &wanted, &former)
        watched = wanted
        formerMask = former
    }

    deinit {
        var former = formerMask
        unsafe pthread_sigmask(SIG_SETMASK, &former, nil)
    }

    /// Whether one has come.
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
