internal import Glibc

/// The machine's log, syslog(3), where what we say of ourselves is kept by somebody else.
enum SystemLog {
    /// A line for authpriv, which only administrators read.
    ///
    /// Where nobody listens it is lost, as syslog(3) has it.
    static func notice(_ line: String) {
        let priority = LOG_AUTHPRIV | LOG_NOTICE
        unsafe Sanitized(line).text.withCString { text in
            unsafe withVaList([text]) { unsafe vsyslog(priority, "%s", $0) }
        }
    }
}
