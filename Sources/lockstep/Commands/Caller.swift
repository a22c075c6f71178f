internal import Glibc
internal import Ground

/// Whose files a command line names: they are opened with that person's rights.
///
/// Through sudo somebody may run Lockstep as root or as the store's owner, who can read and write far
/// more than they can. The rights of `lockstep.yaml` say nothing about files.
enum Caller: Hashable {
    /// Whoever called is who we run as.
    case ourselves
    case somebody(Account)

    /// Does something with a file that the command line names.
    ///
    /// The calling user's id, group and groups are those of the whole program until `body` returns, and
    /// the real user stays root. Only root can do so: anybody else must have the shell open the file.
    func using<T>(_ path: String, _ body: () throws(Ending) -> T) throws(Ending) -> T {
        guard case .somebody(let account) = self else { return try body() }
        guard geteuid() == 0 else {
            throw Ending(
                .refused,
                "\(path) is not opened: \(account.login) names it, and only root can open a file "
                    + "with the rights of \(account.login)",
                hint: "Let the shell open it, and write - in its place: … - < FILE")
        }
        let own = Ids.current
        defer { own.restore() }
        guard let groups = account.groups, Ids.become(account.uid, account.gid, groups) else {
            throw Ending(
                .refused, "\(path) is not opened: the rights of \(account.login) can't be taken on")
        }
        return try body()
    }

    /// Whether the caller can read the file without us.
    ///
    /// Where we are not root it must be everybody's, and in folders that are everybody's.
    func mayRead(_ path: String) -> Bool {
        guard case .somebody = self else { return true }
        guard geteuid() == 0 else { return Self.isPublic(path) }
        let isReadable = try? using(path) { () throws(Ending) in
            let file = FileDescriptor(
                unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY))
            // That there is no such file the caller can see without us.
            return file.isOpen || errno == ENOENT || errno == ENOTDIR
        }
        return isReadable ?? false
    }

    private static func isPublic(_ path: String) -> Bool {
        guard let real = unsafe realpath(path, nil) else { return false }
        defer { unsafe free(real) }
        var folder = unsafe String(cString: real)
        var status = stat()
        guard unsafe stat(folder, &status) == 0, status.st_mode & S_IROTH != 0 else { return false }
        while let slash = folder.lastIndex(of: "/"), slash > folder.startIndex {
            folder = String(folder[..<slash])
            guard unsafe stat(folder, &status) == 0, status.st_mode & S_IXOTH != 0 else {
                return false
            }
        }
        return true
    }
}

/// The ids that the kernel looks at when a file is opened.
private struct Ids {
    let uid: uid_t
    let gid: gid_t
    let groups: [gid_t]

    static var current: Ids {
        var groups = [gid_t](repeating: 0, count: Int(max(0, getgroups(0, nil))))
        let count = unsafe getgroups(Int32(groups.count), &groups)
        return Ids(uid: geteuid(), gid: getegid(), groups: Array(groups.prefix(Int(max(0, count)))))
    }

    /// The groups first: afterwards it is not allowed any more.
    static func become(_ uid: uid_t, _ gid: gid_t, _ groups: [gid_t]) -> Bool {
        unsafe setgroups(groups.count, groups) == 0 && setegid(gid) == 0 && seteuid(uid) == 0
    }

    /// The user first: the real user is root, who may always do this.
    ///
    /// Nothing may go on as somebody else.
    func restore() {
        let code = errno
        guard seteuid(uid) == 0, setegid(gid) == 0, unsafe setgroups(groups.count, groups) == 0
        else { exit(ExitCode.defect.rawValue) }
        errno = code
    }
}
