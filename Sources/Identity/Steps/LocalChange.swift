/// What a step changes in the store, in the transaction that begins the process.
///
/// Numbers are row ids.
package enum LocalChange: Hashable, Sendable {
    case user(UserChange)
    /// nil: the store does not know the group yet.
    case withdrawRole(group: GroupID?)
    case credential(CredentialID, CredentialState)
    case certificate(CertificateID, CertificateState)

    /// What becomes of the user; a reactivation and an unlock lead to the same state.
    package enum UserChange: Hashable, Sendable {
        case lock
        case deactivate
        case reactivate
        case unlock

        package var state: UserState {
            switch self {
            case .lock: .locked
            case .deactivate: .inactive
            case .reactivate, .unlock: .active
            }
        }
    }

    package var kind: StepKind {
        switch self {
        case .user(.lock): .lockUser
        case .user(.deactivate): .deactivateUser
        case .user(.reactivate): .reactivateUser
        case .user(.unlock): .unlockUser
        case .withdrawRole: .withdrawRole
        case .credential(_, .aborted): .abortCredential
        case .credential(_, .inactive): .deactivateCredential
        case .credential(_, .active): .activateCredential
        case .credential(_, .locked), .credential(_, .requested), .credential(_, .expired),
            .credential(_, .returned):
            .lockCredential
        case .certificate(_, .onHold): .holdCertificate
        case .certificate(_, .valid): .releaseCertificate
        case .certificate(_, .revoked), .certificate(_, .expired): .revokeCertificate
        }
    }

    static let kinds: [StepKind] = [
        .lockUser, .deactivateUser, .reactivateUser, .unlockUser, .withdrawRole, .lockCredential,
        .abortCredential, .deactivateCredential, .activateCredential, .revokeCertificate,
        .holdCertificate, .releaseCertificate,
    ]
}

extension StepKind {
    package static let lockUser = StepKind("lockUser", .store(of: "user"))
    package static let deactivateUser = StepKind("deactivateUser", .store(of: "user"))
    package static let reactivateUser = StepKind("reactivateUser", .store(of: "user"))
    package static let unlockUser = StepKind("unlockUser", .store(of: "user"))
    package static let withdrawRole = StepKind("withdrawRole", .store(of: "role"))
    package static let lockCredential = StepKind("lockCredential", .store(of: "credential"))
    package static let abortCredential = StepKind("abortCredential", .store(of: "credential"))
    package static let deactivateCredential = StepKind(
        "deactivateCredential", .store(of: "credential"))
    package static let activateCredential = StepKind(
        "activateCredential", .store(of: "credential"))
    package static let revokeCertificate = StepKind("revokeCertificate", .store(of: "certificate"))
    package static let holdCertificate = StepKind("holdCertificate", .store(of: "certificate"))
    package static let releaseCertificate = StepKind(
        "releaseCertificate", .store(of: "certificate"))
}
