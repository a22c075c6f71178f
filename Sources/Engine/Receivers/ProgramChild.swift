internal import Glibc
internal import Ground

/// What this program does, started by itself, on its way to becoming a foreign program: it asks the
/// kernel to be ended with the one that started it.
///
/// posix_spawn(3) can't ask for that. What stands at ``descriptor`` is what was judged, and at ``gate`` a
/// pipe, through which an octet comes once it is written down that the program runs.
package enum ProgramChild {
    /// The first argument that says so; followed by the caller's pid, the program's name and its
    /// arguments.
    package static let marker = "--become-program"
    static let descriptor: Int32 = 3
    static let gate: Int32 = 4

    /// Does not come back; the exit code is that of the program, or 126 where it can't be run.
    package static func become(_ arguments: [String]) -> Never {
        guard arguments.count >= 3, let caller = pid_t(arguments[1]), endWithCaller(),
            // The caller may have gone before the kernel was asked.
            getppid() == caller, FileDescriptor(gate).read(1)?.count == 1
        else { exit(126) }
        umask(0o022)
        _ = unsafe chdir("/")
        closefrom(descriptor + 1)
        let words = Array(arguments[2...])
        let pointers: [UnsafeMutablePointer<CChar>?] =
            unsafe words.map { unsafe strdup($0) } + [nil]
        // A script's interpreter opens this path again: so the descriptor stays open.
        unsafe execve("/proc/self/fd/\(descriptor)", pointers, environ)
        let why = "\(words[0]) can't be run: \(Errno.last.words)\n"
        _ = unsafe write(2, why, why.utf8.count)
        exit(126)
    }

    private static func endWithCaller() -> Bool {
        // prctl(2) is variadic, which Swift does not import.
        typealias Prctl = @convention(c) (Int32, UInt) -> Int32
        let setParentDeathSignal: Int32 = 1
        guard let symbol = unsafe dlsym(nil, "prctl") else { return false }
        return unsafe unsafeBitCast(symbol, to: Prctl.self)(setParentDeathSignal, UInt(SIGKILL))
            == 0
    }
}
