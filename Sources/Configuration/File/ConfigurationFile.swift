internal import Glibc

/// Where `lockstep.yaml` is.
package enum ConfigurationFile: Hashable, Sendable {
    /// Absolute. `wasImplicitHere`: nobody named it, it lay in the working directory.
    case found(path: String, wasImplicitHere: Bool)
    /// The places in the order in which they were looked at.
    case notFound(lookedAt: [String])

    /// Looks in `--config`, `$LOCKSTEP_CONFIG`, the working directory, the user's and the
    /// machine's configuration.
    ///
    /// A place that was named is found even when nothing is there: loading says what is wrong with
    /// it. So is one that can't be looked at.
    package static func locate(
        explicit: String?, environment: [String: String], workingDirectory: String
    ) -> ConfigurationFile {
        let ofEnvironment = environment["LOCKSTEP_CONFIG"].flatMap { $0.isEmpty ? nil : $0 }
        if let named = explicit ?? ofEnvironment {
            let path = AbsolutePath.of(named, in: workingDirectory)
            return .found(path: path, wasImplicitHere: false)
        }
        let here = AbsolutePath.of("lockstep.yaml", in: workingDirectory)
        let places = [
            here, ofUser(environment).map { $0 + "/lockstep/lockstep.yaml" },
            "/etc/lockstep/lockstep.yaml",
        ].compactMap(\.self)
        guard let path = places.first(where: isThere) else { return .notFound(lookedAt: places) }
        return .found(path: path, wasImplicitHere: path == here)
    }

    /// `LOCKSTEP_PASSWORD_FILE`, absolute; nil where it is not set or empty.
    package static func passwordFile(
        environment: [String: String], workingDirectory: String
    ) -> String? {
        guard let path = environment["LOCKSTEP_PASSWORD_FILE"], !path.isEmpty else { return nil }
        return AbsolutePath.of(path, in: workingDirectory)
    }

    /// The XDG Base Directory Specification: a relative path there is to be ignored.
    private static func ofUser(_ environment: [String: String]) -> String? {
        if let folder = environment["XDG_CONFIG_HOME"], folder.hasPrefix("/") { return folder }
        guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
        return home + "/.config"
    }

    private static func isThere(_ path: String) -> Bool {
        var status = stat()
        if unsafe lstat(path, &status) == 0 { return true }
        return errno != ENOENT && errno != ENOTDIR
    }
}

/// Paths as text; nothing here looks at a disk.
enum AbsolutePath {
    static func of(_ path: String, in folder: String) -> String {
        if path.hasPrefix("/") { return path }
        var rest = path[...]
        while rest.hasPrefix("./") { rest = rest.dropFirst(2) }
        return folder.hasSuffix("/") ? folder + rest : folder + "/" + rest
    }

    /// What stands before the last `/`: `/` for a file in the root, `.` where there is none.
    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    static func name(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return path }
        return String(path[path.index(after: slash)...])
    }
}
