internal import Glibc
internal import Ground

/// A file beside the store, open for reading and writing: its path is the store's with a suffix.
///
/// Made with mode 0600 where it is not there. Root gives it to the store's owner, whose sync would
/// fail on root's file later; SQLite does the same with `-wal` and `-shm`. Where that fails, what was
/// made is taken away again: a lock that only root can open would stop every later sync.
struct SideFile: ~Copyable {
    let path: String
    /// Lent, never kept.
    var descriptor: Int32 { file.number }
    private let file: FileDescriptor

    /// `creating` false: a file that is not there is an error.
    init(store: String, suffix: String, creating: Bool = true) throws(StoreError) {
        let path = store + suffix
        var isNew = false
        let file = try SideFile.open(path, creating: creating, isNew: &isNew)
        do throws(StoreError) {
            try FileTrust.require(file.number, store: store, path: path)
            if let error = SideFile.giveToOwner(of: store, file) {
                throw .system(error, "cannot give it to the store's owner", path: path)
            }
        } catch {
            if isNew { unsafe unlink(path) }
            throw error
        }
        self.path = path
        self.file = file
    }

    private static func open(
        _ path: String, creating: Bool, isNew: inout Bool
    ) throws(StoreError) -> FileDescriptor {
        // A pipe that lies there must not be waited for.
        let flags = O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY
        if creating {
            let made = FileDescriptor(unsafe Glibc.open(path, flags | O_CREAT | O_EXCL, 0o600))
            isNew = made.isOpen
            if isNew { return made }
            guard errno == EEXIST else { throw .system(errno, "cannot open it", path: path) }
        }
        // Whoever takes a finished one away may have come between.
        let file = FileDescriptor(unsafe Glibc.open(path, flags | (creating ? O_CREAT : 0), 0o600))
        guard file.isOpen else { throw .system(errno, "cannot open it", path: path) }
        return file
    }

    /// Up to `count` octets from the beginning.
    func read(_ count: Int) throws(StoreError) -> [UInt8] {
        guard let content = file.read(count, at: 0) else {
            throw .system(errno, "cannot read it", path: path)
        }
        return content
    }

    /// Writes at once: short records, which a system call never splits on a local disk.
    func write(_ bytes: [UInt8], at offset: Int) throws(StoreError) {
        let written = unsafe bytes.withUnsafeBytes {
            unsafe pwrite(descriptor, $0.baseAddress, bytes.count, off_t(offset))
        }
        guard written == bytes.count else {
            throw .system(written < 0 ? errno : ENOSPC, "cannot write it", path: path)
        }
    }

    func truncate() throws(StoreError) {
        guard ftruncate(descriptor, 0) == 0 else {
            throw .system(errno, "cannot empty it", path: path)
        }
    }

    func sync() throws(StoreError) {
        guard fdatasync(descriptor) == 0 else {
            throw .system(errno, "cannot make it durable", path: path)
        }
    }

    /// An errno, or nil where all is well.
    private static func giveToOwner(of store: String, _ file: borrowing FileDescriptor) -> Int32? {
        guard geteuid() == 0 else { return nil }
        var owner = stat()
        guard unsafe stat(store, &owner) == 0 else { return nil }
        guard let own = file.status else { return errno }
        if own.st_uid == owner.st_uid { return nil }
        return fchown(file.number, owner.st_uid, owner.st_gid) == 0 ? nil : errno
    }
}
