internal import Identity
internal import LDAP
internal import Store

/// What the configuration makes of one entry.
struct MappedUser: Equatable, Sendable {
    var record: UserRecord
    var certificates: [Certificate.Encoded]
    /// The fingerprints of the certificates of CAs that stand in the entry.
    var authorities: [[UInt8]] = []
    /// What is wrong with the entry although it is a user's; nil: nothing.
    var note: RejectedTable.Rejection?
}
