package import Identity

/// Whether a directory refuses whom a lock disables: the one thing that a lock is for.
package enum LockWorth: Hashable, Sendable {
    /// The canary was refused while it was locked.
    case proven
    /// Policies were seen under which the server refuses such an account.
    case byPolicy
    /// Nobody has seen it; the lock may be written and let everybody in.
    case unseen
    /// It lets locked people in.
    case refuted

    /// What the lines of a check come to for one directory; nil where it was not looked at.
    ///
    /// One policy that refuses nobody outweighs the canary, which may be held to another; and so does one
    /// of which nobody has seen what it does.
    package static func of(_ directory: DirectoryName, in lines: [CheckLine]) -> LockWorth? {
        let seen = lines.filter { $0.directory == directory }.compactMap(\.verdict.worth)
        return [.refuted, .unseen, .proven, .byPolicy].first(where: seen.contains)
    }
}
