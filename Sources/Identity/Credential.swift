/// A card or the like: one user's, for ever.
package struct Credential: Hashable, Sendable {
    /// The store's own number.
    package let id: CredentialID
    package let user: UserID
    package let kind: CredentialKind
    /// As it was given; unique only among one user's credentials of one kind.
    package let serial: String
    package let state: CredentialState
    /// The process that put it into this state; nil: none did.
    package let changedBy: ProcessID?

    package init(
        id: CredentialID, user: UserID, kind: CredentialKind, serial: String,
        state: CredentialState,
        changedBy: ProcessID?
    ) {
        self.id = id
        self.user = user
        self.kind = kind
        self.serial = serial
        self.state = state
        self.changedBy = changedBy
    }
}

package enum CredentialKind: String, Sendable, CaseIterable {
    case card
    case temporaryCard
    case virtualSmartcard
    case mobileID
    case softToken
}

package enum CredentialState: String, Sendable, CaseIterable {
    case requested
    case active
    case inactive
    case locked
    case expired
    case aborted
    case returned
}
