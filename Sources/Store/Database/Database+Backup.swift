internal import CSQLite
internal import Glibc
package import Ground

extension Database {
    /// Copies the whole database into a new file, as of one instant, while others go on writing.
    ///
    /// `marking`: the copy says of itself that it was made then, and is no store before it is adopted.
    /// The file has mode 0600 and comes into being whole: it is written beside `target`, made
    /// durable, and then gets its name. An existing `target` is replaced, or, with `replacing`
    /// false, left as it is: the error's code is `EEXIST` then.
    func backUp(
        to target: String, replacing: Bool = true, marking made: Timestamp? = nil
    ) throws(StoreError) {
        // Nobody's file by that name is taken away.
        let part = "\(target).\(String(UInt32.random(in: .min ... .max), radix: 36)).part"
        try Database.createFile(part)
        do throws(StoreError) {
            try copy(to: part, marking: made)
            // link(2) takes no name that is taken already, unlike rename(2).
            let code = unsafe replacing ? rename(part, target) : link(part, target)
            guard code == 0 else {
                throw StoreError.system(errno, "cannot give a copy this name", path: target)
            }
            if !replacing { unsafe unlink(part) }
        } catch {
            unsafe unlink(part)
            throw error
        }
        Database.syncFolder(of: target)
    }

    /// The new file is closed on return, with all of it in it.
    private func copy(to path: String, marking made: Timestamp?) throws(StoreError) {
        let target = try Database(path: path, access: .write)
        try copy(to: target)
        guard let made else { return }
        try target.prepare("INSERT INTO copies (at) VALUES (?)").run(made.seconds)
    }

    /// What `PRAGMA integrity_check` and `foreign_key_check` complain of, 100 sentences at most.
    func problems() throws(StoreError) -> [String] {
        let found = try prepare("PRAGMA integrity_check(100)")
            .all { row throws(StoreError) in try row.text("integrity_check") }
        let dangling = try prepare("SELECT \"table\", rowid, parent FROM pragma_foreign_key_check")
            .all { row throws(StoreError) in
                let (child, parent) = try (row.text("table"), row.text("parent"))
                return "row \(try row.int("rowid")) of \(child) names a missing row of \(parent)"
            }
        return Array((found.filter { $0 != "ok" } + dangling).prefix(100))
    }

    /// Makes an empty file of mode 0600, which is an empty database; where that fails there is none.
    ///
    /// SQLite itself would make it with 0644. No connection is open yet whose locks the closing of
    /// this descriptor could drop.
    static func createFile(_ path: String, for owner: stat? = nil) throws(StoreError) {
        let file = FileDescriptor(
            unsafe open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600))
        guard file.isOpen else { throw .system(errno, "cannot make it", path: path) }
        if let owner, fchown(file.number, owner.st_uid, owner.st_gid) != 0 {
            let why = errno
            unsafe unlink(path)
            throw .system(why, "cannot give it to its folder's owner", path: path)
        }
    }

    /// Makes names in a folder durable; a folder that can't be synced, as on some network disks, is
    /// left alone.
    static func syncFolder(of path: String) {
        let folder = FileDescriptor(
            unsafe open(folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC))
        if folder.isOpen { fsync(folder.number) }
    }

    static func folder(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}

extension Store {
    /// Copies the whole store into a new file, as of one instant, while others go on writing.
    ///
    /// `marking`: the copy says of itself that it was made then, and is no store before it is adopted.
    /// An existing `target` is replaced, or, with `replacing` false, left as it is: the error's code is
    /// `EEXIST` then.
    package func backUp(
        to target: String, replacing: Bool = true, marking made: Timestamp? = nil
    ) throws(StoreError) {
        try database.backUp(to: target, replacing: replacing, marking: made)
    }

    /// What SQLite complains of in the file, 100 sentences at most.
    package func problems() throws(StoreError) -> [String] { try database.problems() }
}
