internal import Glibc
internal import Identity

/// Finds out who is at the keyboard, from what that person can't set.
///
/// The login name of /proc/self/loginuid (set once by pam_loginuid at login and inherited by
/// everything started from it), else `SUDO_USER` where only root could have set it for us, else the
/// real user's name. Never `USER` or `LOGNAME`, which anybody can set.
enum OperatorIdentity {
    static func read(environment: Environment, storeOwner: UInt32?) -> Operator {
        Operator(
            login: login(environment: environment, storeOwner: storeOwner), host: host,
            terminal: terminal)
    }

    private static func login(environment: Environment, storeOwner: UInt32?) -> String {
        if let login = loginUID.flatMap(name(of:)) { return login }
        let effective = geteuid()
        if effective == 0 || effective == storeOwner, let sudo = environment["SUDO_USER"],
            isKnown(sudo)
        {
            return sudo
        }
        return name(of: getuid()) ?? "uid \(getuid())"
    }

    /// nil where it is not set: 4294967295 is (uid_t) -1.
    private static var loginUID: UInt32? {
        guard let text = contents(of: "/proc/self/loginuid"), let uid = UInt32(text),
            uid != UInt32.max
        else { return nil }
        return uid
    }

    private static func contents(of path: String) -> String? {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var octets = [UInt8](repeating: 0, count: 64)
        let count = unsafe Glibc.read(descriptor, &octets, octets.count)
        guard count > 0 else { return nil }
        return String(decoding: octets.prefix(count), as: UTF8.self)
    }

    private static func name(of uid: UInt32) -> String? {
        var entry = unsafe passwd()
        var found: UnsafeMutablePointer<passwd>?
        var room = [CChar](repeating: 0, count: 16_384)
        let code = unsafe room.withUnsafeMutableBufferPointer { buffer in
            unsafe buffer.baseAddress.map {
                unsafe getpwuid_r(uid, &entry, $0, buffer.count, &found)
            } ?? ENOMEM
        }
        guard code == 0, unsafe found != nil, let name = unsafe entry.pw_name else { return nil }
        return unsafe String(cString: name)
    }

    private static func isKnown(_ login: String) -> Bool {
        var entry = unsafe passwd()
        var found: UnsafeMutablePointer<passwd>?
        var room = [CChar](repeating: 0, count: 16_384)
        let code = unsafe room.withUnsafeMutableBufferPointer { buffer in
            unsafe buffer.baseAddress.map {
                unsafe getpwnam_r(login, &entry, $0, buffer.count, &found)
            } ?? ENOMEM
        }
        return unsafe code == 0 && found != nil
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
