internal import Glibc

/// A user of this machine.
struct Account: Hashable {
    let login: String
    let uid: uid_t
    let gid: gid_t

    /// nil where the machine knows nobody of that number.
    init?(uid: uid_t) {
        unsafe self.init { unsafe getpwuid_r(uid, $0, $1, $2, $3) }
    }

    /// nil where the machine knows no such login.
    init?(login: String) {
        unsafe self.init { unsafe getpwnam_r(login, $0, $1, $2, $3) }
    }

    private init?(
        _ look: (
            UnsafeMutablePointer<passwd>, UnsafeMutablePointer<CChar>, Int,
            UnsafeMutablePointer<UnsafeMutablePointer<passwd>?>
        ) -> Int32
    ) {
        var entry = unsafe passwd()
        var found: UnsafeMutablePointer<passwd>?
        var room = [CChar](repeating: 0, count: 16_384)
        var login: String?
        let code = unsafe room.withUnsafeMutableBufferPointer { buffer -> Int32 in
            guard let start = buffer.baseAddress else { return ENOMEM }
            let code = unsafe look(&entry, start, buffer.count, &found)
            // The name lies in the buffer.
            if unsafe code == 0 && found != nil {
                login = unsafe entry.pw_name.map { unsafe String(cString: $0) }
            }
            return code
        }
        guard code == 0, let login else { return nil }
        self.login = login
        uid = unsafe entry.pw_uid
        gid = unsafe entry.pw_gid
    }

    /// All groups that a login of this user has; nil where they can't be found out.
    var groups: [gid_t]? {
        var count: Int32 = 64
        var groups = [gid_t](repeating: 0, count: Int(count))
        // -1: there are more, and `count` says how many.
        if unsafe getgrouplist(login, gid, &groups, &count) < 0 {
            groups = [gid_t](repeating: 0, count: Int(max(count, 1)))
            guard unsafe getgrouplist(login, gid, &groups, &count) >= 0 else { return nil }
        }
        return Array(groups.prefix(Int(count)))
    }
}
