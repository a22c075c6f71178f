internal import CSQLite
internal import Glibc
internal import Ground

extension StoreError {
    /// What SQLite answered.
    ///
    /// `code` is an extended result code, `systemCode` what `sqlite3_system_errno` said.
    static func answered(
        code: Int32, systemCode: Int32, message: String, statement: String?, path: String
    ) -> StoreError {
        let kind = kind(of: code, systemCode: systemCode)
        // SQLite calls all that a system call of its own may answer a disk I/O error.
        return StoreError(
            kind, code: code, message: kind == .full ? "the disk is full" : message,
            statement: statement, path: path)
    }

    /// What a system call answered on a file beside the store.
    static func system(_ error: Int32, _ attempted: String, path: String) -> StoreError {
        StoreError(
            kind(ofSystem: error) ?? .other, code: error,
            message: attempted + ": " + Errno(error).words, path: path)
    }

    private static func kind(of code: Int32, systemCode: Int32) -> Kind {
        switch code & 0xff {
        case SQLITE_NOTADB: .notADatabase
        case SQLITE_READONLY: .readOnly
        case SQLITE_FULL: .full
        case SQLITE_BUSY, SQLITE_LOCKED: .locked
        case SQLITE_CORRUPT: .corrupt
        case SQLITE_PERM, SQLITE_AUTH: .permission
        case SQLITE_CONSTRAINT: .constraint
        case SQLITE_TOOBIG: .tooBig
        case SQLITE_IOERR, SQLITE_CANTOPEN: kind(ofSystem: systemCode) ?? .other
        default: .other
        }
    }

    private static func kind(ofSystem error: Int32) -> Kind? {
        switch error {
        // SQLite calls ENOSPC alone full; a quota and a limit (ulimit -f) are the same to people.
        case ENOSPC, EDQUOT, EFBIG: .full
        case EACCES, EPERM: .permission
        case EROFS: .readOnly
        case ENOENT, ENOTDIR: .missing
        default: nil
        }
    }
}
