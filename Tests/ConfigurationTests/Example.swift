import Configuration
import Glibc
import Testing

/// Small files to read, and what is said about them.
enum Example {
    /// The six required keys and nothing else; the rest is put in.
    static func minimal(
        top: String = "", uri: String = "ldaps://ldap.example.com",
        bind: String = "{dn: \"cn=lockstep,dc=example,dc=com\", passwordFile: hq.password}",
        users: String = "{base: \"ou=people,dc=example,dc=com\", map: {username: uid}}",
        directory: String = "", reason: String = "revocation: affiliationChanged",
        reasons: String = ""
    ) -> String {
        """
        store: lockstep.db
        directories:
          hq:
            uri: \(uri)
            bind: \(bind)
            users: \(users)
            \(directory)
        reasons:
          left: {\(reason)}
          \(reasons)
        \(top)
        """
    }

    static func load(_ text: String, passwordFile: String? = nil) throws -> Settings {
        try Settings.load(
            bytes: Array(text.utf8), file: "/etc/lockstep/lockstep.yaml",
            passwordFile: passwordFile)
    }

    /// What is wrong, a line each, without the folder.
    static func complaints(_ text: String, passwordFile: String? = nil) -> [String] {
        complaints(Array(text.utf8), passwordFile: passwordFile)
    }

    static func complaints(_ bytes: [UInt8], passwordFile: String? = nil) -> [String] {
        do throws(ConfigurationErrors) {
            _ = try Settings.load(bytes: bytes, file: "lockstep.yaml", passwordFile: passwordFile)
            return []
        } catch {
            return error.description.split(separator: "\n").map(String.init)
        }
    }
}

/// A real folder of its own, gone afterwards.
struct Folder: ~Copyable {
    let path: String

    init() throws {
        path = "/tmp/lockstep-\(UInt64.random(in: 0 ... .max))"
        try #require(unsafe mkdir(path, 0o700) == 0)
    }

    deinit {
        for name in ["lockstep.yaml", "password", "link/lockstep.yaml", "link", "pipe"] {
            _ = unsafe remove("\(path)/\(name)")
        }
        _ = unsafe rmdir(path)
    }

    func write(_ name: String, _ text: String, mode: UInt32 = 0o600) throws -> String {
        let file = "\(path)/\(name)"
        let descriptor = unsafe open(file, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        try #require(unsafe Glibc.write(descriptor, text, text.utf8.count) == text.utf8.count)
        try #require(unsafe chmod(file, mode) == 0)
        return file
    }
}
