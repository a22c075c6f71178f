internal import Configuration

/// What a directory is bound with.
package enum DirectoryPassword: Sendable {
    /// The bind is SASL's.
    case notNeeded
    case octets([UInt8])
    /// It can't be had; what is wrong is said elsewhere.
    case unavailable

    /// What `DirectorySession.open` asks for.
    func secret(_ source: PasswordSource) -> [UInt8] {
        switch self {
        case .octets(let octets): octets
        case .notNeeded, .unavailable: []
        }
    }
}
