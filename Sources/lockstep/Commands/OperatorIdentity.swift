internal import Glibc
internal import Ground
internal import Identity

/// Finds out who is at the keyboard, from what that person can't set.
///
/// The login name of /proc/self/loginuid (set once by pam_loginuid at login and inherited by
/// everything started from it), else `SUDO_USER` where only root could have set it for us, else the
/// real user's name. Never `USER` or `LOGNAME`, which anybody can set.
enum OperatorIdentity {
    static func read(environment: Environment, storeOwner: UInt32?) -> Operator {
        let account = account(environment) { effective in
            effective == 0 || effective == storeOwner
        }
        return Operator(
            login: account?.login ?? "uid \(getuid())", host: host, terminal: terminal)
    }

    /// Whose files a command line names.
    static func caller(environment: Environment, storeOwner: UInt32?) -> Caller {
        caller(account(environment) { $0 == 0 || $0 == storeOwner })
    }

    /// The same where it is not known yet whose the store is: whoever `SUDO_USER` names.
    ///
    /// For what must be kept from a stranger: a name that nobody vouches for only makes us say less.
    static func presumedCaller(environment: Environment) -> Caller {
        caller(account(environment) { _ in true })
    }

    private static func caller(_ account: Account?) -> Caller {
        guard let account, account.uid != geteuid() else { return .ourselves }
        return .somebody(account)
    }

    /// nil where the real user has no name.
    private static func account(
        _ environment: Environment, believingSudoAs isTrusted: (uid_t) -> Bool
    ) -> Account? {
        if let account = loginUID.flatMap({ Account(uid: $0) }) { return account }
        if isTrusted(geteuid()),
            let account = environment["SUDO_USER"].flatMap({ Account(login: $0) })
        {
            return account
        }
        return Account(uid: getuid())
    }

    /// nil where it is not set: 4294967295 is (uid_t) -1.
    private static var loginUID: UInt32? {
        guard let text = contents(of: "/proc/self/loginuid"), let uid = UInt32(text),
            uid != UInt32.max
        else { return nil }
        return uid
    }

    private static func contents(of path: String) -> String? {
        let file = FileDescriptor(unsafe open(path, O_RDONLY | O_CLOEXEC))
        guard let octets = file.read(64), !octets.isEmpty else { return nil }
        return String(decoding: octets, as: UTF8.self)
    }

    private static var host: String {
        var name = [CChar](repeating: 0, count: 256)
        guard unsafe gethostname(&name, name.count - 1) == 0 else { return "" }
        return String(
            decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private static var terminal: String? {
        var name = [CChar](repeating: 0, count: 256)
        for descriptor: Int32 in 0...2 where unsafe ttyname_r(descriptor, &name, name.count) == 0 {
            return String(
                decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
        return nil
    }
}
