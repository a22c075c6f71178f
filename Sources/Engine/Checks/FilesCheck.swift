package import Configuration
internal import Glibc
internal import Ground

/// The files that the configuration names: whether they can be read, and by whom else.
package enum FilesCheck {
    /// The verdict on a password file, and the password where it has one.
    package static func password(
        _ path: String, as key: String
    ) -> (CheckVerdict, DirectoryPassword) {
        do throws(PasswordFileError) {
            let octets = try PasswordFile.read(path)
            return (
                .ok("\(key) \(path) can be read, and not by everybody (mode \(mode(of: path)))"),
                .octets(octets)
            )
        } catch {
            return (.failed("\(key) \(error)."), .unavailable)
        }
    }

    /// `bind.password: ask`, and no terminal.
    package static let nobodyToAsk = CheckVerdict.failed(
        "bind.password is `ask`, and there is no terminal to ask at. Use bind.passwordFile where "
            + "nobody is there to answer.")

    /// The files of TLS; one that is written wrongly shows when TLS is tried.
    package static func tls(_ settings: TLSSettings) -> [CheckVerdict] {
        [
            settings.ca.map { readable($0, as: "tls.ca") },
            settings.certificate.map { readable($0, as: "tls.certificate") },
            settings.key.map { key($0) },
        ].compactMap(\.self)
    }

    private static func readable(_ path: String, as name: String) -> CheckVerdict {
        guard unsafe access(path, R_OK) == 0 else {
            return .failed(
                "\(name) \(path) cannot be read: \(Errno.last.words). Check path and owner.")
        }
        guard permissions(of: path) & 0o022 == 0 else {
            return .warning(
                "\(name) \(path) may be written by others (mode \(mode(of: path))), who can decide "
                    + "which server is trusted: chmod go-w \(path)")
        }
        return .ok("\(name) \(path) can be read")
    }

    private static func key(_ path: String) -> CheckVerdict {
        guard unsafe access(path, R_OK) == 0 else {
            return .failed(
                "tls.key \(path) cannot be read: \(Errno.last.words). Check path and owner.")
        }
        guard permissions(of: path) & 0o007 == 0 else {
            return .failed(
                "tls.key \(path) is open to every user of this machine (mode \(mode(of: path))); "
                    + "take that away with chmod o= \(path)")
        }
        return .ok("tls.key \(path) can be read, and not by everybody (mode \(mode(of: path)))")
    }

    private static func permissions(of path: String) -> UInt32 {
        var status = stat()
        return unsafe stat(path, &status) == 0 ? status.st_mode & 0o7777 : 0
    }

    private static func mode(of path: String) -> String {
        let digits = String(permissions(of: path), radix: 8)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}

/// What a directory is bound with.
package enum DirectoryPassword: Sendable {
    /// The bind is SASL's.
    case notNeeded
    case octets([UInt8])
    /// It can't be had; what is wrong is said elsewhere.
    case unavailable

    /// What `DirectorySession.open` asks for.
    func secret(_ source: PasswordSource) -> [UInt8] {
        switch self {
        case .octets(let octets): octets
        case .notNeeded, .unavailable: []
        }
    }
}
