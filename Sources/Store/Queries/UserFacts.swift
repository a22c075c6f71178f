package import Ground
package import Identity
package import LDAP

/// All that a sync decides about a user by, as it is stored.
package struct UserFacts: Hashable, Sendable {
    /// Who put the user into the present state.
    package enum Origin: Hashable, Sendable {
        /// Born so, or the directory said so.
        case directory(ChangeCause?)
        case `operator`
    }

    package var user: UserID
    package var username: String
    package var dn: StoredDN
    package var entryID: EntryID
    package var state: UserState
    package var origin: Origin
    /// The code of the reason that holds the user; nil: the user was born so.
    package var heldFor: String?
    package var missingSince: Timestamp?
    /// Where the entry of a missing user is, outside of users.base and users.filter; nil: nowhere.
    package var elsewhere: String?
    package var disabled: Bool?
    package var limits: AccountLimits?
    package var recognised: String?
    /// The groups that the user is a direct member of, without those that a process is taking away.
    package var groups: [StoredDN]
    /// What the user's newest process has left to do.
    package var pending: Set<StepKind>
    /// Whether that process gives something back to the user.
    package var isReturning: Bool
    /// How often drift was enforced in the last 24 hours.
    package var enforcements: Int64

    package init(
        user: UserID, username: String, dn: StoredDN, entryID: EntryID, state: UserState,
        origin: Origin = .directory(nil), heldFor: String? = nil, missingSince: Timestamp? = nil,
        disabled: Bool? = nil, limits: AccountLimits? = nil, recognised: String? = nil,
        groups: [StoredDN] = [],
        pending: Set<StepKind> = [], isReturning: Bool = false, enforcements: Int64 = 0
    ) {
        self.user = user
        self.username = username
        self.dn = dn
        self.entryID = entryID
        self.state = state
        self.origin = origin
        self.heldFor = heldFor
        self.missingSince = missingSince
        self.disabled = disabled
        self.limits = limits
        self.recognised = recognised
        self.groups = groups
        self.pending = pending
        self.isReturning = isReturning
        self.enforcements = enforcements
    }
}
