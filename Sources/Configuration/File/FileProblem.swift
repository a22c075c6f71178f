internal import Glibc

/// Why a file was not read, and what would be right.
struct FileProblem: Error {
    let message: String
    /// `O_NOFOLLOW` met a symbolic link.
    let isLink: Bool

    init(_ message: String) {
        self.message = message
        isLink = false
    }

    init(errno code: Int32) {
        let text = unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
        message = "cannot be read: \(text)"
        isLink = code == ELOOP
    }
}
