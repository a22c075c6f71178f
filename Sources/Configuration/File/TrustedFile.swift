internal import Glibc
internal import Ground

/// A file that decides about people: read only where nobody but its trusted owners can change it.
struct TrustedFile {
    let owners: Set<UInt32>
    /// How many bytes are read, and some more, by which a longer file shows.
    let most: Int

    /// The content of the file at `path`.
    ///
    /// The file and its folder must belong to one of `owners`, and neither may be writable for
    /// group or others. Where `path` is a symbolic link that holds for the link's folder too.
    func read(_ path: String) throws(FileProblem) -> [UInt8] {
        let folderPath = AbsolutePath.folder(of: path)
        let folder = try OpenFile(folder: folderPath)
        try check(folder.status(), "its folder \(folderPath)")
        do throws(FileProblem) {
            return try read(OpenFile(AbsolutePath.name(of: path), in: folder))
        } catch {
            guard error.isLink else { throw error }
        }
        // A resolved path holds no link, so this comes here once; one that was put there since
        // is refused.
        let target = try OpenFile.resolved(path)
        let home = try OpenFile(folder: AbsolutePath.folder(of: target))
        try check(home.status(), "its folder \(AbsolutePath.folder(of: target))")
        return try read(OpenFile(AbsolutePath.name(of: target), in: home))
    }

    private func read(_ file: consuming OpenFile) throws(FileProblem) -> [UInt8] {
        let status = try file.status()
        guard status.isRegular else {
            throw FileProblem("is not a regular file; name one that is")
        }
        try check(status, "the file")
        return try file.read(most: most)
    }

    private func check(_ status: FileStatus, _ what: String) throws(FileProblem) {
        guard owners.contains(status.owner) else {
            throw FileProblem(
                "\(what) belongs to user \(status.owner), who could decide who is locked; "
                    + "only root or you may own it")
        }
        guard status.permissions & 0o022 == 0 else {
            throw FileProblem(
                "\(what) may be written by group or others (mode \(status.mode)); "
                    + "take that away with chmod go-w")
        }
    }
}

/// Why a file was not read, and what would be right.
struct FileProblem: Error {
    let message: String
    /// `O_NOFOLLOW` met a symbolic link.
    let isLink: Bool

    init(_ message: String) {
        self.message = message
        isLink = false
    }

    init(_ error: Errno) {
        message = "cannot be read: \(error.words)"
        isLink = error.code == ELOOP
    }
}

/// What the kernel says of an open file.
struct FileStatus {
    let isRegular: Bool
    let owner: UInt32
    /// The lower twelve bits of the mode.
    let permissions: UInt32

    /// As `ls` and `chmod` have it: `0644`.
    var mode: String {
        let digits = String(permissions, radix: 8)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
