internal import Glibc

/// Tries until it succeeds or the time is up; every 50 ms, because neither lock can be waited for
/// with an end.
func retrying(
    forSeconds seconds: Int64, unless isStopped: () -> Bool = { false },
    _ attempt: () throws(StoreError) -> Bool
) throws(StoreError) -> Bool {
    var remaining = max(0, min(seconds, Int64.max / 20)) * 20
    while true {
        if try attempt() { return true }
        if remaining == 0 || isStopped() { return false }
        remaining -= 1
        usleep(50_000)
    }
}
