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
        let opened = try begin()
        let sink = FileSink(FileDescriptor(opened.number))
        sink.write(text)
        try finish(opened, loss: sink.end())
    }

    /// `fill` writes it piece by piece; where that throws, no file is made, and one that is there stays.
    ///
    /// The file is opened with the caller's rights, and filled with ours: what fills it may read the store.
    func write(_ fill: ((String) -> Void) throws -> Void) throws {
        let opened = try begin()
        let sink = FileSink(FileDescriptor(opened.number))
        do {
            try fill(sink.write)
        } catch {
            try? settle(opened, isWhole: false)
            throw error
        }
        try finish(opened, loss: sink.end())
    }

    private func begin() throws(Ending) -> Opened {
        try caller.using(path) { () throws(Ending) in try open() }
    }

    private func finish(_ opened: Opened, loss: Int32?) throws(Ending) {
        try settle(opened, isWhole: loss == nil)
        guard let loss else { return }
        errno = loss
        throw Self.failure(path)
    }

    /// An open file, and the name that it has until it is whole; nil: it is written in place.
    private typealias Opened = (number: Int32, part: String?)

    private func open() throws(Ending) -> Opened {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { return try openPart(mode: mode) }
        guard status.st_mode & S_IFMT == S_IFREG else { return (try openStream(), nil) }
        try requireOurs()
        // What others may write they could have made.
        return try openPart(mode: keepsMode ? status.st_mode & 0o755 : mode)
    }

    private func settle(_ opened: Opened, isWhole: Bool) throws(Ending) {
        guard let part = opened.part else { return }
        try caller.using(path) { () throws(Ending) in
            if isWhole, unsafe rename(part, path) == 0 { return }
            let why = errno
            unsafe unlink(part)
            errno = why
            if isWhole { throw Self.failure(path) }
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
            let file = FileDescriptor(unsafe Glibc.open(path, new, 0o600))
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
        let file = FileDescriptor(unsafe Glibc.open(path, flags))
        guard file.isOpen, let status = file.status else { throw Self.failure(path) }
        guard status.isOwnFile, let start = file.read(4_096) else { throw foreign }
        let text = String(decoding: start, as: UTF8.self)
        guard text.isEmpty || text.contains(mark.rawValue) else { throw foreign }
    }

    private func openPart(mode: mode_t) throws(Ending) -> Opened {
        // Nobody's file by that name is taken away.
        let part = "\(path).\(String(UInt32.random(in: .min ... .max), radix: 36)).part"
        let number = unsafe Glibc.open(part, Self.new, mode)
        guard number >= 0 else { throw Self.failure(path) }
        // Whatever the umask of cron is.
        fchmod(number, mode)
        return (number, part)
    }

    /// Through a link only to what is no file: `/dev/stdout` is one, and so are the shell's pipes.
    private func openStream() throws(Ending) -> Int32 {
        let number = unsafe Glibc.open(path, O_WRONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard number >= 0 else { throw Self.failure(path) }
        var status = stat()
        guard mark == .page, unsafe fstat(number, &status) == 0, status.isStream else {
            close(number)
            throw foreign
        }
        // Its reader may be slow.
        _ = fcntl(number, F_SETFL, fcntl(number, F_GETFL) & ~O_NONBLOCK)
        return number
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

/// A file that is written to piece by piece.
private final class FileSink {
    private static let capacity = 1 << 16

    private let file: FileDescriptor
    private var buffer: [UInt8] = []
    /// The errno by which it could not be written on.
    private var loss: Int32?

    init(_ file: consuming FileDescriptor) {
        self.file = file
    }

    func write(_ text: String) {
        buffer.append(contentsOf: text.utf8)
        if buffer.count >= Self.capacity { send() }
    }

    /// nil: all of it was written.
    func end() -> Int32? {
        send()
        return loss
    }

    private func send() {
        if loss == nil, !file.write(buffer) { loss = errno }
        buffer.removeAll(keepingCapacity: true)
    }
}
