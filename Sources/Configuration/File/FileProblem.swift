internal import Glibc
internal import Ground

/// Why a file was not read, and what would be right.
struct FileProblem: Error {
    let message: String
    /// `O_NOFOLLOW` met a symbolic link.
    let isLink: Bool

    init(_ message: String) {
        self.message = message
        isLink = false
    }

    init(_ error: Errno) {
        message = "cannot be read: \(error.words)"
        isLink = error.code == ELOOP
    }
}
