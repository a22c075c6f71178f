internal import Glibc
internal import Ground

/// A file that Lockstep makes: the page of a report, the metrics, what was told.
///
/// It comes into being whole, and takes the place of one that is there only where Lockstep made that one,
/// too.
struct OutputFile {
    /// What stands in the beginning of each such file, so that it is known again.
    enum Mark: String {
        case page = "<meta name=\"generator\" content=\"Lockstep\">"
        case metrics = "# HELP lockstep_build_info "
        case told = "\"message\":"
    }

    let path: String
    let mark: Mark
    /// 0600 for what tells of people.
    var mode: mode_t = 0o600
    /// Whether one that is replaced gives its mode on: somebody has let others read it.
    var keepsMode = false
    /// Who named it.
    var caller = Caller.ourselves

    func write(_ text: String) throws(Ending) {
        try caller.using(path) { () throws(Ending) in
            var status = stat()
            guard unsafe lstat(path, &status) == 0 else {
                return try replace(with: text, mode: mode)
            }
            if status.st_mode & S_IFMT == S_IFREG {
                try requireOurs()
                // What others may write they could have made.
                return try replace(with: text, mode: keepsMode ? status.st_mode & 0o755 : mode)
            }
            try pour(text)
        }
    }

    /// Makes a file that must not be there yet; `fill` says whether it could write all.
    ///
    /// `exit`: how it ends where the file can't be written; nil: as the cause has it.
    static func make(
        _ path: String, by caller: Caller, failing exit: ExitCode? = nil,
        _ fill: (borrowing FileDescriptor) -> Bool
    ) throws(Ending) {
        try caller.using(path) { () throws(Ending) in
            let file = FileDescriptor(unsafe open(path, new, 0o600))
            guard file.isOpen else {
                throw errno == EEXIST ? taken(path) : failure(path, as: exit)
            }
            guard fill(file) else {
                let why = errno
                unsafe unlink(path)
                errno = why
                throw failure(path, as: exit)
            }
        }
    }

    static func taken(_ path: String) -> Ending {
        Ending(.refused, "\(path) exists already", hint: "It was left as it is.")
    }

    /// Never through a link, and never into a file that is there.
    private static let new = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC

    /// An empty file holds nothing that could be lost.
    private func requireOurs() throws(Ending) {
        let flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY
        let file = FileDescriptor(unsafe open(path, flags))
        guard file.isOpen, let status = file.status else { throw Self.failure(path) }
        guard status.isOwnFile, let start = file.read(4_096) else { throw foreign }
        let text = String(decoding: start, as: UTF8.self)
        guard text.isEmpty || text.contains(mark.rawValue) else { throw foreign }
    }

    private func replace(with text: String, mode: mode_t) throws(Ending) {
        // Nobody's file by that name is taken away.
        let part = "\(path).\(String(UInt32.random(in: .min ... .max), radix: 36)).part"
        let file = FileDescriptor(unsafe open(part, Self.new, mode))
        guard file.isOpen else { throw Self.failure(path) }
        // Whatever the umask of cron is.
        fchmod(file.number, mode)
        guard file.write(text.utf8), unsafe rename(part, path) == 0 else {
            let why = errno
            unsafe unlink(part)
            errno = why
            throw Self.failure(path)
        }
    }

    /// Through a link only to what is no file: `/dev/stdout` is one, and so are the shell's pipes.
    private func pour(_ text: String) throws(Ending) {
        let file = FileDescriptor(
            unsafe open(path, O_WRONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY))
        guard file.isOpen, let status = file.status else { throw Self.failure(path) }
        guard mark == .page, status.isStream else { throw foreign }
        // Its reader may be slow.
        _ = fcntl(file.number, F_SETFL, fcntl(file.number, F_GETFL) & ~O_NONBLOCK)
        guard file.write(text.utf8) else { throw Self.failure(path) }
    }

    private var foreign: Ending {
        Ending(
            .refused, "\(path) is there already, and is no file of Lockstep's",
            hint: "It was left as it is. Name another file.")
    }

    private static func failure(_ path: String, as exit: ExitCode? = nil) -> Ending {
        let error = Errno.last
        // A disk that is full or broken is no fault of the name.
        let isOfDisk = [ENOSPC, EDQUOT, EIO, EFBIG].contains(error.code)
        return Ending(
            exit ?? (isOfDisk ? .store : .refused), "cannot write \(path): \(error.words)")
    }
}
