import Fixtures
import Glibc
import Synchronization

/// A program on a pseudo-terminal of its own, with somebody at the keyboard.
final class TerminalChild {
    private let terminal: TerminalPair
    let pid: Int32
    private var isOver = false
    /// All that it wrote, and the echo of what was typed.
    private(set) var screen = ""

    /// Starts it as the terminal's session leader, so that Ctrl-C reaches it.
    init(_ program: String, _ arguments: [String], columns: UInt16 = 80) throws {
        terminal = try TerminalPair()
        var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        _ = unsafe ioctl(terminal.inner, UInt(TIOCSWINSZ), &size)
        let inner = terminal.inner
        pid = try Spawner(descriptors: [inner, inner, inner]).spawn(
            ["/usr/bin/setsid", "--ctty", program] + arguments,
            environment: [
                "PATH=/usr/bin:/bin", "TERM=dumb", "TZ=UTC", "LC_ALL=C.UTF-8", "LDAPNOINIT=1",
            ])
    }

    deinit {
        guard !isOver else { return }
        kill(pid, SIGKILL)
        var status: Int32 = 0
        unsafe waitpid(pid, &status, 0)
    }

    /// Whether the terminal echoes what is typed.
    var showsTyping: Bool {
        var settings = termios()
        return unsafe tcgetattr(terminal.inner, &settings) == 0
            && settings.c_lflag & tcflag_t(ECHO) != 0
    }

    func type(_ text: String) {
        let octets = Array(text.utf8)
        _ = unsafe write(terminal.outer, octets, octets.count)
    }

    /// Reads until `text` stands on the screen behind what was awaited before.
    func wait(for text: String) throws {
        for _ in 0..<3_000 {
            if let range = screen[awaited...].firstRange(of: text) {
                awaited = range.upperBound
                return
            }
            read(milliseconds: 100)
        }
        throw FixtureError("“\(text)” did not come: \(screen)")
    }

    /// The exit code.
    func end() throws -> Int32 {
        var status: Int32 = 0
        for _ in 0..<3_000 {
            read(milliseconds: 50)
            guard unsafe waitpid(pid, &status, WNOHANG) == pid else { continue }
            isOver = true
            read(milliseconds: 50)
            return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
        }
        throw FixtureError("it does not end: \(screen)")
    }

    private var awaitedOffset = 0
    private var awaited: String.Index {
        get { screen.utf8.index(screen.startIndex, offsetBy: awaitedOffset) }
        set { awaitedOffset = screen.utf8.distance(from: screen.startIndex, to: newValue) }
    }

    private func read(milliseconds: Int32) {
        var wanted = pollfd(fd: terminal.outer, events: Int16(POLLIN), revents: 0)
        guard unsafe poll(&wanted, 1, milliseconds) > 0 else { return }
        var room = [UInt8](repeating: 0, count: 65_536)
        let count = unsafe Glibc.read(terminal.outer, &room, room.count)
        guard count > 0 else { return }
        octets += room.prefix(count)
        screen = String(decoding: octets, as: UTF8.self).replacing("\r\n", with: "\n")
    }

    private var octets: [UInt8] = []
}

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
