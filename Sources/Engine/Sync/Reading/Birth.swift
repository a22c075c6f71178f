internal import Configuration
internal import Ground
internal import Identity
internal import Store

/// Brings a user into the store, with what the entry says: during a sync that reads the entry, or before
/// a lock of somebody whom no sync has read.
struct Birth {
    let settings: DirectorySettings
    let users: UserTable
    let certificates: EntryCertificates

    init(_ settings: DirectorySettings, users: UserTable, certificates: EntryCertificates) {
        self.settings = settings
        self.users = users
        self.certificates = certificates
    }

    /// The user's row; `run` 0: no sync's.
    func carryOut(
        _ mapped: MappedUser, at now: Timestamp, run: RunID, in transaction: borrowing Transaction
    ) throws -> UserID {
        let state = settings.birth(of: mapped.record, at: now)
        let user = try users.insert(mapped.record, state: state, run: run, in: transaction)
        try certificates.store(mapped, of: user, at: now, in: transaction)
        return user
    }
}

extension EntryCertificates {
    /// Whether every certificate is in the store, and none of a CA's is thought to be somebody's.
    func knowsAll(_ mapped: MappedUser, of user: UserID) throws -> Bool {
        try mapped.certificates.allSatisfy {
            try isKnown($0.content.fingerprint, user: user)
        } && mapped.authorities.allSatisfy { try !isOwned($0) }
    }

    /// Those of an entry; a CA's is nobody's.
    func store(
        _ mapped: MappedUser, of user: UserID, at now: Timestamp,
        in transaction: borrowing Transaction
    ) throws {
        for authority in mapped.authorities { try disown(authority, in: transaction) }
        for certificate in mapped.certificates
        where try !isKnown(certificate.content.fingerprint, user: user) {
            try insert(certificate, user: user, at: now, in: transaction)
        }
    }
}
