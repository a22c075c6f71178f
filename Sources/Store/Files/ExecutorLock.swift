internal import Glibc
internal import Ground
package import Identity

/// The right to carry out one user's steps: the kernel's lock on one byte of `STORE.users.lock`.
///
/// The byte's place is the user's id, so a million users share one empty file. The lock belongs to
/// the open file (an OFD lock, fcntl(2)), so it holds between two of one program, too, and the
/// kernel frees it when its owner is gone.
package struct ExecutorLock: ~Copyable {
    /// Which of the user's steps: none waits for those of the other part.
    package enum Part: Sendable {
        case directory
        case elsewhere

        /// Beyond every user's id.
        fileprivate var offset: Int64 { self == .directory ? 0 : 1 << 61 }
    }

    package let user: UserID
    private let file: SideFile

    /// nil where somebody else still carries out the user's steps after `seconds`.
    package init?(
        store: String, user: UserID, part: Part = .directory, waiting seconds: Int64 = 0
    ) throws(StoreError) {
        let file = try SideFile(store: store, suffix: ExecutorLock.suffix)
        let isOurs = try retrying(forSeconds: seconds) { () throws(StoreError) in
            var byte = ByteLock.request(at: user.rawValue + part.offset)
            if unsafe fcntl(file.descriptor, ByteLock.set, &byte) == 0 { return true }
            guard errno == EAGAIN || errno == EACCES || errno == EINTR else {
                throw .system(errno, "cannot lock byte \(user) of it", path: file.path)
            }
            return false
        }
        guard isOurs else { return nil }
        self.user = user
        self.file = file
    }

    /// Those of the users whose steps somebody carries out at this moment; none where that can't be told.
    package static func held(among users: Set<UserID>, store: String) -> Set<UserID> {
        let file = FileDescriptor(
            unsafe open(
                store + suffix, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY))
        guard file.isOpen else { return [] }
        return users.filter { user in
            var byte = ByteLock.request(at: user.rawValue)
            return unsafe fcntl(file.number, ByteLock.get, &byte) == 0
                && byte.l_type != Int16(F_UNLCK)
        }
    }

    private static let suffix = ".users.lock"
}

/// The kernel's lock on one byte of an open file (an OFD lock, fcntl(2)).
enum ByteLock {
    static func request(at offset: Int64) -> flock {
        var byte = flock()
        byte.l_type = Int16(F_WRLCK)
        byte.l_whence = Int16(SEEK_SET)
        byte.l_start = off_t(offset)
        byte.l_len = 1
        return byte
    }

    /// `F_OFD_GETLK` and `F_OFD_SETLK` of Linux's fcntl.h, which Swift does not import (they stand behind
    /// `_GNU_SOURCE`).
    static let get: Int32 = 36
    static let set: Int32 = 37
}
