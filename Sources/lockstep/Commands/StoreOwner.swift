internal import Glibc
internal import Store

/// Whose a store is that somebody else can't open, and what they have to type.
enum StoreOwner {
    /// nil where it is no matter of rights, or the owner is who asked.
    static func hint(_ error: StoreError) -> String? {
        guard error.kind == .permission, let uid = owner(of: error.path), uid != geteuid() else {
            return nil
        }
        guard let account = Account(uid: uid) else {
            return "It belongs to user \(uid): run it as that user."
        }
        return "It belongs to \(account.login): sudo -u \(account.login) lockstep …"
    }

    /// The owner of the file, or of the first folder on the way to it that can be looked at.
    private static func owner(of path: String) -> uid_t? {
        var place = path
        var status = stat()
        while unsafe stat(place, &status) != 0 {
            guard let slash = place.lastIndex(of: "/"), slash > place.startIndex else { return nil }
            place = String(place[..<slash])
        }
        return status.st_uid
    }
}
