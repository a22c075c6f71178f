package import Identity

/// What a sync does to a user whose entry is gone or disabled, or has expired.
package enum Consequence: String, Sendable, CaseIterable {
    case lock
    case deactivate
    case keep
}

extension Consequence {
    /// What a sync then carries out.
    package var useCase: UseCase? {
        switch self {
        case .lock: .lock
        case .deactivate: .deactivate
        case .keep: nil
        }
    }
}
