package import Identity

extension Reason {
    /// Why an operator reactivates or unlocks who names no reason: the shipped reasons are for locks
    /// alone, and who was locked by mistake must not wait for an administrator.
    package static let givenBack = Reason(
        code: "given-back", text: "Given back by an operator",
        useCases: [.reactivate, .unlock, .restoreRoles], revocation: nil, write: [], recognise: [],
        enabled: true)

    /// Whether what it writes says that somebody may not get in: an unlock for it writes nothing.
    var saysThatSheIsOut: Bool { useCases.contains(.lock) || useCases.contains(.deactivate) }
}

extension UseCase {
    /// The reason where none is given; nil: one must be.
    package var builtInReason: Reason? {
        switch self {
        case .lock, .deactivate: nil
        case .reactivate, .unlock, .restoreRoles: .givenBack
        }
    }
}
