import Glibc

/// A pseudo-terminal; its ends are closed with it.
final class TerminalPair {
    struct Failed: Error {}

    let outer: Int32
    let inner: Int32

    init() throws {
        // As unlockpt(3) and ptsname(3) do it, which do not import: TIOCSPTLCK, TIOCGPTN.
        outer = unsafe open("/dev/ptmx", O_RDWR | O_NOCTTY)
        var locked: Int32 = 0
        var number: Int32 = 0
        guard outer >= 0, unsafe ioctl(outer, 0x4004_5431, &locked) == 0,
            unsafe ioctl(outer, 0x8004_5430, &number) == 0
        else { throw Failed() }
        inner = unsafe open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
        guard inner >= 0 else { throw Failed() }
    }

    deinit {
        close(inner)
        close(outer)
    }
}
