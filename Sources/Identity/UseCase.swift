/// What may be done to a user, under the names that Identity Manager gives it.
package enum UseCase: String, Sendable, CaseIterable {
    case lock = "UsersProcLock"
    case deactivate = "UsersProcDeactivate"
    case reactivate = "UsersProcReactivate"
    case unlock = "UsersProcUnlock"
    /// Gives back, later, the roles that an unlock or a reactivation left withdrawn.
    case restoreRoles = "UsersProcRestoreRoles"

    /// Those that the configuration knows: each has reasons and a right of its own.
    package static let configured: [UseCase] = [.lock, .deactivate, .reactivate, .unlock]

    /// The word that the configuration and the command line use: `lock`.
    package var word: String {
        switch self {
        case .lock: "lock"
        case .deactivate: "deactivate"
        case .reactivate: "reactivate"
        case .unlock: "unlock"
        case .restoreRoles: "restore-roles"
        }
    }

    /// Whether it gives back what another took; else it closes an account.
    package var isRestoring: Bool {
        switch self {
        case .lock, .deactivate: false
        case .reactivate, .unlock, .restoreRoles: true
        }
    }
}
