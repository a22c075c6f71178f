/// Why a password file gave no password; never anything of what it holds.
package struct PasswordFileError: Error, Hashable, Sendable, CustomStringConvertible {
    package let path: String
    /// What is wrong; what would be right.
    package let message: String

    /// As `/etc/lockstep/hq.password: is empty; …`.
    package var description: String { "\(Excerpt.of(path, longest: 200)): \(message)" }
}
