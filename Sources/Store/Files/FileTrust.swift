internal import Glibc

/// Which files we take for our own.
///
/// Whoever may write the store's folder, or could once, can put there a link to another file, or a pipe.
/// Root would write through the link and give what it leads to to the store's owner; a pipe would be
/// waited for. So nothing beside the store is believed by its name alone.
enum FileTrust {
    /// Refuses an open file that is none of ours.
    static func require(_ descriptor: Int32, store: String, path: String) throws(StoreError) {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else {
            throw .system(errno, "cannot look at it", path: path)
        }
        try require(status, store: store, path: path)
    }

    /// Refuses a store that others could exchange, and files of SQLite's beside it that are none of ours.
    ///
    /// SQLite opens its files itself, by name.
    static func require(store: String) throws(StoreError) {
        let folder = Database.folder(of: store)
        var status = stat()
        guard unsafe stat(folder, &status) == 0 else {
            throw .system(errno, "cannot look at its folder", path: store)
        }
        guard owners(store).contains(status.st_uid) else {
            throw StoreError(
                .exposed,
                message:
                    "its folder \(folder) belongs to user \(status.st_uid), who could put another "
                    + "store there; only root, the store's owner or you may own it",
                path: store)
        }
        guard status.st_mode & 0o022 == 0 else {
            throw StoreError(
                .exposed,
                message: "its folder \(folder) may be written by group or others (mode "
                    + "\(mode(status))), who could put another store there",
                path: store)
        }
        // The store itself may be a link to another disk.
        if unsafe stat(store, &status) == 0 { try require(status, store: store, path: store) }
        for suffix in ["-wal", "-shm", "-journal"] where unsafe lstat(store + suffix, &status) == 0
        {
            try require(status, store: store, path: store + suffix)
        }
    }

    private static func require(
        _ status: stat, store: String, path: String
    ) throws(StoreError) {
        let objection: String? =
            if status.st_mode & S_IFMT != S_IFREG {
                "it is not a file of Lockstep's but a link, a folder, a pipe or a device"
            } else if status.st_nlink > 1 {
                "it has \(status.st_nlink) names, and may be somebody else's file"
            } else if !owners(store).contains(status.st_uid) {
                "it belongs to user \(status.st_uid)"
            } else {
                nil
            }
        if let objection { throw StoreError(.exposed, message: objection, path: path) }
    }

    /// Root, who we are, and whose the store is, or will be.
    private static func owners(_ store: String) -> Set<uid_t> {
        var status = stat()
        if unsafe stat(store, &status) == 0 { return [0, geteuid(), status.st_uid] }
        return Set([0, geteuid(), futureOwner(of: store)?.st_uid].compactMap(\.self))
    }

    /// Whose a store becomes that root makes: its folder's owner's, whose sync would fail on root's file.
    static func futureOwner(of store: String) -> stat? {
        var status = stat()
        guard geteuid() == 0, unsafe stat(Database.folder(of: store), &status) == 0 else {
            return nil
        }
        return status
    }

    private static func mode(_ status: stat) -> String {
        let digits = String(status.st_mode & 0o7777, radix: 8)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
