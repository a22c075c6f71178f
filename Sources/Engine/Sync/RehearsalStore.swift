internal import Glibc
package import Store

/// A copy of the store that a dry run writes to, so that the same code does the same things.
///
/// Later entries meet what earlier ones changed, as in a real run: usernames that were given away,
/// groups whose members moved. Rolling each page back could not show that, and one transaction over
/// the whole run would make every lock wait. Removed with its owner.
package struct RehearsalStore: ~Copyable {
    package let store: Store
    private let folder: String

    /// Makes the copy, or an empty store where there is no `original` yet.
    ///
    /// `place` is a folder for temporary files.
    package init(
        copying original: Store?, in place: String, by holder: RunLock.Holder
    ) throws {
        let folder = try Self.makeFolder(in: place)
        do {
            let path = folder + "/store.db"
            try original?.backUp(to: path)
            // A copy has no head beside it, and need not be held against one.
            let store = try Store.open(
                path, for: original == nil ? .write(create: true) : .adopt, by: holder)
            // Nobody needs it after a crash.
            try store.forgoDurability()
            self.store = store
            self.folder = folder
        } catch {
            Self.remove(folder)
            throw error
        }
    }

    deinit {
        Self.remove(folder)
    }

    /// Mode 0700: the copy holds all that the store holds.
    private static func makeFolder(in place: String) throws(StoreError) -> String {
        var template = Array((place + "/lockstep.XXXXXX").utf8CString)
        let made = unsafe template.withUnsafeMutableBufferPointer { buffer -> String? in
            guard let start = buffer.baseAddress else { return nil }
            return unsafe mkdtemp(start).map { unsafe String(cString: $0) }
        }
        guard let made else {
            throw StoreError(
                .other, code: errno, message: "cannot make a folder for a copy of the store",
                path: place)
        }
        return made
    }

    /// SQLite's files stay open until the store is released; their names go at once.
    private static func remove(_ folder: String) {
        for suffix in ["", "-wal", "-shm", "-journal", ".lock", ".head"] {
            unsafe unlink(folder + "/store.db" + suffix)
        }
        unsafe rmdir(folder)
    }
}
