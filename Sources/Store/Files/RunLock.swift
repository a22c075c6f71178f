internal import Glibc
package import Ground
package import Identity

/// The right to be the one sync of a store, or the one who follows a directory for it: a `flock` on a
/// file beside the store, freed with its owner, at the latest by the kernel.
package struct RunLock: ~Copyable {
    /// What only one may do at a time.
    package enum Right: Hashable, Sendable {
        /// `STORE.lock`.
        case sync
        /// `STORE.follow.DIRECTORY`.
        case follow(DirectoryName)

        fileprivate var suffix: String {
            switch self {
            case .sync: ".lock"
            case .follow(let directory): ".follow.\(directory)"
            }
        }
    }

    /// Who holds the lock, and since when.
    package struct Holder: Hashable, Sendable {
        package let pid: Int32
        package let login: String
        package let since: Timestamp

        package init(pid: Int32, login: String, since: Timestamp) {
            self.pid = pid
            self.login = login
            self.since = since
        }
    }

    private let file: SideFile

    /// Takes the lock, waiting for at most `seconds`.
    ///
    /// Another one's lock is `.locked`, with who holds it since when as its message.
    package init(
        _ right: Right = .sync, store: String, by holder: Holder, waiting seconds: Int64 = 0
    ) throws(StoreError) {
        let file = try SideFile(store: store, suffix: right.suffix)
        let isOurs = try retrying(forSeconds: seconds) { () throws(StoreError) in
            if flock(file.descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
            guard errno == EWOULDBLOCK || errno == EINTR else {
                throw .system(errno, "cannot lock it", path: file.path)
            }
            return false
        }
        guard isOurs else {
            let other = Holder(line: try file.read(1024))
            throw StoreError(
                .locked, message: right.refusal(other), path: store)
        }
        try file.truncate()
        try file.write(holder.line, at: 0)
        self.file = file
    }

    /// Who has it at this moment; nil where nobody has, or that can't be told.
    package static func holder(of right: Right, store: String) -> Holder? {
        let flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY
        let file = FileDescriptor(unsafe open(store + right.suffix, flags))
        guard file.isOpen, flock(file.number, LOCK_SH | LOCK_NB) != 0, errno == EWOULDBLOCK
        else { return nil }
        return file.read(1024, at: 0).flatMap { Holder(line: $0) }
    }

    deinit {
        // What a crash leaves there is believed by nobody: only a loser reads it.
        try? file.truncate()
    }
}

extension RunLock.Holder {
    /// `PID SECONDS LOGIN`, the login last because it may hold anything.
    fileprivate var line: [UInt8] { Array("\(pid) \(since.seconds) \(login)\n".utf8) }

    fileprivate init?(line: [UInt8]) {
        let text = String(decoding: line, as: UTF8.self)
        guard let end = text.utf8.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        let parts = text[..<end].split(separator: " ", maxSplits: 2)
        guard parts.count == 3, let pid = Int32(parts[0]), let seconds = Int64(parts[1]) else {
            return nil
        }
        self.init(pid: pid, login: String(parts[2]), since: Timestamp(seconds: seconds))
    }

    fileprivate var words: String {
        "process \(pid), started by \(login)"
    }
}

extension RunLock.Right {
    /// Why somebody else does not get it.
    fileprivate func refusal(_ holder: RunLock.Holder?) -> String {
        let who = holder.map { " (\($0.words))" } ?? ""
        let since = holder.map { " since \($0.since.rfc3339)" } ?? ""
        return switch self {
        case .sync: "another run\(who) holds the lock\(since)"
        case .follow(let directory): "\(directory) is followed\(since) by another program\(who)"
        }
    }
}
