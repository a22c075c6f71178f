internal import Glibc

/// A file beside the store, open for reading and writing: its path is the store's with a suffix.
///
/// Made with mode 0600 where it is not there. Root gives it to the store's owner, whose sync would
/// fail on root's file later; SQLite does the same with `-wal` and `-shm`.
struct SideFile: ~Copyable {
    let path: String
    let descriptor: Int32

    /// `creating` false: a file that is not there is an error.
    init(store: String, suffix: String, creating: Bool = true) throws(StoreError) {
        let path = store + suffix
        // A pipe that lies there must not be waited for.
        let flags =
            O_RDWR | (creating ? O_CREAT : 0) | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY
        let descriptor = unsafe Glibc.open(path, flags, 0o600)
        guard descriptor >= 0 else { throw .system(errno, "cannot open it", path: path) }
        do throws(StoreError) {
            try FileTrust.require(descriptor, store: store, path: path)
        } catch {
            close(descriptor)
            throw error
        }
        if let error = SideFile.giveToOwner(of: store, descriptor) {
            close(descriptor)
            throw .system(error, "cannot give it to the store's owner", path: path)
        }
        self.path = path
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    /// Up to `count` octets from the beginning.
    func read(_ count: Int) throws(StoreError) -> [UInt8] {
        var failed = false
        let content = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            let got = unsafe pread(descriptor, buffer.baseAddress, count, 0)
            failed = got < 0
            filled = max(0, got)
        }
        if failed { throw .system(errno, "cannot read it", path: path) }
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
    private static func giveToOwner(of store: String, _ descriptor: Int32) -> Int32? {
        guard geteuid() == 0 else { return nil }
        var owner = stat()
        var own = stat()
        guard unsafe stat(store, &owner) == 0 else { return nil }
        guard unsafe fstat(descriptor, &own) == 0 else { return errno }
        if own.st_uid == owner.st_uid { return nil }
        return fchown(descriptor, owner.st_uid, owner.st_gid) == 0 ? nil : errno
    }
}
