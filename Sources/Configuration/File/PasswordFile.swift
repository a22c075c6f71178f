/// A file that holds a password and nothing else.
package enum PasswordFile {
    private static let mostBytes = 4_096

    /// The password: the content without one newline at its end (LF or CR LF).
    ///
    /// The file may be readable for its group, and neither readable nor writable for others.
    package static func read(_ path: String) throws(PasswordFileError) -> [UInt8] {
        do throws(FileProblem) {
            return try password(path)
        } catch {
            throw PasswordFileError(path: path, message: error.message)
        }
    }

    private static func password(_ path: String) throws(FileProblem) -> [UInt8] {
        let file = try OpenFile(path)
        let status = try file.status()
        guard status.isRegular else {
            throw FileProblem("is not a regular file; write the password into one")
        }
        guard status.permissions & 0o006 == 0 else {
            throw FileProblem(
                "the password is open to every user of this machine (mode \(status.mode)); "
                    + "take that away with chmod o= \(Excerpt.of(path, longest: 200))")
        }
        var password = try file.read(most: mostBytes)
        if password.last == UInt8(ascii: "\n") {
            password.removeLast()
            if password.last == UInt8(ascii: "\r") { password.removeLast() }
        }
        guard !password.isEmpty else {
            throw FileProblem("is empty; write the password into it, on one line")
        }
        guard password.count <= mostBytes else {
            throw FileProblem("holds more than \(mostBytes) bytes; write the password alone")
        }
        guard !password.contains(0) else {
            throw FileProblem("holds a NUL byte; write the password as text")
        }
        return password
    }
}

/// Why a password file gave no password; never anything of what it holds.
package struct PasswordFileError: Error, Hashable, Sendable, CustomStringConvertible {
    package let path: String
    /// What is wrong; what would be right.
    package let message: String

    /// As `/etc/lockstep/hq.password: is empty; …`.
    package var description: String { "\(Excerpt.of(path, longest: 200)): \(message)" }
}
