internal import Identity
internal import LDAP
internal import Store

/// What an entry that was read means for the store.
///
/// A user has twenty references in it: boxed, to hand one on is to count one of them.
enum UserDecision: Sendable {
    indirect case create(MappedUser)
    /// `old` stands in the store.
    indirect case update(User, MappedUser)
    /// The entry says the same in other words: the id of the user, and the new digest.
    case same(UserID, digest: [UInt8])
    /// The entry can't be a user as it is. What it says of a user who is known is stored all the same,
    /// under the name that they had: somebody without a username may be disabled, too.
    indirect case reject(RejectedTable.Rejection, known: User?, mapped: MappedUser?)
    /// Nothing new but what was found wrong with it, which is reported on every run.
    case note(RejectedTable.Rejection)
}
