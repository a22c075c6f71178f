package import Identity

/// A credential that is about to be added.
package struct NewCredential: Sendable {
    /// The row id of its user.
    package let user: Int64
    package let kind: CredentialKind
    package let serial: String
    package let state: CredentialState

    package init(user: Int64, kind: CredentialKind, serial: String, state: CredentialState) {
        self.user = user
        self.kind = kind
        self.serial = serial
        self.state = state
    }
}
