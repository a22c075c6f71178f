internal import Glibc

/// Time that no clock setting moves.
enum Stopwatch {
    /// Seconds since some fixed instant (CLOCK_MONOTONIC).
    static func seconds() -> Double {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
