/// One kind of thing that a process does, by the name that `--json` and the journal use.
package enum StepKind: String, Sendable, CaseIterable {
    case lockUser
    case deactivateUser
    case reactivateUser
    case unlockUser
    case withdrawRole
    case lockCredential
    case abortCredential
    case deactivateCredential
    case activateCredential
    case revokeCertificate
    case holdCertificate
    case releaseCertificate
    case disableEntry
    case enableEntry
    case writeReason
    case restoreAttributes
    case removeFromGroup
    case addToGroup
    case verify

    /// Whether it is done in the directory rather than in the transaction that begins the process.
    package var isRemote: Bool {
        switch self {
        case .disableEntry, .enableEntry, .writeReason, .restoreAttributes, .removeFromGroup,
            .addToGroup, .verify:
            true
        case .lockUser, .deactivateUser, .reactivateUser, .unlockUser, .withdrawRole,
            .lockCredential, .abortCredential, .deactivateCredential, .activateCredential,
            .revokeCertificate, .holdCertificate, .releaseCertificate:
            false
        }
    }

    /// Whether it writes to the user's own entry.
    package var isOfEntry: Bool {
        switch self {
        case .disableEntry, .enableEntry, .writeReason, .restoreAttributes: true
        case .removeFromGroup, .addToGroup, .verify, .lockUser, .deactivateUser, .reactivateUser,
            .unlockUser, .withdrawRole, .lockCredential, .abortCredential, .deactivateCredential,
            .activateCredential, .revokeCertificate, .holdCertificate, .releaseCertificate:
            false
        }
    }
}
